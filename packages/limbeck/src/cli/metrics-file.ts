import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { reasonOf } from "../errors/reason.ts";
import type { RunEvent } from "../runner/events.ts";
import { metricsText, type RunMetrics } from "./metrics-text.ts";

/**
 * Writes what a run came to, at its end, as a file for node_exporter's textfile collector. Such a file has to appear
 * whole: it is written beside its place, under a name that the collector passes over, and renamed.
 */
export class MetricsFile {
  readonly #path: string;
  readonly #version: string;
  readonly #warn: (message: string) => void;
  #asked: Extract<RunEvent, { type: "runStart" }> | undefined;
  readonly #steps: RunMetrics["steps"][number][] = [];
  #retries = 0;

  constructor(path: string, version: string, warn: (message: string) => void) {
    this.#path = path;
    this.#version = version;
    this.#warn = warn;
  }

  hear(event: RunEvent): void {
    switch (event.type) {
      case "runStart":
        this.#asked = event;
        return;
      case "retry":
        this.#retries++;
        return;
      case "stepEnd":
        this.#steps.push({ ...event.step, durationMs: event.durationMs });
        return;
      case "runEnd":
        return this.#end(event.durationMs, { pending: event.result.pending });
      case "runFailed":
        return this.#end(event.durationMs, {
          error: event.error.code,
          ...(event.pending !== undefined && { pending: event.pending }),
        });
      default:
    }
  }

  #end(durationMs: number, outcome: Pick<RunMetrics, "pending" | "error">): void {
    if (this.#asked === undefined || this.#asked.dryRun) return;
    this.#write(
      metricsText({
        ...outcome,
        direction: this.#asked.direction,
        version: this.#version,
        endedAtMs: Date.now(),
        durationMs,
        retries: this.#retries,
        steps: this.#steps,
      }),
    );
  }

  #write(text: string): void {
    const part = join(dirname(this.#path), `.${basename(this.#path)}.${process.pid}.tmp`);
    try {
      writeFileSync(part, text);
      renameSync(part, this.#path);
    } catch (error) {
      rmSync(part, { force: true });
      this.#warn(`the metrics could not be written: ${reasonOf(error)}`);
    }
  }
}
