import { describe } from "vitest";
import { expect, sharing, test, type Ask } from "./watcher.ts";

const created = { active: true, load_lineage: true, watermark: null };

async function pipelineOf(ask: Ask, id: number) {
  return (await ask("GET", `/pipeline/${id}`)).body;
}

describe("POST /pipeline", () => {
  test("creates, then gets", async ({ ask }) => {
    const body = { name: " Daily Sales ", pipeline_type_name: "Extraction" };
    const first = await ask("POST", "/pipeline", body);
    expect(first).toMatchObject({ status: 201, body: { id: expect.any(Number), ...created } });
    expect(await ask("POST", "/pipeline", body)).toMatchObject({ status: 200, body: first.body });
    expect(await pipelineOf(ask, first.body.id)).toMatchObject({ name: "daily sales", updated_at: null });
  });

  test("gives a row with every column, and moments with microseconds", async ({ ask }) => {
    const { body } = await ask("POST", "/pipeline", {
      name: "full",
      pipeline_type_name: "type",
      next_watermark: 10,
      pipeline_metadata: { Owner: "Ann", nested: [1.5, null] },
      freshness_number: "12",
      freshness_datepart: "HOUR",
      timeliness_number: 1,
      timeliness_datepart: "day",
      load_lineage: false,
      active: false,
    });
    const row = await pipelineOf(ask, body.id);
    expect(row).toEqual({
      id: body.id,
      name: "full",
      pipeline_type_id: expect.any(Number),
      watermark: null,
      next_watermark: "10",
      pipeline_metadata: { Owner: "Ann", nested: [1.5, null] },
      last_target_insert: null,
      last_target_update: null,
      last_target_soft_delete: null,
      freshness_number: 12,
      freshness_datepart: "hour",
      mute_freshness_check: false,
      timeliness_number: 1,
      timeliness_datepart: "day",
      mute_timeliness_check: false,
      load_lineage: true,
      active: true,
      input_hash: expect.stringMatching(/^[\w-]{20}$/),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/),
      updated_at: null,
    });
    expect((await ask("GET", "/pipeline")).body).toEqual([row]);
  });

  test("writes what changed: what is left out stays, null clears", async ({ ask, sql }) => {
    const name = { name: "p", pipeline_type_name: "one" };
    const freshness = { freshness_number: 1, freshness_datepart: "day" };
    const { body } = await ask("POST", "/pipeline", { ...name, ...freshness, pipeline_metadata: { a: 1 } });

    await ask("POST", "/pipeline", { ...name, pipeline_type_name: "two" });
    const changed = await pipelineOf(ask, body.id);
    expect(changed).toMatchObject({ ...freshness, pipeline_metadata: { a: 1 }, updated_at: expect.any(String) });
    const typeName = "SELECT name FROM pipeline_type WHERE id = (SELECT pipeline_type_id FROM pipeline)";
    expect(await sql(typeName)).toEqual([{ name: "two" }]);

    await ask("POST", "/pipeline", {
      ...name,
      freshness_number: null,
      freshness_datepart: null,
      pipeline_metadata: null,
    });
    expect(await pipelineOf(ask, body.id)).toMatchObject({ freshness_number: null, freshness_datepart: null });
    expect(await sql("SELECT pipeline_metadata IS NULL AS is_null FROM pipeline")).toEqual([{ is_null: true }]);
  });

  test("writes nothing when nothing changed, whatever the order of keys", async ({ ask, sql }) => {
    const body = { name: "p", pipeline_type_name: "t", pipeline_metadata: { a: 1, b: { c: 1, d: 2 } } };
    await ask("POST", "/pipeline", body);
    const [before] = await sql("SELECT xmin::text, input_hash FROM pipeline");
    await ask("POST", "/pipeline", {
      pipeline_metadata: { b: { d: 2, c: 1 }, a: 1 },
      pipeline_type_name: "T",
      name: "P",
    });
    await ask("POST", "/pipeline", { ...body, next_watermark: null });
    expect(await sql("SELECT xmin::text, input_hash FROM pipeline")).toEqual([before]);
  });

  test("a next watermark alone is written without a change, and answered with the stored watermark", async ({
    ask,
    sql,
  }) => {
    const body = { name: "p", pipeline_type_name: "t" };
    const { body: pipeline } = await ask("POST", "/pipeline", { ...body, next_watermark: "First" });
    await sql("UPDATE pipeline SET watermark = 'Zero'");
    expect((await ask("POST", "/pipeline", body)).body.watermark).toBeNull();
    expect((await ask("POST", "/pipeline", { ...body, next_watermark: 1.5 })).body.watermark).toBe("Zero");
    expect(await pipelineOf(ask, pipeline.id)).toMatchObject({ next_watermark: "1.5", updated_at: null });
  });

  test("of twenty at once one creates, and all get the same", async ({ ask, sql }) => {
    const body = { name: "contested", pipeline_type_name: "contested type" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("POST", "/pipeline", body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await sql("SELECT count(*)::int FROM pipeline")).toEqual([{ count: 1 }]);
    expect(await sql("SELECT count(*)::int FROM pipeline_type")).toEqual([{ count: 1 }]);
  });

  test("twenty different ones at once share their new type", async ({ ask, sql }) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ask("POST", "/pipeline", { name: `p${index}`, pipeline_type_name: "t" }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(await sql("SELECT count(*)::int FROM pipeline_type")).toEqual([{ count: 1 }]);
  });

  test("integers beyond 2^53 are kept exactly", async ({ ask, watcher }) => {
    const metadata = `{"big":9007199254740993,"bigger":123456789012345678901234567890,"text":"9007199254740993"}`;
    const sent = `{"name":"p","pipeline_type_name":"t","pipeline_metadata":${metadata}}`;
    const { body } = await ask("POST", "/pipeline", sent);
    const { body: text } = await watcher.app.inject(`/pipeline/${body.id}`);
    expect(text).toContain(`"big": 9007199254740993`);
    expect(text).toContain(`"bigger": 123456789012345678901234567890`);
    expect(text).toContain(`"text": "9007199254740993"`);
    await ask("POST", "/pipeline", sent.replace("0993,", "0992,"));
    expect((await watcher.app.inject(`/pipeline/${body.id}`)).body).toContain(`"big": 9007199254740992`);
  });
});

describe("GET /pipeline/{id}", () => {
  sharing.for(["0", "-1", "7", "2147483648", "99999999999", "9223372036854775807"])("%s: 404", async (id, { ask }) => {
    const detail = "Pipeline Not Found";
    expect(await ask("GET", `/pipeline/${id}`)).toMatchObject({
      status: 404,
      body: { detail, code: "PIPELINE_NOT_FOUND", message: detail },
    });
  });

  sharing.for(["abc", "1.5", "9223372036854775808", "1%00", "%F0%9F%98%80"])("%s: 422", async (id, { ask }) => {
    const { status, body } = await ask("GET", `/pipeline/${id}`);
    expect({ status, body }).toMatchObject({ status: 422, body: { detail: [{ loc: ["path", "pipeline_id"] }] } });
  });
});
