import { expect, test } from "vitest";
import { demandsOf, mayChangeRows } from "./demands.ts";

test.for([
  ["ALTER TABLE t ALTER a SET NOT NULL", ["notNull a"]],
  ['ALTER TABLE s."T" ADD CONSTRAINT u UNIQUE ("A b", c)', ["unique A b,c"]],
  ["ALTER TABLE t ADD PRIMARY KEY (a, b)", ["notNull a", "notNull b", "unique a,b"]],
  ["ALTER TABLE t ADD CONSTRAINT n NOT NULL a", ["notNull a"]],
  ["ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID", []],
  ["ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i", []],
  ["CREATE UNIQUE INDEX CONCURRENTLY i ON t (a DESC, b)", ["unique a,b"]],
  ["CREATE UNIQUE INDEX ON t (lower(a))", []],
  ["CREATE UNIQUE INDEX ON t (a) WHERE b", []],
  ["CREATE INDEX ON t (a)", []],
  ["ALTER TABLE t ALTER a DROP NOT NULL, DROP CONSTRAINT u", []],
  ["CREATE TABLE t (a integer PRIMARY KEY)", []],
  ["ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES p", ["foreignKey a,b"]],
  ["ALTER TABLE t ADD CHECK (a > 0 AND t.b <> lower('x'))", ["check a,b"]],
  ["ALTER TABLE t VALIDATE CONSTRAINT c", ["validate "]],
  ["ALTER TABLE t ADD a integer NOT NULL, ADD b serial NOT NULL, ADD c integer NOT NULL DEFAULT 1", ["noRows "]],
  ["ALTER TABLE t ADD a integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY", []],
  ["ALTER VIEW v ALTER a SET DEFAULT 1", []],
  ["SELECT 1", []],
] as const)("%s", async ([sql, expected]) => {
  const demands = await demandsOf(sql);
  expect(demands.map(({ kind, columns }) => `${kind} ${columns.join()}`)).toEqual(expected);
});

test("names come as they are written, and unquoted", async () => {
  expect(await demandsOf('ALTER TABLE s."T" ADD UNIQUE NULLS NOT DISTINCT ("A b")')).toEqual([
    { kind: "unique", schema: "s", table: "T", columns: ["A b"], nullsEqual: true },
  ]);
});

test("the words of a check are those between its parentheses", async () => {
  const sql = `ALTER TABLE t ADD COLUMN é text, ADD CONSTRAINT c CHECK ( a <> ')' AND (b) > 0 /* ) */ ) NOT VALID`;
  expect(await demandsOf(sql)).toMatchObject([
    {
      kind: "check",
      constraint: "c",
      isDeferred: true,
      columns: ["a", "b"],
      expression: "a <> ')' AND (b) > 0 /* ) */",
    },
  ]);
});

test("what may change rows is told from what may not", async () => {
  expect(await mayChangeRows("WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x")).toBe(true);
  expect(await mayChangeRows("DO 'BEGIN END'")).toBe(true);
  expect(await mayChangeRows("ALTER TABLE t ADD a integer")).toBe(false);
});
