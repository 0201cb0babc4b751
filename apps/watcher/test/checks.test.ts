import { describe } from "vitest";
import { deliverAlerts } from "../src/services/alert-delivery.ts";
import { checkFreshness } from "../src/services/freshness.ts";
import { checkTimeliness } from "../src/services/timeliness.ts";
import type { Channel, Message } from "../src/notify/message.ts";
import { expect, test, type Ask } from "./watcher.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

async function createPipeline(ask: Ask, name: string, body: object = {}): Promise<number> {
  return (await ask("POST", "/pipeline", { name, pipeline_type_name: "t", ...body })).body.id;
}

/** An execution; without an end it is running. */
async function execute(ask: Ask, pipeline: number, start: number, end?: number, ok = true): Promise<number> {
  const { body } = await ask("POST", "/start_pipeline_execution", { pipeline_id: pipeline, start_date: ago(start) });
  if (end !== undefined) await finish(ask, body.id, end, ok);
  return body.id;
}

const finish = (ask: Ask, id: number, end: number, ok = true) =>
  ask("POST", "/end_pipeline_execution", { id, end_date: ago(end), completed_successfully: ok, inserts: 1 });

const hours = { freshness_number: 2, freshness_datepart: "hour" };
const minutes = { timeliness_number: 10, timeliness_datepart: "minute" };

const alertsOf = async (ask: Ask) => (await ask("GET", "/alert")).body.data;

describe("freshness", () => {
  test("logs what is overdue, once for each last change", async ({ ask, watcher: { database } }) => {
    const stale = await createPipeline(ask, "stale", hours);
    const fresh = await createPipeline(ask, "fresh", hours);
    await createPipeline(ask, "never ran", hours);
    await execute(ask, stale, 200, 130);
    await execute(ask, fresh, 200, 110);
    expect(await checkFreshness(database, ["test"])).toEqual({ overdue: 1 });
    expect(await checkFreshness(database, ["test"])).toEqual({ overdue: 0 });
    expect((await ask("GET", "/freshness_pipeline_log")).body.data).toMatchObject([
      { pipeline_id: stale, freshness_number: 2, freshness_datepart: "hour", used_child_config: true },
    ]);
    expect(await alertsOf(ask)).toMatchObject([
      { kind: "freshness", pipeline_id: stale, resolved_at: null, summary: expect.stringContaining("within 2 hours") },
    ]);

    // It changed, and is overdue again: the first alert is resolved, and there is a second one.
    await execute(ask, stale, 128, 125);
    expect(await checkFreshness(database, ["test"])).toEqual({ overdue: 1 });
    expect(await alertsOf(ask)).toMatchObject([{ resolved_at: null }, { resolved_at: expect.any(String) }]);
    await execute(ask, stale, 2, 1);
    await checkFreshness(database, ["test"]);
    expect((await ask("GET", "/alert?open=true")).body.data).toEqual([]);
  });

  test("falls back to the type, and leaves the muted and the inactive alone", async ({
    ask,
    watcher: { database },
  }) => {
    await ask("POST", "/pipeline_type", { name: "t", freshness_number: 1, freshness_datepart: "hour" });
    const names = ["plain", "muted", "inactive", "patient"];
    const [plain, muted, inactive, patient] = await Promise.all(names.map((name) => createPipeline(ask, name)));
    for (const id of [plain, muted, inactive, patient]) await execute(ask, id!, 100, 90);
    await ask("PATCH", "/pipeline", { id: muted, mute_freshness_check: true });
    await ask("PATCH", "/pipeline", { id: inactive, active: false });
    await ask("PATCH", "/pipeline", { id: patient, freshness_number: 2 ** 31 - 1, freshness_datepart: "year" });
    expect(await checkFreshness(database, ["test"])).toEqual({ overdue: 1 });
    expect((await ask("GET", "/freshness_pipeline_log")).body.data).toMatchObject([
      { pipeline_id: plain, used_child_config: false },
    ]);
    await ask("PATCH", "/pipeline_type", { name: "t", mute_freshness_check: true });
    await ask("PATCH", "/pipeline", { id: muted, mute_freshness_check: false });
    expect(await checkFreshness(database, ["test"])).toEqual({ overdue: 0 });
    expect((await ask("GET", "/alert?open=1")).body.data).toEqual([]);
  });
});

