import { describe } from "vitest";
import type { Issue } from "../src/api/input/issues.ts";
import { expect, sharing as test, test as alone } from "./watcher.ts";

test("the heartbeat", async ({ ask }) => {
  expect(await ask("GET", "/")).toMatchObject({ status: 200, body: { status: "ok" } });
});

describe("paths and methods", () => {
  test("an unknown path", async ({ ask }) => {
    expect(await ask("GET", "/nowhere")).toMatchObject({
      status: 404,
      body: { detail: "Not Found", code: "NOT_FOUND" },
    });
  });

  test.for([
    ["DELETE", "/pipeline", "POST, GET, HEAD, PATCH"],
    ["PATCH", "/pipeline/1", "GET, HEAD"],
    ["GET", "/start_pipeline_execution", "POST"],
    ["POST", "/", "GET, HEAD"],
  ] as const)("%s %s is not allowed", async ([method, url, allow], { ask }) => {
    const { status, body, headers } = await ask(method, url, "{ broken");
    expect({ status, body }).toMatchObject({ status: 405, body: { detail: "Method Not Allowed" } });
    expect(headers["allow"]).toBe(allow);
  });

  test("a slash too many is redirected", async ({ ask }) => {
    const { status, headers } = await ask("POST", "/pipeline/?a=1", {});
    expect({ status, location: headers["location"] }).toEqual({ status: 307, location: "/pipeline?a=1" });
    expect((await ask("GET", "/pipeline/7/")).headers["location"]).toBe("/pipeline/7");
  });

  test("a path that cannot be decoded is the client's mistake", async ({ ask }) => {
    expect(await ask("GET", "/pipeline/%zz")).toMatchObject({ status: 400, body: { detail: expect.any(String) } });
  });
});

describe("a body that is no object of JSON", () => {
  test("broken JSON, with the place where it breaks", async ({ ask }) => {
    const issue = { type: "json_invalid", loc: ["body", 11], msg: "JSON decode error", input: {} };
    const message = "body.11: JSON decode error, Illegal trailing comma before end of object";
    const body = { detail: [issue], code: "INVALID_INPUT", message };
    expect(await ask("POST", "/pipeline", `{"name":"a",}`)).toMatchObject({ status: 422, body });
  });

  test("where nobody reads it, it is no mistake", async ({ ask }) => {
    expect(await ask("POST", "/lineage-graph/refresh", "{")).toMatchObject({ status: 200 });
  });

  test.for([
    ["a list", "[1]", "model_attributes_type body"],
    ["a text", `"text"`, "model_attributes_type body"],
    ["a number", "9007199254740993", "model_attributes_type body"],
    ["null", "null", "missing body"],
    ["nothing", "", "missing body"],
    ["a list in a list in a list …", "[".repeat(100_000) + "]".repeat(100_000), "value_error body"],
    ["a number as deep", `${"[".repeat(100_000)}1.0${"]".repeat(100_000)}`, "json_invalid body.0"],
    ["NUL", `{"name":"a\\u0000","pipeline_type_name":"t"}`, "value_error body.name"],
    ["a lone surrogate", `{"pipeline_metadata":{"a":"\\udc00"}}`, "value_error body.pipeline_metadata.a"],
  ] as const)("%s", async ([, sent, issue], { ask }) => {
    const { status, body } = await ask("POST", "/pipeline", sent);
    expect(status).toBe(422);
    expect(body.detail.map(({ type, loc }: Issue) => `${type} ${loc.join(".")}`)).toEqual([issue]);
  });

  test.for(["text/plain", "application/x-www-form-urlencoded", "application/octet-stream"])(
    "a body of type %s",
    async (type, { ask }) => {
      const { status, body } = await ask("POST", "/pipeline", `{"name":"a"}`, { "content-type": type });
      expect({ status, body }).toMatchObject({ status: 422, body: { detail: [{ type: "model_attributes_type" }] } });
    },
  );

  test("a body of no type that could be", async ({ ask }) => {
    expect(await ask("POST", "/pipeline", "{}", { "content-type": "nonsense" })).toMatchObject({ status: 415 });
  });

  test("bytes that are no UTF-8", async ({ watcher }) => {
    const payload = Buffer.from([0x7b, 0xff, 0x7d]);
    const response = await watcher.app.inject({
      method: "POST",
      url: "/pipeline",
      payload,
      headers: { "content-type": "application/json" },
    });
    expect(response).toMatchObject({ statusCode: 422 });
  });

  test("a body beyond the limit", async ({ ask }) => {
    const { status, body } = await ask("POST", "/pipeline", { name: "x".repeat(2_000_000) });
    expect({ status, body }).toMatchObject({ status: 413, body: { detail: expect.any(String) } });
  });

  test("JSON without a content type is read", async ({ watcher }) => {
    const payload = Buffer.from(`{"name":"a","pipeline_type_name":"t"}`);
    expect(await watcher.app.inject({ method: "POST", url: "/pipeline", payload })).toMatchObject({ statusCode: 201 });
  });
});

