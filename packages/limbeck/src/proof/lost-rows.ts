import { lookAside } from "../database/look-aside.ts";
import { isPostgresError, type Session } from "../database/session.ts";
import { displayName } from "../lint/names.ts";
import type { Loss } from "../lint/rule.ts";

/** Whether there is a row to lose. A table that cannot be looked into counts by its statistics. */
export async function losesRows(session: Session, losses: readonly Loss[], isInTransaction = false): Promise<boolean> {
  for (const loss of losses) {
    for (const table of await tablesOf(session, loss)) {
      if (await hasRows(session, table, isInTransaction)) return true;
    }
  }
  return false;
}

/** The tables that hold the rows, by names that mean them whatever the search path is. */
async function tablesOf(session: Session, { kind, name, column }: Loss): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    kind === "schema"
      ? `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = $1 and c.relkind in ('r', 'p') and $2::text is null`
      : `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.oid = to_regclass($1) and c.relkind in ('r', 'p')
            and ($2::text is null or exists (select from pg_attribute a
              where a.attrelid = c.oid and a.attname = $2 and not a.attisdropped))`,
    [kind === "schema" ? name.name : displayName(name), column ?? null],
  );
  return rows.map((row) => row.name);
}

async function hasRows(session: Session, table: string, isInTransaction: boolean): Promise<boolean> {
  try {
    return await lookAside(session, isInTransaction, async () => {
      const [row] = await session.query<{ has: boolean }>(`select exists (select from ${table}) as has`);
      return row!.has;
    });
  } catch (error) {
    if (!isPostgresError(error)) throw error;
    return await hadRows(session, table);
  }
}

/** By what was counted last, for a table that is locked, or not this user's to read. */
async function hadRows(session: Session, table: string): Promise<boolean> {
  const [row] = await session.query<{ has: boolean }>(
    "select reltuples > 0 or pg_stat_get_live_tuples(oid) > 0 as has from pg_class where oid = to_regclass($1)",
    [table],
  );
  return row?.has ?? false;
}
