import type { Session } from "../database/session.ts";
import { quote } from "../operations/language/literals.ts";
import type { TableName } from "./seed-rows.ts";

/** The rows of tables, each table's as one JSON text: keys sorted, and so are the rows. */
export type TableRows = ReadonlyMap<TableName, string>;

/** Reads every row of the user's tables: for a scratch database, which has few. */
export async function readTableRows(session: Session, without: readonly TableName[]): Promise<TableRows> {
  const names = await session.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by 1`,
  );
  const tables = names.map(({ name }) => name).filter((name) => !without.includes(name));
  if (tables.length === 0) return new Map();
  const queries = tables.map(
    (table) =>
      `select ${quote(table)} as name, (select coalesce(jsonb_agg(j order by j::text), '[]')::text from (select to_jsonb(t) as j from ${table} t) r) as rows`,
  );
  const rows = await session.query<{ name: string; rows: string }>(queries.join(" union all "));
  return new Map(rows.map(({ name, rows: text }) => [name, text]));
}

/** What of the rows before is not there any more, one line each: a table's rows, or a column's values. */
export function lostRows(before: TableRows, after: TableRows): string[] {
  return [...before].flatMap(([table, text]) => {
    const now = after.get(table);
    if (now === text) return [];
    const old = JSON.parse(text) as Record<string, unknown>[];
    const rows = JSON.parse(now ?? "[]") as Record<string, unknown>[];
    if (rows.length < old.length) return [`${old.length - rows.length} of ${old.length} rows of ${shown(table)}`];
    const columns = Object.keys(old[0] ?? {}).filter((column) => values(old, column) !== values(rows, column));
    return columns.map((column) => `the values of ${shown(table)}.${column}`);
  });
}

/** A column's values in any order of the rows. */
function values(rows: readonly Record<string, unknown>[], column: string): string {
  return rows
    .map((row) => JSON.stringify(row[column]) ?? "missing")
    .toSorted()
    .join();
}

function shown(table: TableName): string {
  return table.replace(/^public\./, "");
}
