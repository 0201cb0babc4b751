import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyValue } from "../../../test/arbitraries.ts";
import { valueOf } from "../../../test/evaluated.ts";
import { column } from "./column.ts";
import { check } from "./constraint.ts";
import { callSource, valueSource } from "./source.ts";
import { sql } from "./sql.ts";

test("a value's source is read as an equal value, folded or not", () => {
  fc.assert(
    fc.property(anyValue, (original) => {
      deepStrictEqual(valueOf(`(${valueSource(original)})`), original);
    }),
  );
});

test("an array of JSON that looks like a column stays JSON", () => {
  expect(callSource("f", [{ element: "column", name: "a" }], {})).toBe('f([{ element: "column", name: "a" }])');
  expect(callSource("f", column("a", "text"))).toBe('f(column("a", "text"))');
});

test("long calls are folded, and the lines of a template are left alone", () => {
  const long = "x".repeat(60);
  const checked = column("a", "text", { check: sql`a\n  <> ${long}` });
  expect(callSource("op.f", "t", checked, check("b"), { p: long, q: [long, long] })).toBe(`op.f(
  "t",
  column("a", "text", {
    check: sql\`a
  <> '${long}'\`,
  }),
  check("b"),
  {
    p: "${long}",
    q: [
      "${long}",
      "${long}",
    ],
  },
)`);
});

test("options alone are folded where that is enough", () => {
  const long = "x".repeat(60);
  expect(callSource("op.f", "t", { a: long, b: long })).toBe(`op.f("t", {\n  a: "${long}",\n  b: "${long}",\n})`);
  expect(callSource("op.f", "t", [{ a: long }, { b: long }])).toBe(
    `op.f("t", [\n  { a: "${long}" },\n  { b: "${long}" },\n])`,
  );
  expect(callSource("op.f", sql`a\n  b`)).toBe("op.f(sql`a\n  b`)");
});
