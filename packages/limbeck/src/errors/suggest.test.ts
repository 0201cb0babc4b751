import { expect, it } from "vitest";
import { nearest } from "./suggest.ts";

const WORDS = ["upgrade", "downgrade", "history", "heads", "url", "name", "prod", "test"];

it.each([
  ["upgrade", "upgrade"],
  ["Upgrade", "upgrade"],
  ["upgarde", "upgrade"],
  ["upgrad", "upgrade"],
  ["upgradee", "upgrade"],
  ["histroy", "history"],
  ["hed", undefined],
  ["head", "heads"],
  ["ulr", "url"],
  ["nmae", "name"],
  ["tset", "test"],
  ["xyz", undefined],
  ["", undefined],
  ["something else entirely", undefined],
])("%j is near to %j", (typed, meant) => {
  expect(nearest(typed, WORDS)).toBe(meant);
});

it("is the first of those that are as near", () => {
  expect(nearest("b3", ["b1", "b2"])).toBe("b1");
  expect(nearest("a", [])).toBeUndefined();
});
