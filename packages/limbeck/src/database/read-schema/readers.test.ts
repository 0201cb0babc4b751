import { describe, expect, test } from "vitest";
import { columns } from "./columns.ts";
import { constraints } from "./constraints.ts";
import { indexes } from "./indexes.ts";
import { statisticsObjects } from "./namespaces.ts";
import { readersFor } from "./readers.ts";

describe.each([14, 15, 16, 17, 18])("The readers for PostgreSQL %i", (major) => {
  const readers = readersFor(major, false);
  const statements = readers.map(({ sql }) => sql(major, true));
  const isOn = (statement: string): boolean => /\bas _on\b/.test(statement);

  test("take what others are on before those", () => {
    const first = statements.findIndex(isOn);
    expect(readers[first]).toBe(columns);
    expect(statements.slice(first).filter((statement) => !isOn(statement))).toEqual([
      statements[readers.indexOf(statisticsObjects)],
    ]);
  });

  test("take columns before what names them", () => {
    for (const reader of [constraints, indexes, statisticsObjects]) {
      expect(readers.indexOf(reader)).toBeGreaterThan(readers.indexOf(columns));
    }
  });
});
