import {
  accessMethodName,
  notOfExtension,
  ownCollation,
  relationKind,
  relationRecord,
  sequenceFields,
  sortedOptions,
  tablespaceName,
} from "./read-schema-fragments.ts";

export function tableQuery(): string {
  return `
  select 'table' as kind, n.nspname as schema, null as relation_kind, null as relation, c.relname as name,
    null as signature, 0 as position,
    case when c.relispartition then '{"kind": "table"}' || (${parentTables("c.oid")} -> 0) end::text as parent,
    obj_description(c.oid, 'pg_class') as comment,
    jsonb_build_object(
      'persistence', case c.relpersistence when 'u' then 'unlogged' else 'permanent' end,
      'partitionKey', case c.relkind when 'p' then pg_get_partkeydef(c.oid) end,
      'partitionOf', case when c.relispartition then ${parentTables("c.oid")} -> 0 end,
      'partitionBound', pg_get_expr(c.relpartbound, c.oid),
      'inherits', case when c.relispartition then '[]' else coalesce(${parentTables("c.oid")}, '[]') end,
      'rowSecurity', c.relrowsecurity,
      'forceRowSecurity', c.relforcerowsecurity,
      'replicaIdentity', case c.relreplident
        when 'd' then 'default' when 'n' then 'nothing' when 'f' then 'full' else 'index' end,
      'ofType', case when c.reloftype <> 0 then format_type(c.reloftype, null) end,
      'accessMethod', ${accessMethodName("c.relam")},
      'options', ${sortedOptions(`c.reloptions || (
        select array_agg('toast.' || o) from pg_class t, unnest(t.reloptions) o where t.oid = c.reltoastrelid)`)},
      'tablespace', ${tablespaceName("c.reltablespace")}
    )::text as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relnamespace = any($1::oid[]) and ${notOfExtension("pg_class", "c.oid")}`;
}

function parentTables(oid: string): string {
  return `(select jsonb_agg(${relationRecord("i.inhparent")} order by i.inhseqno)
      from pg_inherits i where i.inhrelid = ${oid})`;
}

/** The columns of tables, and the fields of composite types that stand alone. */
export function columnQuery(majorVersion: number): string {
  return `
  select 'column' as kind, n.nspname as schema, ${relationKind("c")} as relation_kind, c.relname as relation,
    a.attname as name, null as signature, a.attnum as position, null as parent,
    col_description(c.oid, a.attnum) as comment,
    jsonb_build_object(
      'type', format_type(a.atttypid, a.atttypmod),
      'nullable', not a.attnotnull,
      'notNullValidated', ${majorVersion >= 18 ? NOT_NULL_VALIDATED : "true"},
      'default', case a.attgenerated when '' then pg_get_expr(d.adbin, d.adrelid) end,
      'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
      'generatedKind', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
      'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
      'identitySequence', (${IDENTITY_SEQUENCE}),
      'collation', ${ownCollation("a.attcollation", "t.typcollation")},
      'storage', case when a.attstorage <> t.typstorage then
        case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
      'compression', ${majorVersion >= 14 ? "case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end" : "null"},
      'statistics', nullif(a.attstattarget, -1),
      'options', ${sortedOptions("a.attoptions")},
      'inherited', a.attinhcount > 0,
      'local', a.attislocal
    )::text as attributes
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relkind in ('r', 'p', 'c') and c.relnamespace = any($1::oid[]) and a.attnum > 0 and not a.attisdropped
    and ${notOfExtension("pg_class", "c.oid")}
    and (c.relkind <> 'c' or ${notOfExtension("pg_type", "c.reltype")})`;
}

/** From PostgreSQL 18 on, NOT NULL is a constraint, and may be not valid yet. */
const NOT_NULL_VALIDATED = `coalesce((
        select x.convalidated from pg_constraint x
         where x.conrelid = a.attrelid and x.contype = 'n' and x.conkey = array[a.attnum]), true)`;

const IDENTITY_SEQUENCE = `
        select jsonb_build_object('name', sc.relname, ${sequenceFields("s")})
          from pg_depend x join pg_class sc on sc.oid = x.objid join pg_sequence s on s.seqrelid = sc.oid
         where x.classid = 'pg_class'::regclass and x.refclassid = 'pg_class'::regclass and x.deptype = 'i'
           and x.refobjid = a.attrelid and x.refobjsubid = a.attnum and a.attidentity <> ''`;

/** The sequences that are not an identity column's own. */
export function sequenceQuery(): string {
  return `
  select 'sequence' as kind, n.nspname as schema, null as relation_kind, null as relation, c.relname as name,
    null as signature, 0 as position, owner.column::text as parent, obj_description(c.oid, 'pg_class') as comment,
    jsonb_build_object(
      ${sequenceFields("s")},
      'ownedBy', owner.column - 'kind',
      'persistence', case c.relpersistence when 'u' then 'unlogged' else 'permanent' end
    )::text as attributes
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join lateral (
    select jsonb_build_object('kind', 'column', 'schema', tn.nspname, 'relation', tc.relname, 'name', ta.attname) as column
      from pg_depend x
      join pg_class tc on tc.oid = x.refobjid
      join pg_namespace tn on tn.oid = tc.relnamespace
      join pg_attribute ta on ta.attrelid = tc.oid and ta.attnum = x.refobjsubid
     where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.refclassid = 'pg_class'::regclass
       and x.deptype = 'a' and x.refobjsubid > 0
  ) owner on true
  where c.relnamespace = any($1::oid[]) and ${notOfExtension("pg_class", "c.oid")}
    and not exists (
      select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'i')`;
}

export function viewQuery(): string {
  return `
  select ${relationKind("c")} as kind, n.nspname as schema, null as relation_kind, null as relation, c.relname as name,
    null as signature, 0 as position, null as parent, obj_description(c.oid, 'pg_class') as comment,
    (jsonb_build_object(
      'definition', rtrim(pg_get_viewdef(c.oid), ';'),
      'options', ${sortedOptions("c.reloptions")}
    ) || case c.relkind when 'v' then '{}' else jsonb_build_object(
      'populated', c.relispopulated,
      'accessMethod', ${accessMethodName("c.relam")},
      'tablespace', ${tablespaceName("c.reltablespace")}
    ) end)::text as attributes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and c.relnamespace = any($1::oid[]) and ${notOfExtension("pg_class", "c.oid")}`;
}
