import type { Direction } from "../revisions/revision.ts";

/** What a run came to, in numbers. */
export interface RunMetrics {
  readonly version: string;
  readonly direction: Direction;
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly retries: number;
  readonly steps: readonly {
    readonly revision: string;
    readonly direction: Direction;
    readonly durationMs: number;
  }[];
  /** How many revisions are not applied; left out when nobody knows. */
  readonly pending?: number;
  /** The code of the error that the run ended with. */
  readonly error?: string;
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A run in Prometheus' text format, version 0.0.4. */
export function metricsText(run: RunMetrics): string {
  const { version, direction, endedAtMs, durationMs, retries, steps, pending, error } = run;
  return [
    gauge("build_info", "The limbeck that ran last.", [{ labels: { version }, value: 1 }]),
    gauge("last_run_status", "Whether the last run did what it was asked for: 1, or 0 when it failed.", [
      { value: error === undefined ? 1 : 0 },
    ]),
    gauge(
      "last_run_error",
      "The error code that the last run ended with.",
      error === undefined ? [] : [{ labels: { code: error }, value: 1 }],
    ),
    gauge("last_run_timestamp_seconds", "When the last run ended, in Unix time.", [{ value: endedAtMs / 1000 }]),
    gauge("last_run_duration_seconds", "How long the last run took.", [{ value: durationMs / 1000 }]),
    gauge("last_run_steps", "How many steps of the last run are done.", [
      { labels: { direction }, value: steps.length },
    ]),
    gauge("last_run_retries", "How often steps of the last run were tried again.", [{ value: retries }]),
    gauge(
      "pending_revisions",
      "How many revisions were not applied after the last run.",
      pending === undefined ? [] : [{ value: pending }],
    ),
    gauge(
      "step_duration_seconds",
      "How long each step of the last run took.",
      steps.map((step) => ({
        labels: { revision: step.revision, direction: step.direction },
        value: step.durationMs / 1000,
      })),
    ),
  ].join("");
}

function gauge(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const lines = samples.map(
    ({ labels = {}, value }) => `limbeck_${name}${labelText(labels)} ${Number(value.toFixed(6))}\n`,
  );
  return `# HELP limbeck_${name} ${help}\n# TYPE limbeck_${name} gauge\n${lines.join("")}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
