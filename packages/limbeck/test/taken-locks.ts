import type { Client } from "pg";
import { LOCK_MODES, type LockMode, type Statement } from "../src/operations/language/statement.ts";

interface TakenLock {
  readonly relation: string;
  readonly mode: LockMode;
  readonly isTable: boolean;
}

/** The strongest lock that statements declare on each relation that is there before, by its name in the catalogs. */
export async function declaredLocks(
  client: Client,
  statements: readonly Statement[],
): Promise<ReadonlyMap<string, LockMode>> {
  const locks = statements.flatMap((statement) => statement.locks).toSorted(byStrength);
  const names = new Map<string, LockMode>();
  for (const { relation, mode } of locks) {
    const { rows } = await client.query<{ name: string | null }>("select to_regclass($1)::text as name", [relation]);
    const name = rows[0]!.name;
    if (name !== null) names.set(name, mode);
  }
  return names;
}

/** The strongest lock that statements take on each relation that is there before. Leaves nothing behind. */
export async function takenLocks(client: Client, statements: readonly Statement[]): Promise<readonly TakenLock[]> {
  await client.query("begin");
  await client.query(`create temporary table existing on commit drop as
    select c.oid, c.oid::regclass::text as relation, relkind in ('r', 'p', 'v', 'm') as "isTable"
      from pg_class c join pg_namespace n on n.oid = relnamespace
     where nspname !~ '^pg_' and nspname not in ('information_schema', 'house')`);
  try {
    for (const { text } of statements) await client.query(text);
    const { rows } = await client.query<{ relation: string; mode: string; isTable: boolean }>(
      `select existing.relation, mode, "isTable" from pg_locks join existing on oid = pg_locks.relation
        where pid = pg_backend_pid()`,
    );
    const locks = rows.map((row) => ({ ...row, mode: lockMode(row.mode) })).toSorted(byStrength);
    return Array.from(new Map(locks.map((lock) => [lock.relation, lock])).values());
  } finally {
    await client.query("rollback");
  }
}

function byStrength(a: { readonly mode: LockMode }, b: { readonly mode: LockMode }): number {
  return LOCK_MODES.indexOf(a.mode) - LOCK_MODES.indexOf(b.mode);
}

/** `AccessExclusiveLock`, as `pg_locks` has it, in the manual's words. */
function lockMode(name: string): LockMode {
  const words = name.replace(/Lock$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  return words.toUpperCase() as LockMode;
}
