import { expect, test } from "vitest";
import { evaluated } from "../../test/evaluated.ts";
import { statementsOf } from "./catalogue.ts";
import type { LockMode } from "./language/statement.ts";

const ADDED = "ACCESS EXCLUSIVE";
const COMMENT = "SHARE UPDATE EXCLUSIVE";
const KEY = "SHARE ROW EXCLUSIVE";

/** By statement: what it locks. */
test.each<[string, Record<string, LockMode>[]]>([
  ['op.createTable("t", column("a", "int"))', [{}]],
  [
    'op.createTable("t", column("a", "int", { references: { table: "u" } }), column("b", "int", { references: { table: "t" } }), foreignKey(["a"], "u", ["id"]), foreignKey(["b"], "v", ["id"], { referencedSchema: "s" }), { inherits: ["p"], comment: "c" })',
    [{ p: "SHARE UPDATE EXCLUSIVE", u: KEY, "s.v": KEY }, {}],
  ],
  [
    'op.addColumn("t", column("a", "int", { references: { table: "u" }, comment: "c" }))',
    [{ t: ADDED, u: KEY }, { t: COMMENT }],
  ],
  ['op.addColumn("t", column("a", "int", { references: { table: "t" } }))', [{ t: ADDED }]],
  [
    'op.alterColumn("t", "a", { schema: "s", type: "text", comment: "c", rename: "b" })',
    [{ "s.t": "ACCESS EXCLUSIVE" }, { "s.t": COMMENT }, { "s.t": "ACCESS EXCLUSIVE" }],
  ],
  ['op.createForeignKey("fk", "t", "u", ["a"], ["id"], { sourceSchema: "s" })', [{ "s.t": KEY, u: KEY }]],
  ['op.createForeignKey("fk", "t", "t", ["a"], ["id"])', [{ t: KEY }]],
  ['op.validateConstraint("fk", "t")', [{ t: "SHARE UPDATE EXCLUSIVE" }]],
  ['op.createIndex("ix", "t", ["a"])', [{ t: "SHARE" }]],
  ['op.createIndex("ix", "t", ["a"], { concurrently: true })', [{ t: "SHARE UPDATE EXCLUSIVE" }]],
  ['op.dropIndex("ix", { table: "t", schema: "s" })', [{ "s.t": "ACCESS EXCLUSIVE", "s.ix": "ACCESS EXCLUSIVE" }]],
  ['op.dropIndex("ix", { concurrently: true })', [{ ix: "SHARE UPDATE EXCLUSIVE" }]],
  ['op.dropTable("Mixed")', [{ '"Mixed"': "ACCESS EXCLUSIVE" }]],
  ['op.bulkInsert("t", [{ a: 1 }])', [{ t: "ROW EXCLUSIVE" }]],
  ['op.bulkInsert("t", [])', []],
  ['op.createEnum("mood", ["ok"])', [{}]],
])("%s locks", (call, locks) => {
  const found = statementsOf(evaluated(call)).map((statement) =>
    Object.fromEntries(statement.locks.map(({ relation, mode }) => [relation, mode])),
  );
  expect(found).toEqual(locks);
});

test("what cannot share a transaction with what follows runs on its own", () => {
  const standalone = [
    'op.createIndex("ix", "t", ["a"], { concurrently: true })',
    'op.dropIndex("ix", { concurrently: true })',
    'op.addEnumValue("mood", "fine")',
    'op.execute("VACUUM", { transaction: false })',
  ];
  const transactional = [
    'op.createIndex("ix", "t", ["a"])',
    'op.renameEnumValue("mood", "ok", "fine")',
    'op.execute("SELECT 1")',
  ];
  const isTransactional = (call: string) => statementsOf(evaluated(call)).every((statement) => statement.transactional);
  expect(standalone.filter(isTransactional)).toEqual([]);
  expect(transactional.filter(isTransactional)).toEqual(transactional);
});

test.each([
  ["SELECT 1 ; \n ;", "SELECT 1"],
  ["SELECT 1 -- the end", "SELECT 1 -- the end\n"],
  ["-- first\nSELECT 1", "-- first\nSELECT 1"],
  ["SELECT ':name', '100 %', $1", "SELECT ':name', '100 %', $1"],
])("op.execute(%j) can be followed by a semicolon", (sql, text) => {
  expect(statementsOf(evaluated(`op.execute(${JSON.stringify(sql)})`))).toEqual([
    { text, transactional: true, locks: [] },
  ]);
});

test.each([
  ['{ type: "text", default: "a" }', "DROP DEFAULT, ALTER COLUMN c TYPE text, ALTER COLUMN c SET DEFAULT 'a'"],
  ['{ type: "text", default: null }', "TYPE text, ALTER COLUMN c DROP DEFAULT"],
  ["{ default: sql`NULL` }", "SET DEFAULT NULL"],
  ["{ default: sql`now()`, nullable: true }", "DROP NOT NULL, ALTER COLUMN c SET DEFAULT now()"],
  [
    '{ type: "jsonb", using: sql`c::jsonb`, default: [] }',
    "DROP DEFAULT, ALTER COLUMN c TYPE jsonb USING c::jsonb, ALTER COLUMN c SET DEFAULT '[]'",
  ],
  ['{ default: ["a"], existing: { type: "jsonb" } }', `SET DEFAULT '["a"]'`],
  ['{ type: "text", collation: "C", using: "c || c" }', `TYPE text COLLATE "C" USING c || c`],
])("op.alterColumn with %s", (changes, actions) => {
  const [{ text } = { text: "" }] = statementsOf(evaluated(`op.alterColumn("t", "c", ${changes})`));
  expect(text).toBe(`ALTER TABLE t ALTER COLUMN c ${actions}`);
});

test("op.bulkInsert spreads many rows, or long ones, over several statements", () => {
  const inserts = (rows: string) => statementsOf(evaluated(`op.bulkInsert("t", ${rows})`)).map(({ text }) => text);
  const many = inserts("Array.from({ length: 2500 }, (_, id) => ({ id }))");
  expect(many.map((text) => text.split("\n").length - 1)).toEqual([1000, 1000, 500]);
  expect(many[2]!.split("\n").slice(0, 2)).toEqual(["INSERT INTO t (id) VALUES", "  (2000),"]);
  const long = inserts('[3e5, 3e5, 3e5, 3e5, 2e6, 1].map((length) => ({ text: "x".repeat(length) }))');
  expect(long.map((text) => text.split("\n").length - 1)).toEqual([3, 1, 1, 1]);
});

test("op.bulkInsert takes a column of any name", () => {
  const call = 'op.bulkInsert("t", [{ constructor: 1 }, { toString: 2 }])';
  expect(statementsOf(evaluated(call))[0]!.text).toBe(
    'INSERT INTO t (constructor, "toString") VALUES\n  (1, DEFAULT),\n  (DEFAULT, 2)',
  );
});