describe("timeliness", () => {
  test("logs what takes or took too long, each once, and not what failed", async ({ ask, watcher: { database } }) => {
    const pipeline = await createPipeline(ask, "p", minutes);
    const running = await execute(ask, pipeline, 20);
    const slow = await execute(ask, pipeline, 50, 30);
    await execute(ask, pipeline, 50, 45);
    await execute(ask, pipeline, 50, 20, false);
    await execute(ask, pipeline, 5);
    const old = await execute(ask, pipeline, 100);
    expect(await checkTimeliness(database, 60, ["test"])).toEqual({ overdue: 2 });
    expect(await checkTimeliness(database, 60, ["test"])).toEqual({ overdue: 0 });
    expect((await ask("GET", "/timeliness_pipeline_execution_log")).body.data).toMatchObject([
      { pipeline_execution_id: slow, execution_status: "completed", duration_seconds: 1200, seconds_threshold: 600 },
      { pipeline_execution_id: running, execution_status: "running", timely_number: 10, timely_datepart: "minute" },
    ]);
    expect(await alertsOf(ask)).toMatchObject([
      { pipeline_execution_id: slow, resolved_at: expect.any(String) },
      { pipeline_execution_id: running, resolved_at: null },
    ]);
    expect(await checkTimeliness(database, 120, ["test"])).toEqual({ overdue: 1 });
    for (const id of [running, old]) await finish(ask, id, 1);
    await checkTimeliness(database, 60, ["test"]);
    expect((await ask("GET", "/alert?open=true")).body.data).toEqual([]);
  });

  test("finds what is late beyond the lookback when that much time is allowed", async ({ ask, watcher }) => {
    const pipeline = await createPipeline(ask, "p", { timeliness_number: 3, timeliness_datepart: "hour" });
    const running = await execute(ask, pipeline, 200);
    const ended = await execute(ask, pipeline, 220, 20);
    await execute(ask, pipeline, 100);
    expect(await checkTimeliness(watcher.database, 60, [])).toEqual({ overdue: 2 });
    const { body } = await ask("GET", `/timeliness_pipeline_execution_log?pipeline_id=${pipeline}`);
    expect(body.data.map((row: { pipeline_execution_id: number }) => row.pipeline_execution_id)).toEqual([
      ended,
      running,
    ]);
  });

  test("leaves the inactive alone, and counts no further than its columns", async ({ ask, watcher }) => {
    const inactive = await createPipeline(ask, "inactive", minutes);
    await execute(ask, inactive, 30);
    await ask("PATCH", "/pipeline", { id: inactive, active: false });
    const patient = await createPipeline(ask, "patient", {
      timeliness_number: 2 ** 31 - 1,
      timeliness_datepart: "month",
    });
    await execute(ask, patient, 30);
    expect(await checkTimeliness(watcher.database, 60, [])).toEqual({ overdue: 0 });
    const ancient = await createPipeline(ask, "ancient", minutes);
    await ask("POST", "/start_pipeline_execution", { pipeline_id: ancient, start_date: "1900-01-01" });
    expect(await checkTimeliness(watcher.database, 2 ** 31 - 1, [])).toEqual({ overdue: 1 });
  });
});

test("two checks at once log and alert once", async ({ ask, watcher: { database } }) => {
  const pipeline = await createPipeline(ask, "p", { ...hours, ...minutes });
  await execute(ask, pipeline, 300, 200);
  await execute(ask, pipeline, 30);
  const checks = Array.from({ length: 10 }, async (_, index) =>
    index % 2 === 0 ? checkFreshness(database, ["test"]) : checkTimeliness(database, 60, ["test"]),
  );
  const overdue = (await Promise.all(checks)).reduce((sum, result) => sum + result.overdue, 0);
  expect(overdue).toBe(2);
  expect(await alertsOf(ask)).toHaveLength(2);
});

