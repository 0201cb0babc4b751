import { describe } from "vitest";
import { expect, test as base, type Ask } from "./watcher.ts";

/** With a pipeline to run. */
const test = base.extend("pipeline", async ({ ask }): Promise<number> => {
  const { body } = await ask("POST", "/pipeline", { name: "p", pipeline_type_name: "t", next_watermark: "Next" });
  return body.id;
});

const startDate = "2025-01-02T03:04:05.123456Z";

async function start(ask: Ask, body: object): Promise<number> {
  const answer = await ask("POST", "/start_pipeline_execution", { start_date: startDate, ...body });
  expect(answer).toMatchObject({ status: 201, body: { id: expect.any(Number) } });
  return answer.body.id;
}

const end = (ask: Ask, body: object) =>
  ask("POST", "/end_pipeline_execution", { completed_successfully: true, ...body });
const executionOf = async (ask: Ask, id: number) => (await ask("GET", `/pipeline_execution/${id}`)).body;
const pipelineOf = async (ask: Ask, id: number) => (await ask("GET", `/pipeline/${id}`)).body;

describe("POST /start_pipeline_execution", () => {
  test("records the start, with its date and hour in UTC", async ({ ask, sql, pipeline }) => {
    const id = await start(ask, {
      pipeline_id: pipeline,
      start_date: "2025-01-01T23:30:00-05:00",
      watermark: 1,
      next_watermark: "B",
    });
    expect(await executionOf(ask, id)).toEqual({
      id,
      parent_id: null,
      pipeline_id: pipeline,
      start_date: "2025-01-02T04:30:00Z",
      end_date: null,
      duration_seconds: null,
      completed_successfully: null,
      inserts: null,
      updates: null,
      soft_deletes: null,
      total_rows: null,
      watermark: "1",
      next_watermark: "B",
      execution_metadata: null,
      anomaly_flags: null,
      throughput: null,
      child_executions: [],
    });
    expect(await sql("SELECT date_recorded::text, hour_recorded FROM pipeline_execution")).toEqual([
      { date_recorded: "2025-01-02", hour_recorded: 4 },
    ]);
  });

  test("starts now when no date is sent", async ({ ask, pipeline }) => {
    for (const body of [{ pipeline_id: pipeline }, { pipeline_id: pipeline, start_date: null }]) {
      const { body: execution } = await ask("POST", "/start_pipeline_execution", body);
      const started = Date.parse((await executionOf(ask, execution.id)).start_date);
      expect(Math.abs(Date.now() - started)).toBeLessThan(60_000);
    }
  });

  test("keeps microseconds", async ({ ask, pipeline }) => {
    const id = await start(ask, { pipeline_id: pipeline, start_date: "2025-01-02 03:04:05.1234567+00:00" });
    expect((await executionOf(ask, id)).start_date).toBe(startDate);
  });

  test("children are listed under their parent, a root included", async ({ ask, pipeline }) => {
    const root = await start(ask, { pipeline_id: pipeline });
    const child = await start(ask, { pipeline_id: pipeline, parent_id: root });
    const other = await start(ask, { pipeline_id: pipeline, parent_id: root });
    const grandchild = await start(ask, { pipeline_id: pipeline, parent_id: child });
    expect((await executionOf(ask, root)).child_executions).toMatchObject([
      { id: child, parent_id: root, start_date: startDate, child_executions: [] },
      { id: other, parent_id: root },
    ]);
    expect((await executionOf(ask, child)).child_executions).toMatchObject([{ id: grandchild }]);
  });

  test("an unknown pipeline or parent is not found", async ({ ask, pipeline }) => {
    for (const unknown of [0, 99, 2 ** 31, "9223372036854775807"]) {
      const noPipeline = await ask("POST", "/start_pipeline_execution", { pipeline_id: unknown });
      expect(noPipeline).toMatchObject({ status: 404, body: { code: "PIPELINE_NOT_FOUND" } });
      const noParent = await ask("POST", "/start_pipeline_execution", { pipeline_id: pipeline, parent_id: unknown });
      expect(noParent).toMatchObject({ status: 404, body: { code: "PARENT_EXECUTION_NOT_FOUND" } });
    }
  });
});

