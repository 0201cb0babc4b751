import { expect } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { test } from "./two-ways.ts";

const TABLE = `
  id integer generated always as identity, big numeric, near float8, small real, at timestamptz, day date, raw bytea,
  data jsonb, plain json, words text[], grid integer[], flags boolean[], stamps timestamptz[], said text,
  double float8 generated always as (small * 2) stored, given text default 'a default'`;

/** What quoting, limits and types go wrong with. */
const ROWS =
  String.raw`[
  { big: 123456789012345678901234567890n, near: 0.1, small: 1.5, at: new Date("2025-01-28T12:00:00.123Z") },
  { big: 9007199254740993n, near: NaN, small: -Infinity, at: "infinity", day: "-infinity" },
  { big: Number.MAX_SAFE_INTEGER, near: 5e-324, day: new Date("0044-03-15T00:00:00Z"), raw: Uint8Array.of(0, 39, 92, 255) },
  { near: 1.7976931348623157e308, raw: new Uint8Array(0), data: { "it's": [1, null, "\\ \" 'x'"], deep: { __proto: 1 } } },
  { data: JSON.stringify([1, "two"]), plain: {}, words: ["it's", 'a"b', "c\\d", "NULL", "", "{}", ",", null], grid: [[1, 2], [3, 4]] },
  { words: [], flags: [true, false, null], stamps: [new Date(0)], said: "C:\\temp 100 % :name $1 ; -- /* 🌍\n\t\r\n" },
  { said: "", given: null },
  { said: "\\.", given: sql` +
  "`upper('an expression')`" +
  String.raw` },
  { said: "$limbeck$ E'\\'' :\"name\" :'name' \\gexec" },
]`;

test("every kind of value arrives, and the run and the script insert the same", async ({ folder, open }) => {
  writeRevisions(folder, [
    {
      id: "a1",
      up: `op.execute("create table kind (${TABLE.replaceAll("\n", " ")})"); op.bulkInsert("kind", ${ROWS});`,
    },
  ]);
  const { upgrade, online } = await open();
  await upgrade("base", "a1");
  const { rows } = await online.query("select * from kind order by id");
  const [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth] = rows as Record<string, unknown>[];
  expect(first).toMatchObject({ big: "123456789012345678901234567890", near: 0.1, double: 3, given: "a default" });
  expect(first!["at"]).toEqual(new Date("2025-01-28T12:00:00.123Z"));
  expect(second).toMatchObject({ big: "9007199254740993", near: NaN, small: -Infinity, at: Infinity, day: -Infinity });
  expect(third).toMatchObject({ big: "9007199254740991", near: 5e-324, raw: Buffer.of(0, 39, 92, 255) });
  expect(fourth).toMatchObject({ near: 1.7976931348623157e308, raw: Buffer.of() });
  expect(fourth!["data"]).toEqual({ "it's": [1, null, `\\ " 'x'`], deep: { __proto: 1 } });
  expect(fifth).toMatchObject({
    data: [1, "two"],
    plain: {},
    grid: [
      [1, 2],
      [3, 4],
    ],
  });
  expect(fifth!["words"]).toEqual(["it's", 'a"b', "c\\d", "NULL", "", "{}", ",", null]);
  expect(sixth).toMatchObject({ words: [], flags: [true, false, null], stamps: [new Date(0)] });
  expect(sixth!["said"]).toBe("C:\\temp 100 % :name $1 ; -- /* 🌍\n\t\r\n");
  expect(seventh).toMatchObject({ said: "", given: null });
  expect(eighth).toMatchObject({ said: "\\.", given: "AN EXPRESSION" });
  expect(ninth!["said"]).toBe("$limbeck$ E'\\'' :\"name\" :'name' \\gexec");
});

test("many rows go out in several messages, and come in whole or not at all", async ({ databaseUrl, sql, folder }) => {
  const many = (count: number, bad: number) =>
    `op.bulkInsert("line", Array.from({ length: ${count} }, (_, id) => ({ id: id === ${bad} ? 0 : id, text: "x".repeat(200) })));`;
  writeRevisions(folder, [
    { id: "a1", up: 'op.createTable("line", column("id", "integer", { primaryKey: true }), column("text", "text"));' },
    { id: "b2", down: "a1", up: many(60_000, -1) },
    { id: "c3", down: "b2", up: `op.execute("truncate line");\n  ${many(60_000, 59_999)}` },
  ]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, allowDataLoss: true });
  await limbeck.upgrade("b2");
  expect(await sql("select count(*)::int as rows, sum(id)::int as sum from line")).toEqual([
    { rows: 60_000, sum: 1_799_970_000 },
  ]);
  const statement: unknown = expect.stringMatching(/^INSERT INTO line \(id, text\) VALUES\n {2}\(59\d{3}, /);
  await expect(limbeck.upgrade("c3")).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    where: { line: 11 },
    details: { sqlstate: "23505", statement },
  });
  expect(await sql("select count(*)::int as rows from line")).toEqual([{ rows: 60_000 }]);
  await limbeck.close();
});

test("identity columns that are always generated take values when they are told to", async ({ folder, open }) => {
  const rows = '[{ id: 47, code: "NO" }, { id: 46, code: "SE" }]';
  writeRevisions(folder, [
    {
      id: "a1",
      up: `op.createTable("country", column("id", "integer", { identity: { always: true } }), column("code", "text"));
  op.bulkInsert("country", ${rows}, { overriding: "system" });
  op.bulkInsert("country", ${rows}, { overriding: "user" });`,
    },
    { id: "b2", down: "a1", up: `op.bulkInsert("country", ${rows});` },
  ]);
  const { limbeck, upgrade, online } = await open();
  await upgrade("base", "a1");
  expect((await online.query("select array_agg(id order by id) as ids from country")).rows).toEqual([
    { ids: [1, 2, 46, 47] },
  ]);
  await expect(limbeck.upgrade("b2")).rejects.toMatchObject({ details: { sqlstate: "428C9" } });
});
