import fc from "fast-check";
import { describe } from "vitest";
import { detectAnomalies } from "../src/services/anomaly-detection.ts";
import { expect, openWatcher, test as base, type Ask } from "./watcher.ts";

const test = base.extend("pipeline", async ({ ask }): Promise<number> => {
  return (await ask("POST", "/pipeline", { name: "p", pipeline_type_name: "t" })).body.id;
});

const rule = (pipeline: number, more: object = {}) => ({
  pipeline_id: pipeline,
  metric_field: "inserts",
  z_threshold: 2,
  minimum_executions: 5,
  ...more,
});

const yesterday = new Date(Date.now() - 86_400_000);
yesterday.setUTCHours(10, 0, 0, 0);

async function run(ask: Ask, pipeline: number, counts: object, seconds = 60): Promise<number> {
  const { body } = await ask("POST", "/start_pipeline_execution", {
    pipeline_id: pipeline,
    start_date: yesterday.toISOString(),
  });
  const end = new Date(yesterday.getTime() + seconds * 1000).toISOString();
  await ask("POST", "/end_pipeline_execution", { id: body.id, end_date: end, completed_successfully: true, ...counts });
  return body.id;
}

const flagsOf = async (ask: Ask, id: number) => (await ask("GET", `/pipeline_execution/${id}`)).body.anomaly_flags;
const resultsOf = async (ask: Ask, query = "") => (await ask("GET", `/anomaly_detection_result${query}`)).body.data;

describe("rules", () => {
  test("are created, got, listed and changed", async ({ ask, pipeline }) => {
    const first = await ask("POST", "/anomaly_detection_rule", { pipeline_id: pipeline, metric_field: "Inserts" });
    expect(first).toMatchObject({ status: 201 });
    const row = {
      id: first.body.id,
      pipeline_id: pipeline,
      metric_field: "inserts",
      z_threshold: "3.00",
      lookback_days: 30,
      minimum_executions: 30,
      active: true,
      created_at: expect.any(String),
      updated_at: null,
    };
    const again = await ask("POST", "/anomaly_detection_rule", rule(pipeline, { z_threshold: 9 }));
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect((await ask("GET", `/anomaly_detection_rule/${first.body.id}`)).body).toEqual(row);
    expect((await ask("GET", "/anomaly_detection_rule")).body).toEqual([row]);
    const patch = { id: first.body.id, z_threshold: "2.5", metric_field: "THROUGHPUT", active: "no" };
    expect(await ask("PATCH", "/anomaly_detection_rule", patch)).toMatchObject({
      status: 200,
      body: { ...row, z_threshold: "2.50", metric_field: "throughput", active: false },
    });
  });

  test("of twenty at once one is created", async ({ ask, pipeline }) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask("POST", "/anomaly_detection_rule", rule(pipeline))),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test("that cannot be are refused", async ({ ask, pipeline }) => {
    for (const wrong of [
      { z_threshold: 0.9 },
      { z_threshold: 10.1 },
      { z_threshold: "nan" },
      { z_threshold: null },
      { lookback_days: 0 },
      { lookback_days: 366 },
      { minimum_executions: 4 },
      { minimum_executions: 1001 },
      { metric_field: "rows" },
      { active: null },
    ]) {
      expect(await ask("POST", "/anomaly_detection_rule", rule(pipeline, wrong))).toMatchObject({ status: 422 });
    }
    for (const unknown of [99, 2 ** 31, "9223372036854775807"]) {
      expect(await ask("POST", "/anomaly_detection_rule", rule(unknown as number))).toMatchObject({ status: 404 });
    }
    const one = await ask("POST", "/anomaly_detection_rule", rule(pipeline));
    const two = await ask("POST", "/anomaly_detection_rule", rule(pipeline, { metric_field: "updates" }));
    for (const wrong of [{ metric_field: "inserts" }, { pipeline_id: 99 }, { lookback_days: null }, { active: null }]) {
      const { status } = await ask("PATCH", "/anomaly_detection_rule", { id: two.body.id, ...wrong });
      expect(status).toBe(400);
    }
    expect(await ask("PATCH", "/anomaly_detection_rule", { id: one.body.id + 99 })).toMatchObject({ status: 404 });
    expect(await ask("GET", "/anomaly_detection_rule/99")).toMatchObject({ status: 404 });
  });

  test("come with a new pipeline where that is set", async ({ databaseUrl, ask, watcher }) => {
    const eager = await openWatcher(databaseUrl, { anomalyRules: true });
    await eager.app.inject({ method: "POST", url: "/pipeline", payload: { name: "q", pipeline_type_name: "t" } });
    await eager.app.inject({ method: "POST", url: "/pipeline", payload: { name: "q", pipeline_type_name: "u" } });
    await eager.close();
    const { body } = await ask("GET", "/anomaly_detection_rule");
    expect(body).toHaveLength(6);
    expect(new Set(body.map((one: { metric_field: string }) => one.metric_field)).size).toBe(6);
    expect(watcher.app.server.listening).toBe(false);
  });
});

