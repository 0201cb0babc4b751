import type { Session } from "../database/session.ts";
import type { RelationName } from "../schema/exclude.ts";

/** Whether a database has no relation of its users', so that nothing in it can be locked or lost. */
export async function holdsNothing(session: Session, ignore: readonly RelationName[]): Promise<boolean> {
  const [row] = await session.query<{ holds: boolean }>(
    `select exists (
       select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'm', 'v', 'f')
          and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
          and not (n.nspname || '.' || c.relname = any($1::text[]))
          and not exists (select from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')) as holds`,
    [ignore.map(({ schema, name }) => `${schema}.${name}`)],
  );
  return !row!.holds;
}
