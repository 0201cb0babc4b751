import { expect, test } from "vitest";
import { printedAgain, replayable } from "./expression.ts";

test.each([
  ["(a > 0)", "(a > 0)"],
  [
    "((a)::text = ANY ((ARRAY['x'::character varying, 'it''s, ]'::character varying])::text[]))",
    "((a)::text = ANY (ARRAY[('x'::character varying)::text, ('it''s, ]'::character varying)::text]))",
  ],
  [
    "((a)::text <> ALL ((ARRAY['x'::character varying, NULL::character varying, b, lower((c)::text)])::text[]))",
    "((a)::text <> ALL (ARRAY[('x'::character varying)::text, (NULL::character varying)::text, (b)::text, (lower((c)::text))::text]))",
  ],
  ["(x = ANY (ARRAY[1, 2]))", "(x = ANY (ARRAY[1, 2]))"],
  [
    "f((ARRAY[1, 2])::bigint[], (ARRAY['a'::name])::text[])",
    "f(ARRAY[(1)::bigint, (2)::bigint], ARRAY[('a'::name)::text])",
  ],
  ["f((ARRAY[1, 2]))", "f((ARRAY[1, 2]))"],
])("%s", (first, again) => {
  expect(printedAgain(first)).toBe(again);
  expect(printedAgain(again)).toBe(again);
});

test.each([
  ["(a < 1) AND (ROW(a, b) < ROW(1, 2))", "(a < 1) AND (ROW(a, b) < ROW(1, 2))"],
  [
    "(ROW(b, 'x ROW(') IS DISTINCT FROM ROW(2, f(3))) OR c",
    "(ROW(ROW(b, 'x ROW(')) IS DISTINCT FROM ROW(ROW(2, f(3)))) OR c",
  ],
  ["(ROW(b, c) = ROW(ROW(2, d) <> ROW(4, 5), 3))", "(ROW(ROW(b, c)) = ROW(ROW(ROW(ROW(2, d)) <> ROW(ROW(4, 5)), 3)))"],
])("%s is loaded as %s", (printed, loaded) => {
  expect(replayable(printed)).toBe(loaded);
});