describe("detection", () => {
  test("flags what strays, with the numbers that say so", async ({ ask, pipeline, watcher: { database } }) => {
    const { body: created } = await ask("POST", "/anomaly_detection_rule", rule(pipeline));
    for (const inserts of [10, 12, 14, 16, 18]) await run(ask, pipeline, { inserts });
    expect(await detectAnomalies(database, ["test"])).toEqual({ checked: 5, flagged: 0 });
    const id = await run(ask, pipeline, { inserts: 2_147_483_647 });
    expect(await detectAnomalies(database, ["test"])).toEqual({ checked: 1, flagged: 1 });
    expect(await flagsOf(ask, id)).toEqual({ inserts: true });
    expect(await resultsOf(ask)).toEqual([
      {
        pipeline_execution_id: id,
        rule_id: created.id,
        pipeline_id: pipeline,
        metric_field: "inserts",
        violation_value: 2_147_483_647,
        z_score: expect.closeTo((2_147_483_647 - 14) / Math.sqrt(10), 0),
        historical_mean: 14,
        std_deviation_value: 3.1623,
        z_threshold: 2,
        threshold_min_value: 7.6754,
        threshold_max_value: 20.3246,
        context: { lookback_days: 30, minimum_executions: 5, execution_count: 5 },
        detected_at: expect.any(String),
      },
    ]);
    expect((await ask("GET", "/alert")).body.data).toMatchObject([
      { kind: "anomaly", pipeline_execution_id: id, resolved_at: null },
    ]);

    // What is flagged is no history: the same value again strays again.
    const next = await run(ask, pipeline, { inserts: 2_147_483_647 });
    await detectAnomalies(database, ["test"]);
    expect(await flagsOf(ask, next)).toEqual({ inserts: true });
  });

  test("an execution that ends again is judged again", async ({ ask, pipeline, watcher: { database } }) => {
    await ask("POST", "/anomaly_detection_rule", rule(pipeline));
    for (const inserts of [10, 12, 14, 16, 18]) await run(ask, pipeline, { inserts });
    const id = await run(ask, pipeline, { inserts: 99 });
    await detectAnomalies(database, ["test"]);
    const end = { id, end_date: new Date().toISOString(), completed_successfully: true };
    await ask("POST", "/end_pipeline_execution", { ...end, inserts: 88 });
    await detectAnomalies(database, ["test"]);
    expect(await resultsOf(ask)).toMatchObject([{ violation_value: 88 }]);
    await ask("POST", "/end_pipeline_execution", { ...end, inserts: 13 });
    await detectAnomalies(database, ["test"]);
    expect(await resultsOf(ask)).toEqual([]);
    expect(await flagsOf(ask, id)).toEqual({ inserts: false });
    expect((await ask("GET", "/alert?open=true")).body.data).toEqual([]);
  });

  test("of an inactive pipeline nobody is told", async ({ ask, pipeline, watcher: { database } }) => {
    await ask("POST", "/anomaly_detection_rule", rule(pipeline));
    for (const inserts of [10, 12, 14, 16, 18, 99]) await run(ask, pipeline, { inserts });
    await ask("PATCH", "/pipeline", { id: pipeline, active: false });
    expect(await detectAnomalies(database, ["test"])).toMatchObject({ flagged: 1 });
    expect((await ask("GET", "/alert")).body.data).toEqual([]);
  });

  test("many workers at once check each execution once", async ({ ask, sql, pipeline, watcher: { database } }) => {
    await ask("POST", "/anomaly_detection_rule", rule(pipeline));
    for (const inserts of [10, 12, 14, 16, 18]) await run(ask, pipeline, { inserts });
    await detectAnomalies(database, []);
    await Promise.all(Array.from({ length: 20 }, () => run(ask, pipeline, { inserts: 5000 })));
    const results = await Promise.all(Array.from({ length: 8 }, () => detectAnomalies(database, ["test"])));
    expect(results.reduce((sum, { checked }) => sum + checked, 0)).toBe(20);
    expect(await sql("SELECT FROM anomaly_check")).toEqual([]);
  });

  test("is what the mean and the deviation say, whatever the history", async ({ ask, sql, pipeline, watcher }) => {
    await ask("POST", "/anomaly_detection_rule", rule(pipeline));
    const count = fc.option(fc.integer({ min: 0, max: 50 }), { nil: null, freq: 8 });
    const history = fc.array(count, { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 120 }), async (values, value) => {
        await sql("DELETE FROM anomaly_detection_result; DELETE FROM alert; DELETE FROM pipeline_execution");
        const insert = `INSERT INTO pipeline_execution
          (pipeline_id, start_date, date_recorded, hour_recorded, end_date, completed_successfully, inserts)
          SELECT $1, now() - interval '1 hour', now(), 3, now(), true, (value #>> '{}')::int
          FROM jsonb_array_elements($2) WITH ORDINALITY AS given (value, n) ORDER BY n RETURNING id`;
        const rows = await sql<{ id: string }>(insert, [pipeline, JSON.stringify([...values, value])]);
        const id = Number(rows.at(-1)!.id);
        await sql("INSERT INTO anomaly_check VALUES ($1)", [id]);
        await detectAnomalies(watcher.database, []);
        expect((await flagsOf(ask, id)) ?? {}).toEqual(strays(values, value) ? { inserts: true } : {});
      }),
      { numRuns: 60 },
    );
  });
});

