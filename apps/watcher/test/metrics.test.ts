import { expect, test } from "./watcher.ts";

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
    ['watcher_queue_jobs{job="freshness",state="ready"}', 1],
    ['watcher_queue_jobs{job="report",state="later"}', 0],
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
