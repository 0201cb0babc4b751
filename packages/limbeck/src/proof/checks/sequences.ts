import { identifier } from "../../operations/language/identifiers.ts";
import { USER_SCHEMA, type CheckFinding, type DataCheck, type Probe } from "./check.ts";

interface Sequence {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** The last value that it may give and its column takes, as text. */
  readonly most: string;
  /** The share of its values that are gone, from 0 to 1. */
  readonly used: number;
  readonly last: string;
}

/** From when on a sequence is said to run out, and when that is an error. */
const [WARN, FAIL] = [0.75, 0.95];

/** Sequences that will give a value that their column has already, or soon none at all. Those that count down are left out. */
export const sequences: DataCheck = {
  name: "sequences",
  async look({ session }) {
    const rows = await session.query<{ sequence: string }>(SEQUENCES);
    const found = rows.map(({ sequence }) => JSON.parse(sequence) as Sequence);
    return found.flatMap((each) => [...runningOut(each), behind(each)]);
  },
};

function runningOut({ name, table, column, used, most }: Sequence): CheckFinding[] {
  if (used < WARN) return [];
  const message = `${Math.floor(used * 100)} % of the values up to ${most} are gone, for ${table}.${column}`;
  return [{ severity: used < FAIL ? "warning" : "error", object: name, message, rows: null }];
}

function behind({ name, table, column, last }: Sequence): Probe {
  const key = identifier(column);
  return {
    object: name,
    sql: `SELECT least(greatest(coalesce(max(${key})::numeric, 0) - ${last}, 0), 2147483647)::int AS n FROM ${table}`,
    finding: (n) => ({
      severity: "error",
      message: `it stands ${n} below the highest ${table}.${column}: SELECT setval('${name}', (SELECT max(${key}) FROM ${table}))`,
    }),
  };
}

/** Owned by a column: serial and identity. */
const SEQUENCES = `
select jsonb_build_object(
    'name', format('%I.%I', n.nspname, s.relname),
    'table', format('%I.%I', tn.nspname, t.relname),
    'column', a.attname,
    'most', m.most::text,
    'used', (coalesce(v.last_value, q.seqstart - 1) - q.seqmin)::numeric / greatest(m.most - q.seqmin, 1),
    'last', coalesce(v.last_value, q.seqstart - 1)::text)::text as sequence
  from pg_sequence q
  join pg_class s on s.oid = q.seqrelid join pg_namespace n on n.oid = s.relnamespace
  join pg_sequences v on v.schemaname = n.nspname and v.sequencename = s.relname
  join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.refclassid = 'pg_class'::regclass
   and d.deptype in ('a', 'i') and d.refobjsubid > 0
  join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
  join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
 cross join lateral (select least(q.seqmax, case a.atttypid when 'int2'::regtype then 32767
    when 'int4'::regtype then 2147483647 else q.seqmax end) as most) m
 where q.seqincrement > 0 and not q.seqcycle and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
   and ${USER_SCHEMA}
 order by 1`;
