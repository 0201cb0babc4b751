import { USER_SCHEMA, type DataCheck } from "./check.ts";

/** Indexes that CREATE INDEX CONCURRENTLY left half built: queries do not use them, and writes pay for them. */
export const invalidIndexes: DataCheck = {
  name: "invalid indexes",
  async look({ session, isHalfDone }) {
    const rows = await session.query<{ name: string; table: string }>(
      `select format('%I.%I', n.nspname, i.relname) as name, format('%I.%I', n.nspname, t.relname) as table
         from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
         join pg_namespace n on n.oid = i.relnamespace
        where not x.indisvalid and i.relkind = 'i' and ${USER_SCHEMA}
          and not exists (select from pg_stat_progress_create_index p where p.index_relid = i.oid)
        order by 1`,
    );
    return rows.map(({ name, table }) => ({
      severity: isHalfDone ? ("warning" as const) : ("error" as const),
      object: name,
      message: `the index is invalid, and ${table} pays for it; build it again: REINDEX INDEX CONCURRENTLY ${name}`,
      rows: null,
    }));
  },
};
