import { expect, test } from "testkit";
import { identifier } from "../src/operations/language/identifiers.ts";
import { literal, type Literal } from "../src/operations/language/literals.ts";

test("PostgreSQL reads every literal as the value that it was made from", async ({ sql }) => {
  const values: [type: string, value: Literal, expected: unknown][] = [
    ["text", 'it\'s \\ "quoted" $$ :name % 🌍 \n', 'it\'s \\ "quoted" $$ :name % 🌍 \n'],
    ["bigint", 9223372036854775807n, "9223372036854775807"],
    ["float8", Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ["float8", 5e-324, 5e-324],
    ["boolean", false, false],
    ["timestamptz", new Date("2025-01-28T12:00:00.123Z"), new Date("2025-01-28T12:00:00.123Z")],
    ["bytea", Uint8Array.of(0, 39, 92, 255), Buffer.of(0, 39, 92, 255)],
    [
      "text[]",
      ["it's", 'a"b', "c\\d", "NULL", "", "{}", ",", null],
      ["it's", 'a"b', "c\\d", "NULL", "", "{}", ",", null],
    ],
    [
      "int[]",
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["bytea[]", [Uint8Array.of(1, 92)], [Buffer.of(1, 92)]],
    ["jsonb", { a: ["it's", '"', "\\", null, 1.5] }, { a: ["it's", '"', "\\", null, 1.5] }],
    ["jsonb[]", [{ a: '"\\' }], [{ a: '"\\' }]],
    ["text", null, null],
  ];
  for (const strings of ["on", "off"]) {
    await sql(
      `SET standard_conforming_strings = ${strings}; SET backslash_quote = off; SET escape_string_warning = off`,
    );
    for (const [type, value, expected] of values) {
      expect(await sql(`SELECT CAST(${literal(value)} AS ${type}) AS value`), type).toEqual([{ value: expected }]);
    }
  }
});

/** Words that only a later version reserves, and that are quoted for every version. */
const LATER = new Set(["json"]);

test("what PostgreSQL quotes as a name is quoted here", async ({ sql }) => {
  const words = await sql<{ word: string; quoted: string; reserved: boolean }>(
    "SELECT word, quote_ident(word) AS quoted, catcode <> 'U' AS reserved FROM pg_get_keywords()",
  );
  expect(words.length).toBeGreaterThan(400);
  for (const { word, quoted, reserved } of words) {
    expect(identifier(word)).toBe(reserved || LATER.has(word) ? `"${word}"` : quoted);
  }
});