describe("a client's mistake is answered with 422", () => {
  const long = "x".repeat(151);
  test.for([
    ["POST", "/pipeline", {}],
    ["POST", "/pipeline", { name: null, pipeline_type_name: "t" }],
    ["POST", "/pipeline", { name: "", pipeline_type_name: "t" }],
    ["POST", "/pipeline", { name: long, pipeline_type_name: "t" }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: long }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: "t", next_watermark: "w".repeat(51) }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: "t", pipeline_metadata: [1] }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: "t", freshness_number: 1 }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: "t", timeliness_datepart: "day" }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: "t", freshness_number: 2 ** 31, freshness_datepart: "day" }],
    ["POST", "/pipeline", { name: "a", pipeline_type_name: "t", freshness_number: 0, freshness_datepart: "day" }],
    ["POST", "/start_pipeline_execution", {}],
    ["POST", "/start_pipeline_execution", { pipeline_id: "one" }],
    ["POST", "/start_pipeline_execution", { pipeline_id: 1e30 }],
    ["POST", "/start_pipeline_execution", { pipeline_id: 1, start_date: "20250101T000000Z" }],
    ["POST", "/start_pipeline_execution", { pipeline_id: 1, watermark: "w".repeat(51) }],
    ["POST", "/end_pipeline_execution", { id: 1, completed_successfully: true }],
    ["POST", "/end_pipeline_execution", { id: 1, end_date: "2025-01-01", completed_successfully: null }],
    ["POST", "/end_pipeline_execution", { id: 1, end_date: "2025-01-01", completed_successfully: true, inserts: -1 }],
    [
      "POST",
      "/end_pipeline_execution",
      { id: 1, end_date: "2025-01-01", completed_successfully: true, total_rows: 2 ** 31 },
    ],
  ] as const)("%s %s %j", async ([method, url, sent], { ask }) => {
    const { status, body } = await ask(method, url, sent);
    expect(status).toBe(422);
    for (const issue of body.detail) {
      expect(issue).toMatchObject({
        type: expect.any(String),
        loc: expect.arrayContaining(["body"]),
        msg: expect.any(String),
      });
    }
  });
});

describe("diagnostics", () => {
  alone("each check has its limit, and what is wrong stands out", { timeout: 120_000 }, async ({ ask, sql }) => {
    await sql("ALTER TABLE pipeline ADD CONSTRAINT ck_later CHECK (id > 0) NOT VALID");
    await sql("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ux_pipeline_name_include'::regclass");
    const found = async () => (await ask("GET", "/diagnostics")).body;
    // What takes a scratch database may come later than the rest.
    await expect.poll(async () => (await found()).schema.checks, { timeout: 60_000 }).toHaveLength(7);
    const body = await found();
    expect(body).toMatchObject({
      status: "attention",
      connection: { database: "server", server_version: expect.stringMatching(/^\d+/) },
      schema: { current: ["20261122154722"], heads: ["20261122154722"] },
      performance: { deadlocks_since_reset: 0 },
    });
    expect(body.schema.tables.map(({ name }: { name: string }) => name)).toContain("pipeline");
    for (const section of [body.connection, body.schema, body.performance, body.queue]) {
      for (const { ok, value, limit, mark } of section.checks) {
        expect(ok).toBe(value <= limit);
        expect(mark).toBe(ok ? "✓" : "✗");
      }
    }
    expect(body.schema.checks).toMatchObject([
      { name: "heads of the revisions", ok: true },
      { name: "pending revisions", ok: true },
      { name: "differences from the target schema", value: expect.any(Number), ok: false, mark: "✗" },
      { name: "lint findings", ok: true },
      { name: "invalid indexes", value: 1, ok: false },
      { name: "constraints not validated", value: 1, ok: false },
      { name: "executions without their parent", ok: true },
    ]);
  });
});