describe("POST /end_pipeline_execution", () => {
  test("records the end, and what a success means for the pipeline", async ({ ask, pipeline }) => {
    const id = await start(ask, { pipeline_id: pipeline });
    const counts = { inserts: 5, updates: 0, soft_deletes: 2, total_rows: 7 };
    const answer = await end(ask, {
      id,
      end_date: "2025-01-02T03:04:08.623456Z",
      ...counts,
      execution_metadata: { Partition: 9 },
    });
    expect(answer).toMatchObject({ status: 204, body: "" });
    expect(await executionOf(ask, id)).toMatchObject({
      end_date: "2025-01-02T03:04:08.623456Z",
      duration_seconds: 4,
      completed_successfully: true,
      ...counts,
      throughput: 1.75,
      execution_metadata: { Partition: 9 },
    });
    expect(await pipelineOf(ask, pipeline)).toMatchObject({
      watermark: "Next",
      next_watermark: "Next",
      load_lineage: false,
      last_target_insert: "2025-01-02T03:04:08.623456Z",
      last_target_update: null,
      last_target_soft_delete: "2025-01-02T03:04:08.623456Z",
      updated_at: null,
    });
  });

  test("a failure leaves the pipeline as it was", async ({ ask, pipeline }) => {
    const before = await pipelineOf(ask, pipeline);
    const id = await start(ask, { pipeline_id: pipeline });
    await end(ask, { id, end_date: "2025-01-02T04:00:00Z", completed_successfully: "no", inserts: 5 });
    expect(await executionOf(ask, id)).toMatchObject({ completed_successfully: false, inserts: 5 });
    expect(await pipelineOf(ask, pipeline)).toEqual(before);
  });

  test("ending twice writes what the second request sent, and only that", async ({ ask, pipeline }) => {
    const id = await start(ask, { pipeline_id: pipeline });
    await end(ask, { id, end_date: "2025-01-02T03:04:15.123456Z", inserts: 1, updates: 2, total_rows: 3 });
    await end(ask, { id, end_date: "2025-01-02T03:04:25.123456Z", completed_successfully: false, updates: null });
    expect(await executionOf(ask, id)).toMatchObject({
      end_date: "2025-01-02T03:04:25.123456Z",
      duration_seconds: 20,
      completed_successfully: false,
      inserts: 1,
      updates: null,
      total_rows: 3,
      throughput: null,
    });
    expect(await pipelineOf(ask, pipeline)).toMatchObject({ last_target_insert: "2025-01-02T03:04:15.123456Z" });
  });

  test.for([
    ["2025-01-02T03:04:05.500000Z", 0, 0],
    ["2025-01-02T03:04:05.623456Z", 1, 10],
    ["2025-01-02T03:04:08.123456Z", 3, 3.3333],
  ] as const)("ends at %s: %d seconds, %d rows a second", async ([endDate, seconds, throughput], { ask, pipeline }) => {
    const id = await start(ask, { pipeline_id: pipeline });
    await end(ask, { id, end_date: endDate, total_rows: 10 });
    expect(await executionOf(ask, id)).toMatchObject({ duration_seconds: seconds, throughput });
  });

  test("two billion rows a second have room", async ({ ask, pipeline }) => {
    const id = await start(ask, { pipeline_id: pipeline });
    expect(await end(ask, { id, end_date: "2025-01-02T03:04:06Z", total_rows: 2_000_000_000 })).toMatchObject({
      status: 204,
    });
    expect(await executionOf(ask, id)).toMatchObject({ total_rows: 2_000_000_000, throughput: 2_000_000_000 });
  });

  test.for([
    [startDate, "END_NOT_AFTER_START"],
    ["2025-01-02T03:04:05Z", "END_NOT_AFTER_START"],
    ["2024-01-01", "END_NOT_AFTER_START"],
    ["9999-12-31", "DURATION_OUT_OF_RANGE"],
    ["0001-01-01", "DURATION_OUT_OF_RANGE"],
  ])("an end at %s is refused and changes nothing", async ([endDate, code], { ask, pipeline }) => {
    const before = await pipelineOf(ask, pipeline);
    const id = await start(ask, { pipeline_id: pipeline });
    expect(await end(ask, { id, end_date: endDate, inserts: 1 })).toMatchObject({ status: 400, body: { code } });
    expect(await executionOf(ask, id)).toMatchObject({ end_date: null, inserts: null });
    expect(await pipelineOf(ask, pipeline)).toEqual(before);
  });

  test("an unknown execution is not found", async ({ ask }) => {
    const detail = "Pipeline execution not found";
    expect(await end(ask, { id: 99, end_date: startDate })).toMatchObject({ status: 404, body: { detail } });
    expect(await ask("GET", "/pipeline_execution/99")).toMatchObject({ status: 404, body: { detail } });
  });

  test("a start and end each second of many at once lose nothing", async ({ ask, sql, pipeline }) => {
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        const id = await start(ask, { pipeline_id: pipeline });
        await end(ask, { id, end_date: "2025-01-02T04:00:00Z", inserts: 1 });
      }),
    );
    const ended = "SELECT count(*)::int FROM pipeline_execution WHERE completed_successfully AND inserts = 1";
    expect(await sql(ended)).toEqual([{ count: 30 }]);
  });
});
