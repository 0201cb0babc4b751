import fc from "fast-check";
import { loadModule, parse } from "libpg-query";
import { beforeAll, expect, test } from "vitest";
import { anyName } from "../../../test/arbitraries.ts";
import { identifier, identifiers, qualified } from "./identifiers.ts";

beforeAll(loadModule);

test("PostgreSQL's parser reads a name as that name", async () => {
  const name = fc.oneof(anyName, fc.constantFrom("user", "order", "Mixed", "a b", "1a", "äöü", "name", "x$1"));
  await fc.assert(
    fc.asyncProperty(name, name, async (schema, table) => {
      const { stmts } = await parse(`ALTER TABLE ${qualified(schema, table)} DROP COLUMN ${identifier(table)}`);
      expect(stmts).toHaveLength(1);
      expect(stmts![0]!.stmt).toMatchObject({
        AlterTableStmt: {
          relation: { schemaname: schema, relname: table },
          cmds: [{ AlterTableCmd: { subtype: "AT_DropColumn", name: table } }],
        },
      });
    }),
  );
});

test.each([
  ["city", "city"],
  ["_a1$", "_a1$"],
  ["City", '"City"'],
  ["größe", '"größe"'],
  ['say "hi"', '"say ""hi"""'],
  ["public.city", '"public.city"'],
  ["user", '"user"'],
  ["between", '"between"'],
  ["1st", '"1st"'],
])("%s is written %s", (name, expected) => {
  expect(identifier(name)).toBe(expected);
});

test("names stand in a list, and behind their schema", () => {
  expect(identifiers(["a", "B"])).toBe('a, "B"');
  expect(qualified(undefined, "city")).toBe("city");
  expect(qualified("Atlas", "city")).toBe('"Atlas".city');
});

test.each(["", "a\0b", "half \ud83d", undefined as unknown as string, 5 as unknown as string])(
  "%o is no name",
  (name) => {
    expect(() => identifier(name)).toThrow(expect.objectContaining({ code: "IDENTIFIER_INVALID" }));
  },
);

test("63 bytes are the limit, however many characters they are", () => {
  expect(identifier("a".repeat(63))).toHaveLength(63);
  expect(identifier("é".repeat(31))).toHaveLength(33);
  const error = expect.objectContaining({ code: "IDENTIFIER_INVALID", message: expect.stringContaining("64 bytes") });
  expect(() => identifier("a".repeat(64))).toThrow(error);
  expect(() => identifier("é".repeat(32))).toThrow(error);
  expect(() => identifier("🌍".repeat(16))).toThrow(error);
});
