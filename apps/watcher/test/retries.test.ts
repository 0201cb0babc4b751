import { describe } from "vitest";
import { expect, openWatcher, test as base } from "./watcher.ts";

const test = base.extend("pipeline", async ({ ask }): Promise<number> => {
  return (await ask("POST", "/pipeline", { name: "p", pipeline_type_name: "t" })).body.id;
});

const start = "/start_pipeline_execution";
const exactly = (offset = 0) => new Date(Date.now() + offset).toISOString().replace("Z", "417Z");

describe("a start that is sent again", () => {
  test("with a key is one execution, however often and however many at once", async ({ ask, sql, pipeline }) => {
    const headers = { "idempotency-key": "run 7" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask("POST", start, { pipeline_id: pipeline }, headers)),
    );
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await sql("SELECT count(*)::int FROM pipeline_execution")).toEqual([{ count: 1 }]);
    const end = { id: answers[0]!.body.id, end_date: exactly(60_000), completed_successfully: true };
    await ask("POST", "/end_pipeline_execution", end);
    expect((await ask("POST", start, { pipeline_id: pipeline }, headers)).body).toEqual(answers[0]!.body);
    expect(await ask("POST", start, { pipeline_id: pipeline }, { "idempotency-key": "run 8" })).not.toMatchObject({
      body: answers[0]!.body,
    });
  });

  test("with a key and another body is refused", async ({ ask, pipeline }) => {
    const headers = { "idempotency-key": "k" };
    await ask("POST", start, { pipeline_id: pipeline, watermark: 1 }, headers);
    expect(await ask("POST", start, { pipeline_id: pipeline, watermark: 2 }, headers)).toMatchObject({
      status: 409,
      body: { code: "IDEMPOTENCY_KEY_REUSED" },
    });
    expect(await ask("POST", start, { pipeline_id: pipeline }, { "idempotency-key": "x".repeat(256) })).toMatchObject({
      status: 422,
    });
  });

  test("with a start of this moment to the microsecond is one execution", async ({ ask, pipeline }) => {
    const body = { pipeline_id: pipeline, start_date: exactly(), watermark: "a" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask("POST", start, body)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const { body: other } = await ask("POST", start, { ...body, watermark: "b" });
    expect(other.id).not.toBe(answers[0]!.body.id);
    // What has ended was no start whose answer was lost.
    const end = { id: answers[0]!.body.id, end_date: exactly(60_000), completed_successfully: true };
    await ask("POST", "/end_pipeline_execution", end);
    expect((await ask("POST", start, body)).body.id).not.toBe(answers[0]!.body.id);
  });

  test.for([
    ["no start", undefined],
    ["a start to the millisecond", () => new Date().toISOString()],
    ["a start of long ago", () => exactly(-3_600_000)],
  ] as const)("with %s is another execution", async ([, moment], { ask, pipeline }) => {
    const body = { pipeline_id: pipeline, ...(moment && { start_date: moment() }) };
    const [one, two] = [await ask("POST", start, body), await ask("POST", start, body)];
    expect(one.body.id).not.toBe(two.body.id);
  });

  test("is another execution where the window is closed", async ({ databaseUrl, pipeline }) => {
    const { app, close } = await openWatcher(databaseUrl, { retryWindowSeconds: 0 });
    const payload = { pipeline_id: pipeline, start_date: exactly() };
    const ids = [];
    for (let again = 0; again < 2; again++) {
      ids.push((await app.inject({ method: "POST", url: start, payload })).json().id);
    }
    expect(ids[0]).not.toBe(ids[1]);
    await close();
  });
});

describe("the original's SDK", () => {
  test("says pipeline_id in a patch, and parent_execution_id in a start", async ({ ask, pipeline }) => {
    expect(await ask("PATCH", "/pipeline", { pipeline_id: pipeline, next_watermark: 5 })).toMatchObject({
      status: 200,
      body: { next_watermark: "5" },
    });
    const { body: parent } = await ask("POST", start, { pipeline_id: pipeline, parent_execution_id: null });
    const { body: child } = await ask("POST", start, { pipeline_id: pipeline, parent_execution_id: parent.id });
    expect((await ask("GET", `/pipeline_execution/${child.id}`)).body.parent_id).toBe(parent.id);
  });

  test("PATCH /pipeline writes what is sent and refuses what cannot be", async ({ ask, pipeline }) => {
    const before = (await ask("GET", `/pipeline/${pipeline}`)).body;
    const { body } = await ask("PATCH", "/pipeline", {
      id: pipeline,
      freshness_number: 3,
      active: false,
      watermark: " W ",
    });
    expect(body).toEqual({
      ...before,
      freshness_number: 3,
      active: false,
      watermark: " W ",
      updated_at: expect.any(String),
    });
    await ask("POST", "/pipeline", { name: "taken", pipeline_type_name: "t" });
    for (const wrong of [{ name: "Taken" }, { pipeline_type_id: 99 }, { active: null }, { name: null }]) {
      expect(await ask("PATCH", "/pipeline", { id: pipeline, ...wrong })).toMatchObject({ status: 400 });
    }
    expect(await ask("PATCH", "/pipeline", { id: 99 })).toMatchObject({
      status: 404,
      body: { detail: "Pipeline Not Found" },
    });
    expect(await ask("PATCH", "/pipeline", { next_watermark: 1 })).toMatchObject({ status: 422 });
  });
});