function strays(history: readonly (number | null)[], value: number): boolean {
  const known = history.filter((one) => one !== null);
  if (history.length < 5 || known.length < 5) return false;
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (known.length - 1));
  if (deviation === 0) return false;
  return value > mean + 2 * deviation || value < Math.max(0, mean - 2 * deviation);
}

describe("POST /unflag_anomaly", () => {
  test("takes back what was flagged, and nothing else", async ({ ask, pipeline, watcher: { database } }) => {
    for (const metric of ["inserts", "updates"]) {
      await ask("POST", "/anomaly_detection_rule", rule(pipeline, { metric_field: metric }));
    }
    for (const n of [10, 12, 14, 16, 18]) await run(ask, pipeline, { inserts: n, updates: n });
    const id = await run(ask, pipeline, { inserts: 99, updates: 99 });
    await detectAnomalies(database, ["test"]);
    const unflag = (metrics: unknown, execution: number = id) =>
      ask("POST", "/unflag_anomaly", { pipeline_id: 5, pipeline_execution_id: execution, metric_field: metrics });

    expect(await unflag(["inserts", "throughput"])).toMatchObject({ status: 204, body: "" });
    expect(await flagsOf(ask, id)).toEqual({ inserts: false, updates: true });
    expect(await resultsOf(ask)).toMatchObject([{ metric_field: "updates" }]);
    expect(await resultsOf(ask, "?metric_field=inserts")).toEqual([]);
    expect((await ask("GET", "/alert?open=true")).body.data).toHaveLength(1);
    expect(await unflag(["inserts"])).toMatchObject({ status: 404 });
    expect(await unflag(["updates"])).toMatchObject({ status: 204 });
    expect((await ask("GET", "/alert?open=true")).body.data).toEqual([]);

    expect(await unflag(["inserts"], 9999)).toMatchObject({ status: 404 });
    expect(await unflag(["Inserts"])).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "metric_field", 0] }] },
    });
    expect(await unflag("inserts")).toMatchObject({ status: 422 });
  });
});
