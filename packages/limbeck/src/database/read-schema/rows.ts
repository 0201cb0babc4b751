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

/**
 * Visits the rows, each with what it says beside attributes. With named columns the row is one object, filled anew for each.
 *
 * What is done for every row of every catalog is given an object of one shape: code that V8 has compiled for one shape it
 * throws away when it meets another, and compiling is most of what a short run costs.
 */
export function eachRow(
  { columns }: CatalogReader,
  answer: Answer,
  visit: (object: ObjectRow, row: Attributes) => void,
): void {
  if (columns === undefined) {
    for (const row of answer as readonly ObjectRow[]) visit(objectOf(row), row as unknown as Attributes);
    return;
  }
  const values = answer as readonly (readonly unknown[] | null)[];
  const said = SAID.map((name) => values[columns.indexOf(name)] ?? undefined);
  const row = recordOf(columns);
  const count = values[0]?.length ?? 0;
  for (let index = 0; index < count; index++) {
    for (let column = 0; column < columns.length; column++) row[columns[column]!] = values[column]![index];
    visit(objectAt(said, index), row as Attributes);
  }
}

const SAID = "_oid _number _kind _schema _on _on_catalog _class _name _signature _parents _owner _acl".split(" ");

function objectAt(said: readonly (readonly unknown[] | undefined)[], index: number): ObjectRow {
  return {
    _oid: said[0]?.[index],
    _number: said[1]?.[index],
    _kind: said[2]?.[index],
    _schema: said[3]?.[index],
    _on: said[4]?.[index],
    _on_catalog: said[5]?.[index],
    _class: said[6]?.[index],
    _name: said[7]?.[index],
    _signature: said[8]?.[index],
    _parents: said[9]?.[index],
    _owner: said[10]?.[index],
    _acl: said[11]?.[index],
  } as ObjectRow;
}

function objectOf(row: ObjectRow): ObjectRow {
  const { _oid, _number, _kind, _schema, _on, _on_catalog, _class, _name, _signature, _parents, _owner, _acl } = row;
  return {
    _oid,
    _number,
    _kind,
    _schema,
    _on,
    _on_catalog,
    _class,
    _name,
    _signature,
    _parents,
    _owner,
    _acl,
  } as ObjectRow;
}

/**
 * A record of nulls that have these names. V8 makes a dictionary, which is slow to read, of an object that gets more than
 * a dozen names one after the other, but not of one that it parsed.
 */
export function recordOf(names: readonly string[]): Record<string, unknown> {
  return JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join(",")}}`) as Record<string, unknown>;
}

/** The columns of an answer that are attributes as they stand. */
export function attributeColumns({ columns }: CatalogReader, answer: Answer): string[] {
  const names = columns ?? Object.keys((answer[0] as unknown as Attributes | undefined) ?? {});
  return names.filter((column) => !column.startsWith("_"));
}
