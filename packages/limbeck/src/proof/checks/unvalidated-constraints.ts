import { USER_SCHEMA, type DataCheck } from "./check.ts";

/** Constraints that hold for new rows only: a step on the way, which is easily forgotten. */
export const unvalidatedConstraints: DataCheck = {
  name: "unvalidated constraints",
  async look({ session }) {
    const rows = await session.query<{ name: string; table: string }>(
      `select quote_ident(k.conname) as name, format('%I.%I', n.nspname, c.relname) as table
         from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        where not k.convalidated and k.conparentid = 0 and ${USER_SCHEMA} order by 2, 1`,
    );
    return rows.map(({ name, table }) => ({
      severity: "warning" as const,
      object: table,
      message: `constraint ${name} was never validated: ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`,
      rows: null,
    }));
  },
};
