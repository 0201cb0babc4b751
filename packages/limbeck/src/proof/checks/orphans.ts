import { identifier } from "../../operations/language/identifiers.ts";
import { countSql, rowsText, sampleSql, USER_SCHEMA, type CheckInput, type DataCheck, type Probe } from "./check.ts";

interface ForeignKey {
  readonly name: string;
  readonly child: string;
  readonly parent: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  readonly isFull: boolean;
}

/** Rows whose foreign key leads nowhere: a key that is NOT VALID lets them be, and so do triggers that were off. */
export const orphans: DataCheck = {
  name: "orphans",
  async look(input) {
    const rows = await input.session.query<{ key: string }>(FOREIGN_KEYS);
    return rows.map(({ key }) => probe(JSON.parse(key) as ForeignKey, input));
  },
};

function probe(key: ForeignKey, input: CheckInput): Probe {
  const { name, child, parent, columns } = key;
  return {
    object: child,
    sql: orphansSql(key, input),
    finding: (n) => ({
      severity: "error",
      message: `${rowsText(n)} with a (${columns.join(", ")}) that ${parent} does not have, against foreign key ${name}`,
    }),
  };
}

/** Counts the rows of a child whose key leads nowhere. */
export function orphansSql(
  { child, parent, columns, keys, isFull }: Omit<ForeignKey, "name">,
  input: CheckInput,
): string {
  const own = columns.map((column) => `c.${identifier(column)}`);
  const filled = own.map((column) => `${column} IS NOT NULL`).join(" AND ");
  const pairs = keys.map((key, index) => `p.${identifier(key)} = ${own[index]}`).join(" AND ");
  const lost = `(${filled}) AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${pairs})`;
  // MATCH FULL takes all columns or none.
  const half = own.map((column) => `${column} IS NOT NULL`).join(" OR ");
  const where = isFull ? `(${lost}) OR ((${half}) AND NOT (${filled}))` : lost;
  return countSql(`FROM ${child} c${sampleSql(input)} WHERE ${where}`);
}

const COLUMNS = (relation: string, numbers: string): string =>
  `(select jsonb_agg(a.attname order by k.position) from unnest(${numbers}) with ordinality as k (number, position)
      join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;

const FOREIGN_KEYS = `
select jsonb_build_object(
    'name', f.conname,
    'child', format('%I.%I', n.nspname, c.relname),
    'parent', format('%I.%I', pn.nspname, p.relname),
    'columns', ${COLUMNS("f.conrelid", "f.conkey")},
    'keys', ${COLUMNS("f.confrelid", "f.confkey")},
    'isFull', f.confmatchtype = 'f')::text as key
  from pg_constraint f
  join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = f.confrelid join pg_namespace pn on pn.oid = p.relnamespace
 where f.contype = 'f' and f.conparentid = 0 and ${USER_SCHEMA}
 order by n.nspname, c.relname, f.conname`;
