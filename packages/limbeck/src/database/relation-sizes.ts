import { identifier } from "../operations/language/identifiers.ts";
import type { Session } from "./session.ts";

/**
 * How many bytes the rows of each ordinary table take, and for an index those of its table, by name with schema.
 * Partitioned tables have none of their own, and take neither concurrent indexes nor unchecked constraints.
 */
export async function relationSizes(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query<{ schema: string; name: string; bytes: string }>(
    `select n.nspname as schema, c.relname as name, pg_table_size(coalesce(t.oid, c.oid))::text as bytes
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_index i on i.indexrelid = c.oid
       left join pg_class t on t.oid = i.indrelid
      where ((c.relkind = 'r' and i.indexrelid is null) or (c.relkind = 'i' and t.relkind in ('r', 'm')))
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  return new Map(rows.map(({ schema, name, bytes }) => [relationKey(name, schema), Number(bytes)]));
}

export function relationKey(name: string, schema: string): string {
  return `${identifier(schema)}.${identifier(name)}`;
}
