import { expect, test } from "vitest";
import { alterColumn } from "../operations/alter-column.ts";
import { folded } from "./fold.ts";

test("what neighbours say of one column is said at once", () => {
  const nullable = alterColumn("t", "b", { nullable: true });
  expect(folded([nullable, alterColumn("t", "b", { default: 5 })])).toEqual([
    alterColumn("t", "b", { nullable: true, default: 5 }),
  ]);
  expect(folded([nullable, alterColumn("t", "c", { default: 5 })])).toHaveLength(2);
});

test("a new type with a new default drops the old one, and a new type alone does not", () => {
  const [dropped, type] = [alterColumn("t", "b", { default: null }), alterColumn("t", "b", { type: "bigint" })];
  expect(folded([dropped, type])).toEqual([dropped, type]);
  expect(folded([dropped, type, alterColumn("t", "b", { default: 5 })])).toEqual([
    alterColumn("t", "b", { type: "bigint", default: 5 }),
  ]);
});
