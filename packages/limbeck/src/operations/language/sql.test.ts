import fc from "fast-check";
import { loadModule, parse } from "libpg-query";
import { beforeAll, expect, test } from "vitest";
import { anyName, anyText } from "../../../test/arbitraries.ts";
import { sql } from "./sql.ts";

beforeAll(loadModule);

test("values and names of any text reach PostgreSQL's parser whole", async () => {
  await fc.assert(
    fc.asyncProperty(anyName, fc.tuple(anyText, anyText), async (name, values) => {
      const text = sql`SELECT ${sql.identifier(name)} FROM t WHERE a LIKE${values[0]}AND b=${values[1]}`.$sql;
      const found = JSON.stringify((await parse(text)).stmts);
      for (const value of values) expect(found).toContain(`"A_Const":{"sval":${JSON.stringify({ sval: value })}`);
      expect(found).toContain(JSON.stringify({ String: { sval: name } }));
    }),
  );
});

test.each([
  [sql`UPDATE t SET a = ${"it's"} WHERE b = ${5}`, "UPDATE t SET a = 'it''s' WHERE b = 5"],
  [sql`SELECT 5 -${-1}, ${-2n}`, "SELECT 5 -(-1), (-2)"],
  [sql`a LIKE${"\\_"}`, "a LIKE E'\\\\_'"],
  [sql`a = ${"\\"}`, "a = E'\\\\'"],
  [sql`DEFAULT ${sql`now()`}`, "DEFAULT now()"],
  [sql.raw("now()"), "now()"],
  [sql.identifier("Atlas", "city"), '"Atlas".city'],
  [sql`id IN (${sql.join([1, "a", sql`b`])})`, "id IN (1, 'a', b)"],
  [sql.join([sql`a`, sql`b`], " AND "), "a AND b"],
  [sql`x\ny`, "x\ny"],
])("%o", (piece, expected) => {
  expect(piece).toEqual({ $sql: expected });
  expect(Object.isFrozen(piece)).toBe(true);
});

test("a backslash that begins no JavaScript escape is an error, not half a text", () => {
  expect(() => sql`SELECT '\u'`).toThrow(expect.objectContaining({ code: "OPERATION_INVALID" }));
});

test("undefined is not a value", () => {
  const forgotten = undefined as unknown as string;
  expect(() => sql`SELECT ${forgotten}`).toThrow(expect.objectContaining({ code: "OPERATION_INVALID" }));
});
