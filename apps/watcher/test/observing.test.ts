import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "testkit";
import { describe } from "vitest";
import { parse } from "yaml";
import { expect, test } from "./watcher.ts";

const root = new URL("../../..", import.meta.url).pathname;
const observing = join(root, "deploy/observing");

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const { groups } = parse(readFileSync(join(observing, "alerts.yml"), "utf8")) as Rules;
const { panels } = JSON.parse(readFileSync(join(observing, "dashboard.json"), "utf8")) as Dashboard;
const rules = groups.flatMap((group) => group.rules);
const expressions = [...rules, ...panels.flatMap(({ targets }) => targets)].map(({ expr }) => expr);

/** What a run exports that did one step and failed in the next: every family that there is. */
async function limbeckMetrics(folder: string, url: string): Promise<string> {
  mkdirSync(join(folder, "migrations"));
  const file = (id: string, down: string, body: string) =>
    writeFileSync(join(folder, `migrations/${id}_step.sql`), `-- revision: ${id}\n${down}-- upgrade\n${body}\n`);
  file("r1", "-- downRevision: null\n", "SELECT 1;");
  file("r2", "-- downRevision: r1\n", "SELECT 1 / 0;");
  const binary = join(root, "packages/limbeck/bin/limbeck.cjs");
  const args = ["upgrade", "--url", url, "--metrics-file", "run.prom"];
  writeFileSync(join(folder, "limbeck.config.json"), '{ "versionTable": { "name": "observing_version" } }');
  const { exitCode, stderr } = await run(process.execPath, [binary, ...args], { cwd: folder });
  expect([exitCode, stderr]).toEqual([3, expect.stringContaining("division by zero")]);
  return readFileSync(join(folder, "run.prom"), "utf8");
}

/** The labels of each sample's name. */
function labelsOf(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [, name = "", labels = ""] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = found.get(name) ?? new Set<string>();
    for (const [, label = ""] of labels.matchAll(/(\w+)="/g)) known.add(label);
    found.set(name, known);
  }
  return found;
}

test("rules and dashboard ask for what is exported, and the guide explains it", async ({
  ask,
  folder,
  databaseUrl,
}) => {
  await ask("GET", "/pipeline");
  const exported = labelsOf((await limbeckMetrics(folder, databaseUrl)) + (await ask("GET", "/metrics")).body);
  const asked = expressions.flatMap((expr) => [
    ...expr.matchAll(/\b((?:limbeck|watcher|process)_\w+)(?:\{([^}]*)\})?/g),
  ]);
  expect(asked.length).toBeGreaterThan(20);
  for (const [text, name = "", matchers = ""] of asked) {
    expect([text, exported.has(name)]).toEqual([text, true]);
    const labels = [...matchers.matchAll(/(\w+) *[=!]~?"/g)].map(([, label = ""]) => label);
    const known = new Set([...exported.get(name)!, "instance", "job"]);
    expect([text, labels.filter((label) => !known.has(label))]).toEqual([text, []]);
  }
  const guide = readFileSync(join(root, "docs/guide/logs-metrics-tracing.md"), "utf8");
  const families = [...exported.keys()].map((name) => name.replace(/_(?:bucket|sum|count)$/, ""));
  expect(families.filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
});

describe("deploy/observing", () => {
  test("alerts of a run that failed, not of one that did what it was asked for", () => {
    expect(rules.find(({ alert }) => alert === "MigrationFailed")!.expr).toBe("limbeck_last_run_status == 0");
  });

  test("has a dashboard whose panels have a place each", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const one of panels) {
      expect(one.gridPos.x + one.gridPos.w).toBeLessThanOrEqual(24);
      const [a, others] = [one.gridPos, panels.filter((panel) => panel !== one)];
      const overlapping = others.filter(
        ({ gridPos: b }) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h,
      );
      expect(overlapping.map(({ title }) => title)).toEqual([]);
    }
  });

  const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

  // Debian's package prometheus has it; it is too large for every run.
  test.runIf(hasPromtool)("has rules that promtool takes, and that alert when they are to", () => {
    for (const args of [
      ["check", "rules", "alerts.yml"],
      ["test", "rules", "alerts.test.yml"],
    ]) {
      const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: observing, encoding: "utf8" });
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("SUCCESS")]);
    }
  });
});

/** The samples of a text in Prometheus' format, by name and labels; each has help and type in front of it. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  let family = "";
  for (const line of text.trimEnd().split("\n")) {
    const head = /^# (?:HELP (\w+) \S|TYPE (\w+) (?:counter|gauge|histogram)$)/.exec(line);
    if (head !== null) {
      if (head[1] !== undefined) family = head[1];
      else expect(head[2]).toBe(family);
      continue;
    }
    const [, name, labels = "", value] = /^(\w+)(\{(?:\w+="(?:[^"\\]|\\.)*",?)+\})? (\S+)$/.exec(line) ?? [];
    expect(name, line).toMatch(new RegExp(`^${family}(?:_bucket|_sum|_count)?$`));
    expect(samples.has(name + labels), line).toBe(false);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

test("GET /metrics tells of requests, the queue, alerts and the database", async ({ ask, sql }) => {
  await ask("POST", "/pipeline", { name: "p", pipeline_type_name: "t" });
  await ask("GET", "/pipeline/1");
  await ask("GET", "/pipeline/2");
  await ask("GET", "/nowhere/at/all");
  await ask("POST", "/freshness");
  await sql("INSERT INTO alert (kind, subject, level, summary) VALUES ('queue', 'queue', 'warning', 's')");
  const { status, body, headers } = await ask("GET", "/metrics");
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  const samples = samplesOf(body);
  for (const [name, value] of [
    ['watcher_http_requests_total{method="POST",route="/pipeline",status="201"}', 1],
    ['watcher_http_requests_total{method="GET",route="/pipeline/:id",status="200"}', 1],
    ['watcher_http_requests_total{method="GET",route="/pipeline/:id",status="404"}', 1],
    ['watcher_http_requests_total{method="GET",route="unknown",status="404"}', 1],
    ['watcher_http_request_duration_seconds_bucket{method="GET",route="/pipeline/:id",le="+Inf"}', 2],
    ['watcher_http_request_duration_seconds_count{method="GET",route="/pipeline/:id"}', 2],
    ["watcher_database_up", 1],
    ["watcher_pending_revisions", 0],
    ['watcher_queue_jobs{queue="freshness",state="ready"}', 1],
    ['watcher_queue_jobs{queue="report",state="later"}', 0],
    ['watcher_open_alerts{kind="queue"}', 1],
    ['watcher_open_alerts{kind="anomaly"}', 0],
  ] as const) {
    expect([name, samples.get(name)]).toEqual([name, value]);
  }
  expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
});

test("of a database that is behind it tells how far, and asks no more of it", async ({ ask, sql }) => {
  await sql("UPDATE alembic_version SET version_num = '20250909185058'");
  const samples = samplesOf((await ask("GET", "/metrics")).body);
  expect(samples.get("watcher_pending_revisions")).toBe(7);
  expect(samples.get("watcher_database_up")).toBe(1);
  expect([...samples.keys()].some((name) => name.startsWith("watcher_queue_jobs"))).toBe(false);
});
