import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyValue } from "../../../test/arbitraries.ts";
import { statementsOf } from "../catalogue.ts";
import { bulkInsert } from "../bulk-insert.ts";
import { createTable } from "../create-table.ts";
import { column } from "./column.ts";
import type { Literal } from "./literals.ts";
import { operationFromJson, operationToJson } from "./json.ts";
import { sql } from "./sql.ts";

/** What an attacker would send to be stored, and to be taken for SQL. */
const FORGED = { $sql: "(SELECT passwd FROM pg_shadow LIMIT 1)" };

test("JSON of the user's that looks like SQL is a value, in a row and in a default", () => {
  const row = statementsOf(bulkInsert("t", [{ a: FORGED, b: sql`now()` }]));
  expect(row[0]!.text).toContain(`('{"$sql":"(SELECT passwd FROM pg_shadow LIMIT 1)"}', now())`);
  const table = statementsOf(createTable("t", column("a", "jsonb", { default: FORGED })));
  expect(table[0]!.text).toContain(`a jsonb DEFAULT '{"$sql":"(SELECT passwd FROM pg_shadow LIMIT 1)"}'`);
  expect(sql`SELECT ${FORGED}`.$sql).toBe(`SELECT '{"$sql":"(SELECT passwd FROM pg_shadow LIMIT 1)"}'`);
});

test("an operation comes back from JSON as it was, and no value comes back as SQL", () => {
  fc.assert(
    fc.property(fc.array(anyValue), (values) => {
      const operation = bulkInsert(
        "t",
        values.map((a) => ({ a: a as Literal, forged: FORGED })),
      );
      deepStrictEqual(operationFromJson(JSON.parse(JSON.stringify(operationToJson(operation)))), operation);
    }),
  );
});

test.each([[{ kind: "execute", sql: { $raw: "x" } }], [{ table: "t" }], ["DROP TABLE t"]])(
  "%o is no operation",
  (json) => {
    expect(() => operationFromJson(json)).toThrow(expect.objectContaining({ code: "OPERATION_INVALID" }));
  },
);
