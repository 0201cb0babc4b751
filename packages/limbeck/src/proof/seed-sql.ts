import { identifier } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";

/** A column that may be given a value. */
export interface SeedColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  /** The type's own name, of a domain that of the type below it. */
  readonly baseType: string;
  /** As in `pg_type.typcategory`. */
  readonly category: string;
  readonly length: number | null;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly labels: readonly string[] | null;
  readonly references: { readonly table: string; readonly column: string } | null;
}

/** How many rows an empty table gets. */
const ROWS = 3;

/** Ways to fill an empty table, from the one that says the most to the one that is refused the least. */
export function insertSql(table: string, columns: readonly SeedColumn[]): string[] {
  const choices = [
    columns,
    columns.filter(({ hasDefault }) => !hasDefault),
    columns.filter(({ hasDefault, notNull }) => notNull && !hasDefault),
  ];
  const all = choices.flatMap((chosen) => [rowsSql(table, chosen, ROWS), rowsSql(table, chosen, 1)]);
  return Array.from(new Set(all));
}

/** Gives every row of a table the same value in a column. */
export function fillSql(column: SeedColumn): string {
  return `UPDATE ${column.table} SET ${identifier(column.name)} = ${value(column, 1)}`;
}

function rowsSql(table: string, columns: readonly SeedColumn[], count: number): string {
  if (columns.length === 0) return `INSERT INTO ${table} DEFAULT VALUES`;
  const rows = Array.from({ length: count }, (_, row) => columns.map((column) => value(column, row + 1)).join(", "));
  const names = columns.map(({ name }) => identifier(name)).join(", ");
  return `INSERT INTO ${table} (${names}) VALUES ${rows.map((row) => `(${row})`).join(", ")}`;
}

/** An expression for a column's value in this row, counted from 1; rows differ where the type has room for it. */
function value(column: SeedColumn, row: number): string {
  const { references, type } = column;
  if (references !== null) {
    const { table, column: key } = references;
    const rank = `(SELECT greatest(least(${row}, count(*)) - 1, 0) FROM ${table})`;
    return `(SELECT ${identifier(key)} FROM ${table} ORDER BY ctid OFFSET ${rank} LIMIT 1)`;
  }
  const text = valueText(column, row);
  return text === undefined ? "NULL" : `CAST(${quote(text)} AS ${type})`;
}

function valueText({ category, baseType, labels, length }: SeedColumn, row: number): string | undefined {
  switch (category) {
    case "A":
      return "{}";
    case "B":
      return String(row % 2 === 1);
    case "D":
      return baseType.startsWith("time") && !baseType.startsWith("timestamp") ? `12:00:0${row}` : `2020-01-0${row}`;
    case "E":
      return labels?.[(row - 1) % labels.length];
    case "I":
      return `10.0.0.${row}`;
    case "N":
      return String(row);
    case "R":
      return "empty";
    case "S":
      return `row ${row}`.slice(length === null ? 0 : -length);
    case "T":
      return `${row} days`;
    default:
      return OTHER[baseType]?.(row);
  }
}

/** By the type's name, where its category says nothing. */
const OTHER: Readonly<Record<string, (row: number) => string>> = {
  uuid: (row) => `00000000-0000-4000-8000-00000000000${row}`,
  json: (row) => `{"row": ${row}}`,
  jsonb: (row) => `{"row": ${row}}`,
  bytea: (row) => `\\x0${row}`,
};
