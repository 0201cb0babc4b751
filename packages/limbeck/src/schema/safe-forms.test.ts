import { expect, test } from "vitest";
import { alterColumn } from "../operations/alter-column.ts";
import { safeForms } from "./safe-forms.ts";

test("the check that stands for NOT NULL takes a name that the table has for nothing else", () => {
  const namesWith = (table: string, taken: readonly string[]): unknown[] =>
    safeForms(
      [alterColumn(table, "name", { nullable: false })],
      () => true,
      (name) => taken.includes(name),
    ).map((operation) => ("name" in operation ? operation.name : operation.kind));
  const around = (name: string): string[] => [name, name, "alterColumn", name];
  expect(namesWith("city", [])).toEqual(around("city_name_present"));
  expect(namesWith("city", ["city_name_present", "city_name_present1"])).toEqual(around("city_name_present2"));
  const long = "é".repeat(31);
  expect(namesWith(long, [])).toEqual(around(`${long}_`));
  expect(namesWith(long, [`${long}_`])).toEqual(around(`${long}1`));
});
