import type { Attributes } from "../../schema/fact.ts";
import type { CatalogReader, ObjectRow } from "./reader.ts";

/** What one statement gave: rows, or the values of each column where the reader has named its columns. */
export type Answer = readonly ObjectRow[] | readonly (readonly unknown[] | null)[];

/** The statement that gives all of a statement's rows as one JSON text: names of columns are said once, or not at all. */
export function packed(statement: string, columns: readonly string[] | undefined): string {
  if (columns === undefined) return `select coalesce(json_agg(q), '[]')::text as rows from (${statement}) q`;
  const values = columns.map((name) => `json_agg(q."${name}")`);
  return `select json_build_array(${values.join(", ")})::text as rows from (${statement}) q`;
}

/** Visits the rows. With named columns they are one object, filled anew for each. */
export function eachRow({ columns }: CatalogReader, answer: Answer, visit: (row: ObjectRow) => void): void {
  if (columns === undefined) return (answer as readonly ObjectRow[]).forEach(visit);
  const values = answer as readonly (readonly unknown[])[];
  const row: Record<string, unknown> = {};
  const count = values[0]?.length ?? 0;
  for (let index = 0; index < count; index++) {
    for (let column = 0; column < columns.length; column++) row[columns[column]!] = values[column]![index];
    visit(row as unknown as ObjectRow);
  }
}

/** The columns of an answer that are attributes as they stand. */
export function attributeColumns({ columns }: CatalogReader, answer: Answer): string[] {
  const names = columns ?? Object.keys((answer[0] as unknown as Attributes | undefined) ?? {});
  return names.filter((column) => !column.startsWith("_"));
}

/** The kind of object that an answer's rows are on, if they are on one. */
export function standsOn({ columns }: CatalogReader, answer: Answer): boolean {
  return columns?.includes("_on") ?? (answer as readonly ObjectRow[])[0]?._on !== undefined;
}
