import type { Session } from "../../database/session.ts";

/** One object of the user's, by which pg_dump knows it too: the oid of its catalog, and its own. */
export interface CatalogObject {
  readonly kind: ObjectKind;
  readonly catalog: number;
  readonly oid: number;
  /** For people. */
  readonly name: string;
  /** Whether it is a table with rows of its own, as a partitioned one is not. */
  readonly hasRows: boolean;
}

export type ObjectKind =
  | "tables"
  | "foreign tables"
  | "views"
  | "materialized views"
  | "sequences"
  | "indexes"
  | "constraints"
  | "functions"
  | "types"
  | "triggers"
  | "large objects";

export type ObjectCounts = Readonly<Partial<Record<ObjectKind, number>>>;

/** Everything of the user's that a backup has to hold, and that has an entry of its own in an archive of pg_dump's. */
export async function readObjects(session: Session): Promise<CatalogObject[]> {
  return await session.query<CatalogObject & Record<string, unknown>>(OBJECTS);
}

export function countObjects(objects: readonly CatalogObject[]): ObjectCounts {
  const counts: Partial<Record<ObjectKind, number>> = {};
  for (const { kind } of objects) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** As in `2 tables, 1 sequence`. */
export function countsText(counts: ObjectCounts): string {
  const parts = Object.entries(counts).map(([kind, n]) => `${n} ${n === 1 ? SINGULAR[kind as ObjectKind] : kind}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

const SINGULAR: Readonly<Record<ObjectKind, string>> = {
  tables: "table",
  "foreign tables": "foreign table",
  views: "view",
  "materialized views": "materialized view",
  sequences: "sequence",
  indexes: "index",
  constraints: "constraint",
  functions: "function",
  types: "type",
  triggers: "trigger",
  "large objects": "large object",
};

const USER = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

/** Members of extensions come with their extension. */
const own = (catalog: string, oid: string): string =>
  `not exists (select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;

/** Indexes of constraints are a part of them; those that are invalid pg_dump leaves out. */
const OBJECTS = `
select case c.relkind when 'f' then 'foreign tables' when 'v' then 'views' when 'm' then 'materialized views'
         when 'S' then 'sequences' else 'tables' end as kind,
       1259 as catalog, c.oid::int8::float8 as oid, format('%I.%I', n.nspname, c.relname) as name,
       c.relkind = 'r' as "hasRows"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and ${USER} and ${own("pg_class", "c.oid")}
union all
select 'indexes', 1259, c.oid::int8::float8, format('%I.%I', n.nspname, c.relname), false
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
 where (i.indisvalid or c.relkind = 'I') and ${USER} and ${own("pg_class", "i.indrelid")}
   and not exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x'))
union all
select 'constraints', 2606, k.oid::int8::float8, format('%s on %I.%I', quote_ident(k.conname), n.nspname, c.relname), false
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
 where (k.contype in ('p', 'u', 'x') or k.contype = 'f' and k.conparentid = 0) and c.relkind in ('r', 'p') and ${USER}
   and ${own("pg_class", "c.oid")}
union all
select 'functions', 1255, p.oid::int8::float8, p.oid::regprocedure::text, false
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where ${USER} and ${own("pg_proc", "p.oid")}
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
union all
select 'types', 1247, t.oid::int8::float8, format('%I.%I', n.nspname, t.typname), false
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
 where (t.typtype in ('d', 'e', 'r') or c.relkind = 'c') and ${USER} and ${own("pg_type", "t.oid")}
union all
select 'triggers', 2620, t.oid::int8::float8, format('%I on %I.%I', t.tgname, n.nspname, c.relname), false
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
 where not t.tgisinternal and t.tgparentid = 0 and ${USER} and ${own("pg_class", "c.oid")}
union all
select 'large objects', 2613, l.oid::int8::float8, l.oid::text, false from pg_largeobject_metadata l
order by 1, 4`;
