import { keyOf } from "../schema/fact.ts";
import type { Session } from "./session.ts";

/**
 * How many bytes the rows of each ordinary table take, by the key of its fact. Partitioned tables have none of
 * their own, and take neither concurrent indexes nor unchecked constraints.
 */
export async function tableSizes(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query<{ schema: string; name: string; bytes: string }>(
    `select n.nspname as schema, c.relname as name, pg_table_size(c.oid)::text as bytes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  return new Map(rows.map(({ schema, name, bytes }) => [keyOf("table", { schema, name }), Number(bytes)]));
}
