import { identifier, MAX_BYTES, qualified, utf8Length } from "./identifiers.ts";
import { invalid } from "./invalid.ts";
import { literal, quote, type Literal } from "./literals.ts";
import type { Sql } from "./sql-text.ts";
import { lock, statement, type Statement } from "./statement.ts";

/** A column whose enum type is swapped. */
export interface EnumColumn {
  readonly table: string;
  /** The schema of the table. */
  readonly schema?: string;
  readonly column: string;
  /** The column is an array of the enum. */
  readonly array?: boolean;
  /** The default that the column has afterwards. One with a default and without this is refused by PostgreSQL. */
  readonly default?: Literal | Sql;
  /** The default before, where the way back could not tell it from `default` and `map`. */
  readonly existingDefault?: Literal | Sql;
}

interface EnumSwap {
  readonly name: string;
  readonly values: readonly string[];
  readonly columns?: readonly EnumColumn[];
  readonly map?: Readonly<Record<string, string>>;
}

/** Refuses values that the new enum does not have, and a mapping that one column cannot carry out. */
export function checkEnumSwap({ name, values, columns = [], map = {} }: EnumSwap): void {
  const call = `op.replaceEnumValues("${name}")`;
  const missing = Object.values(map).find((value) => !values.includes(value));
  if (missing !== undefined) {
    throw invalid(
      `${call} maps to "${missing}", which is none of the new values.`,
      `Pass it among the values, or map to one of ${values.map((value) => `"${value}"`).join(", ")}.`,
    );
  }
  if (columns.some(({ array }) => array) && Object.values(map).some((value) => Object.hasOwn(map, value))) {
    throw invalid(
      `${call} maps to a value that is mapped itself, which cannot be done in an array.`,
      "Do it in two steps, or without the array's column and with an UPDATE of your own.",
    );
  }
}

const SUFFIX = "_replaced";

/** The name that the old type has for a moment, cut where PostgreSQL would cut it. */
export function swapName(name: string): string {
  let kept = Array.from(name);
  const tooLong = () => utf8Length(kept.join("") + SUFFIX) > MAX_BYTES;
  while (tooLong()) kept = kept.slice(0, -1);
  return kept.join("") + SUFFIX;
}

/** One ALTER TABLE for each table: it is rewritten once. */
export function swapColumns(
  type: string,
  columns: readonly EnumColumn[],
  map: Readonly<Record<string, string>>,
): Statement[] {
  const tables = new Map<string, string[]>();
  for (const column of columns) {
    const table = qualified(column.schema, column.table);
    tables.set(table, [...(tables.get(table) ?? []), ...columnActions(type, column, map)]);
  }
  return Array.from(tables, ([table, actions]) =>
    statement(`ALTER TABLE ${table} ${actions.join(", ")}`, lock("ACCESS EXCLUSIVE", table)),
  );
}

function columnActions(type: string, column: EnumColumn, map: Readonly<Record<string, string>>): string[] {
  const { default: value, array } = column;
  const name = identifier(column.column);
  const alter = `ALTER COLUMN ${name}`;
  const using = array ? `${arrayText(name, map)}::${type}[]` : `${valueText(name, map)}::${type}`;
  const swap = `${alter} TYPE ${type}${array ? "[]" : ""} USING ${using}`;
  if (value === undefined) return [swap];
  const defaults = value === null ? [] : [`${alter} SET DEFAULT ${literal(value)}`];
  return [`${alter} DROP DEFAULT`, swap, ...defaults];
}

function valueText(column: string, map: Readonly<Record<string, string>>): string {
  const branches = Object.entries(map).map(([value, newValue]) => `WHEN ${quote(value)} THEN ${quote(newValue)}`);
  return branches.length === 0
    ? `${column}::text`
    : `(CASE ${column}::text ${branches.join(" ")} ELSE ${column}::text END)`;
}

function arrayText(column: string, map: Readonly<Record<string, string>>): string {
  return Object.entries(map).reduce(
    (text, [value, newValue]) => `array_replace(${text}, ${quote(value)}, ${quote(newValue)})`,
    `${column}::text[]`,
  );
}
