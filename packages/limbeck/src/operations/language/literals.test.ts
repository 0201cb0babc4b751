import fc from "fast-check";
import { loadModule, parse } from "libpg-query";
import { beforeAll, describe, expect, test } from "vitest";
import { anyText } from "../../../test/arbitraries.ts";
import { defaultSql, literal, type Literal } from "./literals.ts";
import { sql } from "./sql.ts";

beforeAll(loadModule);

/** The constant that PostgreSQL's own parser finds in an expression. */
async function constant(expression: string): Promise<unknown> {
  const { stmts } = await parse(`SELECT ${expression}`);
  expect(stmts).toHaveLength(1);
  const select = stmts![0]!.stmt as { SelectStmt: { targetList: { ResTarget: { val: { A_Const: unknown } } }[] } };
  expect(select.SelectStmt.targetList).toHaveLength(1);
  return select.SelectStmt.targetList[0]!.ResTarget.val.A_Const;
}

test("PostgreSQL's parser reads a text's literal as that text", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      expect(await constant(literal(text))).toMatchObject({ sval: { sval: text } });
    }),
  );
});

test.each<[Literal, string]>([
  ["it's", "'it''s'"],
  ["C:\\temp", "E'C:\\\\temp'"],
  ["100 % of :name and $1", "'100 % of :name and $1'"],
  [5, "5"],
  [-1.5, "-1.5"],
  [1e21, "1e+21"],
  [Number.NaN, "'NaN'"],
  [Number.NEGATIVE_INFINITY, "'-Infinity'"],
  [9007199254740993n, "9007199254740993"],
  [true, "true"],
  [null, "NULL"],
  [new Date("2025-01-28T12:00:00Z"), "'2025-01-28T12:00:00.000Z'"],
  [Uint8Array.of(0, 10, 255), "E'\\\\x000aff'"],
  [[], "'{}'"],
  [[1, null, true, 2n], "'{1,NULL,true,2}'"],
  [["a", 'b"c', "NULL", "d\\e", "f,g", ""], String.raw`E'{"a","b\\"c","NULL","d\\\\e","f,g",""}'`],
  [
    [
      [1, 2],
      [3, 4],
    ],
    "'{{1,2},{3,4}}'",
  ],
  [{ a: [1, "it's"], b: null }, `'{"a":[1,"it''s"],"b":null}'`],
])("%o is %s", (value, expected) => {
  expect(literal(value)).toBe(expected);
});

test("SQL stands as it is", () => {
  expect(literal(sql`now()`)).toBe("now()");
});

test("an array is JSON where the column is", () => {
  expect(defaultSql([], "jsonb")).toBe("'[]'");
  expect(defaultSql(["a"], "json")).toBe(`'["a"]'`);
  expect(defaultSql([], "text[]")).toBe("'{}'");
  expect(defaultSql([], undefined)).toBe("'{}'");
  expect(defaultSql("[]", "jsonb")).toBe("'[]'");
});

describe("has no literal for", () => {
  test.each([undefined, () => 1, Symbol("s"), new Date(Number.NaN), "a\0b", "half \ud83d", [undefined], [sql`now()`]])(
    "%o",
    (value) => {
      const attempt = () => literal(value as Literal);
      expect(attempt).toThrow(expect.objectContaining({ code: "OPERATION_INVALID" }));
    },
  );
});
