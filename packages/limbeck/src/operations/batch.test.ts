import { describe, expect, test } from "vitest";
import { evaluated } from "../../test/evaluated.ts";
import { reverseOf, sourceOf, statementsOf } from "./catalogue.ts";

/** The SQL of a batch on the table `t`, statement by statement. */
function sqlOf(calls: string, options = ""): string[] {
  return statementsOf(evaluated(`op.batch("t", (t) => { ${calls} }${options})`)).map(({ text }) => text);
}

describe("combines what PostgreSQL does in the order in which it was written", () => {
  test.each<[calls: string, statements: string[]]>([
    ['t.addColumn(column("a", "int")); t.dropColumn("b")', ["ALTER TABLE t ADD COLUMN a int, DROP COLUMN b"]],
    [
      't.addColumn(column("a", "int", { comment: "c" })); t.addColumn(column("b", "int"));',
      ["ALTER TABLE t ADD COLUMN a int, ADD COLUMN b int", "COMMENT ON COLUMN t.a IS 'c'"],
    ],
    [
      't.addColumn(column("a", "int")); t.createPrimaryKey("pk", ["a"]); t.alterColumn("a", { default: 1 })',
      ["ALTER TABLE t ADD COLUMN a int, ADD CONSTRAINT pk PRIMARY KEY (a), ALTER COLUMN a SET DEFAULT 1"],
    ],
    [
      't.setTableStorage({ fillfactor: 70 }); t.clusterOn("ix"); t.setRowSecurity({ enabled: true, forced: true })',
      ["ALTER TABLE t SET (fillfactor = 70), CLUSTER ON ix, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"],
    ],
  ])("%s", (calls, statements) => {
    expect(sqlOf(calls)).toEqual(statements);
  });
});

describe("leaves apart what PostgreSQL would do in another order", () => {
  test.each<[calls: string, statements: string[]]>([
    [
      't.addColumn(column("a", "int", { default: 1 })); t.alterColumn("a", { default: null })',
      ["ALTER TABLE t ADD COLUMN a int DEFAULT 1", "ALTER TABLE t ALTER COLUMN a DROP DEFAULT"],
    ],
    [
      't.addColumn(column("a", "int")); t.alterColumn("a", { type: "text" })',
      ["ALTER TABLE t ADD COLUMN a int", "ALTER TABLE t ALTER COLUMN a TYPE text"],
    ],
    [
      't.alterColumn("a", { type: "int" }); t.alterColumn("a", { type: "text" })',
      ["ALTER TABLE t ALTER COLUMN a TYPE int", "ALTER TABLE t ALTER COLUMN a TYPE text"],
    ],
    [
      't.setExpression("a", "b"); t.dropColumn("Other"); t.dropColumn("c")',
      ['ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (b), DROP COLUMN "Other", DROP COLUMN c'],
    ],
    [
      't.setExpression("a", "b + 1"); t.dropColumn("b")',
      ["ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (b + 1)", "ALTER TABLE t DROP COLUMN b"],
    ],
    [
      't.alterColumn("a", { comment: "c" }); t.dropColumn("b")',
      ["COMMENT ON COLUMN t.a IS 'c'", "ALTER TABLE t DROP COLUMN b"],
    ],
    [
      't.addColumn(column("b", "int")); t.alterColumn("a", { comment: "c" }); t.dropColumn("a")',
      ["ALTER TABLE t ADD COLUMN b int", "COMMENT ON COLUMN t.a IS 'c'", "ALTER TABLE t DROP COLUMN a"],
    ],
  ])("%s", (calls, statements) => {
    expect(sqlOf(calls)).toEqual(statements);
  });
});

test("what ALTER TABLE cannot have beside other things stays a statement of its own, in its place", () => {
  const calls = `
    t.addColumn(column("a", "int"));
    t.renameColumn("a", "b");
    t.addColumn(column("c", "int"));
    t.createIndex("ix", ["c"], { concurrently: true });
    t.dropIndex("iy");
    t.dropColumn("d");
    t.detachPartition("p", { concurrently: true })`;
  const statements = statementsOf(evaluated(`op.batch("t", (t) => { ${calls} }, { schema: "s" })`));
  expect(statements.map(({ text, transactional }) => `${transactional ? "" : "! "}${text}`)).toEqual([
    "ALTER TABLE s.t ADD COLUMN a int",
    "ALTER TABLE s.t RENAME COLUMN a TO b",
    "ALTER TABLE s.t ADD COLUMN c int",
    "! CREATE INDEX CONCURRENTLY ix ON s.t (c)",
    "DROP INDEX s.iy",
    "ALTER TABLE s.t DROP COLUMN d",
    "! ALTER TABLE s.t DETACH PARTITION s.p CONCURRENTLY",
  ]);
});

test("one statement takes the strongest of the locks, and all of them on other tables", () => {
  const call = `op.batch("t", (t) => {
    t.createForeignKey("fk", "u", ["a"], ["id"]);
    t.addColumn(column("v_id", "int", { references: { table: "v" } }));
  })`;
  const [statement, ...others] = statementsOf(evaluated(call));
  expect(others).toEqual([]);
  expect(statement!.locks).toEqual([
    { relation: "t", mode: "ACCESS EXCLUSIVE" },
    { relation: "u", mode: "SHARE ROW EXCLUSIVE" },
    { relation: "v", mode: "SHARE ROW EXCLUSIVE" },
  ]);
});

test("is undone by a batch of what undoes each, in reverse", () => {
  const batch = evaluated(`op.batch("t", (t) => {
    t.addColumn(column("a", "int"));
    t.renameColumn("b", "c");
    t.createIndex("ix", ["a"]);
    t.createForeignKey("fk", "u", ["a"], ["id"]);
  }, { schema: "s" })`);
  const reversal = reverseOf(batch);
  if ("notReversible" in reversal) throw new Error(reversal.notReversible);
  expect(reversal.operations.map(sourceOf)).toEqual([
    `op.batch(
  "t",
  (t) => {
    t.dropConstraint("fk");
    t.dropIndex("ix");
    t.renameColumn("c", "b");
    t.dropColumn("a");
  },
  { schema: "s" },
)`,
  ]);
});

test("cannot be undone where a part of it cannot", () => {
  expect(reverseOf(evaluated('op.batch("t", (t) => { t.addColumn(column("a", "int")); t.dropColumn("b"); })'))).toEqual(
    {
      notReversible: expect.stringContaining("column"),
    },
  );
});

test("a template of several lines keeps its spaces in a batch's source", () => {
  const batch = evaluated(
    'op.batch("t", (t) => { t.createCheckConstraint("ck", sql`a\n  > 0`); t.alterColumn("a", { default: "x\\ny" }); })',
  );
  expect(evaluated(sourceOf(batch))).toStrictEqual(batch);
});

test.each([
  ['op.batch("t", () => op.dropTable("u"))', "op.dropTable was called inside of op.batch."],
  ['op.batch("t", async (t) => t.dropColumn("a"))', 'op.batch("t") was given a function that is asynchronous.'],
  [
    'op.batch("t", (t) => t.dropColumn("a", { schema: "s" }))',
    "t.dropColumn was given a table or a schema, and is about those of its batch.",
  ],
  ['(() => { let late; op.batch("t", (t) => { late = t; }); late.dropColumn("a"); })()', "after its batch had ended"],
  ['op.batch("t", (t) => t.createIndex("ix", []))', "op.createIndex was given no columns."],
])("%s is refused", (call, message) => {
  expect(() => evaluated(call)).toThrow(expect.objectContaining({ code: "OPERATION_INVALID" }));
  expect(() => evaluated(call)).toThrow(message);
});