describe("alerts", () => {
  const receiver = (name: string, take: (message: Message) => Promise<void>): Channel => ({ name, send: take });

  test("reach every channel once, together, and again when resolved", async ({ ask, sql, watcher: { database } }) => {
    const one = await createPipeline(ask, "one", hours);
    const two = await createPipeline(ask, "two", hours);
    for (const id of [one, two]) await execute(ask, id, 300, 200);
    await checkFreshness(database, ["a", "b", "gone"]);

    const taken: string[] = [];
    let isUp = false;
    const channels = [
      receiver("a", async ({ event, alerts }) => void taken.push(`a ${event} ${alerts.length}`)),
      receiver("b", async ({ event, alerts }) => {
        if (!isUp) throw new Error("down");
        taken.push(`b ${event} ${alerts.length}`);
      }),
    ];
    const failures: string[] = [];
    const deliver = () => deliverAlerts(database, { channels, onFailure: (channel) => void failures.push(channel) });
    const workers = await Promise.all([deliver(), deliver(), deliver()]);
    expect(workers.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(2);
    expect({ taken, failures }).toEqual({ taken: ["a opened 2"], failures: ["b"] });

    // b hears nothing of the end before it has heard of the beginning.
    await execute(ask, one, 2, 1);
    await checkFreshness(database, ["a", "b"]);
    await deliver();
    expect(taken).toEqual(["a opened 2", "a resolved 1"]);
    isUp = true;
    await sql("UPDATE alert_delivery SET due_at = now()");
    await deliver();
    expect(taken).toEqual(["a opened 2", "a resolved 1", "b opened 2", "b resolved 1"]);
    await sql("UPDATE alert_delivery SET due_at = now()");
    expect(await deliver()).toEqual({ delivered: 0 });
  });
});

describe("POST /timeliness and /freshness", () => {
  test("ask for a check, once while it waits", async ({ ask, sql }) => {
    expect(await ask("POST", "/timeliness")).toMatchObject({ status: 422 });
    expect(await ask("POST", "/timeliness", { lookback_minutes: 4 })).toMatchObject({ status: 422 });
    for (const body of [{}, { lookback_minutes: 60 }, { lookback_minutes: "120" }]) {
      expect(await ask("POST", "/timeliness", body)).toMatchObject({ status: 200, body: { status: "queued" } });
    }
    for (let again = 0; again < 2; again++) {
      expect(await ask("POST", "/freshness")).toMatchObject({ status: 200, body: { status: "queued" } });
    }
    expect(
      await sql("SELECT name, data FROM pgboss.job WHERE name IN ('freshness', 'timeliness') ORDER BY 1, 2"),
    ).toEqual([
      { name: "freshness", data: {} },
      { name: "timeliness", data: { lookback_minutes: 60 } },
      { name: "timeliness", data: { lookback_minutes: 120 } },
    ]);
    const { body } = await ask("POST", "/celery/monitor-queue");
    expect(body).toMatchObject({
      status: "success",
      total_pending: 3,
      regular_queue_pending: 3,
      scheduled_queue_pending: 0,
      task_breakdown: ["Freshness Check Task: 1", "Timeliness Check Task: 2"],
      task_breakdown_raw: { freshness_check_task: 1, timeliness_check_task: 2, unknown: 0 },
    });
  });

  test("a queue that is too long is an alert until it is short again", async ({ ask, sql }) => {
    const pipeline = await createPipeline(ask, "p");
    await sql(`INSERT INTO pipeline_execution (pipeline_id, start_date, date_recorded, hour_recorded)
      SELECT ${pipeline}, now(), now(), 1 FROM generate_series(1, 120)`);
    await sql("INSERT INTO anomaly_check SELECT id FROM pipeline_execution LIMIT 60");
    expect(await ask("POST", "/celery/monitor-queue")).toMatchObject({ status: 200, body: { total_pending: 60 } });
    await sql("INSERT INTO anomaly_check SELECT id FROM pipeline_execution ON CONFLICT DO NOTHING");
    for (let again = 0; again < 2; again++) await ask("POST", "/celery/monitor-queue");
    expect(await alertsOf(ask)).toMatchObject([
      { kind: "queue", level: "critical", resolved_at: null },
      { kind: "queue", level: "warning", resolved_at: expect.any(String) },
    ]);
    await sql("DELETE FROM anomaly_check");
    await ask("POST", "/celery/monitor-queue");
    expect((await ask("GET", "/alert?open=true&kind=queue")).body.data).toEqual([]);
  });
});
