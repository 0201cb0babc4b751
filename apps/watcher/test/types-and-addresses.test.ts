import { describe } from "vitest";
import { expect, test, type Ask } from "./watcher.ts";

const address = { address_type_name: "Postgres", address_type_group_name: "Database" };

async function rowOf(ask: Ask, path: string, id: number) {
  return (await ask("GET", `/${path}/${id}`)).body;
}

describe.each([
  ["pipeline_type", { name: " Ingest " }, "Pipeline Type Not Found"],
  ["address_type", { name: " Ingest ", group_name: "G" }, "Address Type Not Found"],
  ["address", { name: " Ingest ", ...address }, "Address not found"],
] as const)("%s", (path, body, missing) => {
  test("is created, then got, listed and changed", async ({ ask }) => {
    const first = await ask("POST", `/${path}`, body);
    expect(first).toMatchObject({ status: 201, body: { id: expect.any(Number) } });
    expect(await ask("POST", `/${path}`, body)).toMatchObject({ status: 200, body: first.body });
    const row = await rowOf(ask, path, first.body.id);
    expect(row).toMatchObject({ id: first.body.id, name: "ingest", updated_at: null });
    expect((await ask("GET", `/${path}`)).body).toEqual([row]);

    const changed = await ask("PATCH", `/${path}`, { id: first.body.id, name: "Renamed" });
    expect(changed).toMatchObject({ status: 200, body: { ...row, name: "renamed", updated_at: expect.any(String) } });
    expect(await ask("PATCH", `/${path}`, { name: "RENAMED" })).toMatchObject({ status: 200 });
  });

  test("is not found, not named, or named twice", async ({ ask }) => {
    for (const id of [99, "9223372036854775807"]) {
      expect(await ask("GET", `/${path}/${id}`)).toMatchObject({ status: 404, body: { detail: missing } });
      expect(await ask("PATCH", `/${path}`, { id })).toMatchObject({ status: 404, body: { detail: missing } });
    }
    expect(await ask("GET", `/${path}/9223372036854775808`)).toMatchObject({ status: 422 });
    expect(await ask("PATCH", `/${path}`, { name: "unknown" })).toMatchObject({ status: 404 });
    expect(await ask("PATCH", `/${path}`, {})).toMatchObject({
      status: 422,
      body: { detail: [{ msg: "Value error, Either 'id' or 'name' must be provided" }] },
    });
    await ask("POST", `/${path}`, { ...body, name: "one" });
    const { body: two } = await ask("POST", `/${path}`, { ...body, name: "two" });
    expect(await ask("PATCH", `/${path}`, { id: two.id, name: "ONE" })).toMatchObject({
      status: 400,
      body: { code: "ALREADY_EXISTS" },
    });
    expect(await ask("PATCH", `/${path}`, { id: two.id, name: null })).toMatchObject({ status: 400 });
  });

  test("of twenty at once one creates", async ({ ask }) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("POST", `/${path}`, body)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });
});

test("a pipeline type has limits that its creation sets and its patch changes", async ({ ask }) => {
  const { body } = await ask("POST", "/pipeline_type", {
    name: "t",
    freshness_number: 1,
    freshness_datepart: "DAY",
    mute_timeliness_check: "yes",
  });
  expect(await rowOf(ask, "pipeline_type", body.id)).toMatchObject({
    freshness_number: 1,
    freshness_datepart: "day",
    mute_freshness_check: false,
    timeliness_number: null,
    mute_timeliness_check: true,
  });
  await ask("POST", "/pipeline_type", { name: "t", freshness_number: 9 });
  const patch = { id: body.id, timeliness_datepart: "Hour", freshness_datepart: null, mute_freshness_check: 1 };
  expect((await ask("PATCH", "/pipeline_type", patch)).body).toMatchObject({
    freshness_number: 1,
    freshness_datepart: null,
    timeliness_datepart: "hour",
    mute_freshness_check: true,
  });
  expect(await ask("POST", "/pipeline_type", { name: "u", mute_freshness_check: null })).toMatchObject({ status: 422 });
});

test("an address type's group stays as it was created", async ({ ask }) => {
  const { body } = await ask("POST", "/address_type", { name: "a", group_name: "First" });
  await ask("POST", "/address_type", { name: "a", group_name: "Second" });
  expect(await rowOf(ask, "address_type", body.id)).toMatchObject({ group_name: "first" });
});

describe("addresses", () => {
  test("a table of a database is taken apart by its dots", async ({ ask }) => {
    const of = async (name: string, group = "database") => {
      const type = { address_type_name: group, address_type_group_name: group };
      const { body } = await ask("POST", "/address", { name, ...type });
      const { database_name: database, schema_name: schema, table_name: table } = await rowOf(ask, "address", body.id);
      return [database, schema, table];
    };
    expect(await of("Shop.Public.Orders")).toEqual(["shop", "public", "orders"]);
    expect(await of("shop.public")).toEqual([null, null, null]);
    expect(await of("a.b.c.d")).toEqual([null, null, null]);
    expect(await of("a.b.c", "file")).toEqual([null, null, null]);
    expect(await of(`a.${"b".repeat(51)}.c`)).toEqual([null, null, null]);
  });

  test("what changed is written, what was not sent stays, null clears", async ({ ask, sql }) => {
    const body = { name: "a", ...address, primary_key: "Id", address_metadata: { Big: 1 } };
    const { body: created } = await ask("POST", "/address", body);
    const [before] = await sql("SELECT xmin::text FROM address");
    await ask("POST", "/address", body);
    expect(await sql("SELECT xmin::text FROM address")).toEqual([before]);

    expect(await ask("POST", "/address", { name: "a", ...address, address_type_name: "Other" })).toMatchObject({
      status: 200,
    });
    const row = await rowOf(ask, "address", created.id);
    expect(row).toMatchObject({ primary_key: "id", address_metadata: { Big: 1 }, updated_at: expect.any(String) });
    await ask("POST", "/address", { ...body, address_metadata: null });
    expect(await sql("SELECT address_metadata IS NULL AS is_null FROM address")).toEqual([{ is_null: true }]);
  });

  test("an unknown type is refused", async ({ ask }) => {
    const { body } = await ask("POST", "/address", { name: "a", ...address });
    for (const type of [99, 2 ** 31, "9223372036854775807"]) {
      const { status } = await ask("PATCH", "/address", { id: body.id, address_type_id: type });
      expect(status).toBe(400);
    }
  });

  test("integers beyond 2^53 are kept exactly", async ({ ask, sql }) => {
    const body = `{"name":"a","address_type_name":"t","address_type_group_name":"g","address_metadata":{"n":12345678901234567890123}}`;
    expect(await ask("POST", "/address", body)).toMatchObject({ status: 201 });
    expect(await sql("SELECT address_metadata ->> 'n' AS n FROM address")).toEqual([{ n: "12345678901234567890123" }]);
  });
});
