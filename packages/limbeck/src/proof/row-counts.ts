import { isPostgresError, type Session } from "../database/session.ts";
import { readOnly } from "./run-checks.ts";

/** How many rows a table has. */
export interface RowCount {
  /** With its schema, as SQL. */
  readonly table: string;
  readonly rows: number;
  /** False for the planner's estimate. */
  readonly exact: boolean;
}

/** Above this many rows the planner's estimate has to do. */
const MOST_COUNTED = 1_000_000;

/** The rows of all tables of the user's; of big ones the estimate. */
export async function rowCounts(session: Session, timeoutMs: number, without: readonly string[]): Promise<RowCount[]> {
  const tables = await session.query<{ table: string; estimate: number }>(
    `select format('%I.%I', n.nspname, c.relname) as table, c.reltuples::float8 as estimate
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
  );
  const counts: RowCount[] = [];
  for (const { table, estimate } of tables.filter((each) => !without.includes(each.table))) {
    const rows = estimate > MOST_COUNTED ? undefined : await counted(session, timeoutMs, table);
    counts.push({ table, rows: rows ?? Math.max(0, Math.round(estimate)), exact: rows !== undefined });
  }
  return counts;
}

async function counted(session: Session, timeoutMs: number, table: string): Promise<number | undefined> {
  try {
    const [row] = await readOnly(session, timeoutMs, () =>
      session.query<{ n: number }>(`SELECT count(*)::float8 AS n FROM ${table}`),
    );
    return row!.n;
  } catch (error) {
    if (isPostgresError(error) && error.code === "57014") return undefined;
    throw error;
  }
}
