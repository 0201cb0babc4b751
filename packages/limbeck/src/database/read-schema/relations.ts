import {
  accessMethodName,
  enabledWords,
  notOfExtension,
  ownership,
  PARENT_TABLES,
  privileges,
  sequenceColumns,
  optionList,
  tablespaceName,
} from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

const PERSISTENCE = `case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence`;

export const tables: CatalogReader = {
  catalog: "pg_class",
  kind: "table",
  where: "relkind in ('r', 'p')",
  columns:
    `_oid _schema _name _parents _owner _acl persistence partitionKey partitionOf partitionBound inherits rowSecurity forceRowSecurity replicaIdentity ofType accessMethod options tablespace`.split(
      " ",
    ),
  sql: () => `
  select c.oid::bigint as _oid, c.schema as _schema, c.relname as _name,
    case when c.relispartition then i.facts end as _parents, ${ownership("c.relowner", "c.relacl", "'r'")},
    ${PERSISTENCE},
    case c.relkind when 'p' then pg_get_partkeydef(c.oid) end as "partitionKey",
    case when c.relispartition then i.parents -> 0 end as "partitionOf",
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as "partitionBound",
    case when c.relispartition or i.parents is null then '[]' else i.parents end as inherits,
    c.relrowsecurity as "rowSecurity",
    c.relforcerowsecurity as "forceRowSecurity",
    case c.relreplident
      when 'd' then 'default' when 'n' then 'nothing' when 'f' then 'full' else 'index' end as "replicaIdentity",
    case when c.reloftype <> 0 then format_type(c.reloftype, null) end as "ofType",
    ${accessMethodName("c.relam")} as "accessMethod",
    case when t.reloptions is null then ${optionList("c.reloptions")} else to_json(
      coalesce(c.reloptions, '{}') || array(select 'toast.' || o from unnest(t.reloptions) o)) end as options,
    ${tablespaceName("c.reltablespace")} as tablespace
  from relation c
  left join ${PARENT_TABLES} i on i.inhrelid = c.oid
  left join pg_class t on t.oid = c.reltoastrelid
  where c.relkind in ('r', 'p')`,
};

export const foreignTables: CatalogReader = {
  catalog: "pg_class",
  where: "relkind = 'f'",
  sql: () => `
  select c.oid as _oid, c.kind as _kind, c.schema as _schema, c.relname as _name,
    case when c.relispartition then i.facts end as _parents, ${ownership("c.relowner", "c.relacl", "'r'")},
    s.srvname as server,
    ${optionList("f.ftoptions")} as options,
    case when c.relispartition then i.parents -> 0 end as "partitionOf",
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as "partitionBound",
    case when c.relispartition or i.parents is null then '[]' else i.parents end as inherits
  from relation c
  join pg_foreign_table f on f.ftrelid = c.oid
  join pg_foreign_server s on s.oid = f.ftserver
  left join ${PARENT_TABLES} i on i.inhrelid = c.oid`,
};

/** The sequences that are not an identity column's own. */
export const sequences: CatalogReader = {
  catalog: "pg_class",
  kind: "sequence",
  where: "relkind = 'S'",
  columns:
    `_oid _schema _name _parents _owner _acl type increment minimum maximum start cache cycle ownedBy persistence`.split(
      " ",
    ),
  sql: () => `
  select c.oid::bigint as _oid, c.schema as _schema, c.relname as _name,
    case when a.attname is not null then json_build_array(
      json_build_object('kind', 'column', 'schema', n.nspname, 'relation', t.relname, 'name', a.attname)) end as _parents,
    case when a.attname is null then c.relowner end as _owner, ${privileges("c.relowner", "c.relacl", "'s'")} as _acl,
    ${sequenceColumns("s")}, case when a.attname is not null then
      json_build_object('schema', n.nspname, 'relation', t.relname, 'name', a.attname) end as "ownedBy", ${PERSISTENCE}
  from relation c
  join pg_sequence s on s.seqrelid = c.oid
  left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
    and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0
  left join pg_class t on t.oid = d.refobjid
  left join pg_namespace n on n.oid = t.relnamespace
  left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  where c.relkind = 'S' and d.deptype is distinct from 'i'`,
};

const VIEW_COLUMNS = `(
    select a.attrelid, json_agg(json_strip_nulls(json_build_object(
      'name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod),
      'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
      'storage', case when c.relkind = 'm' and a.attstorage <> t.typstorage then
        case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
      'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
      'statistics', nullif(a.attstattarget, -1),
      'options', a.attoptions)) order by a.attnum) as columns
    from relation c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relkind in ('v', 'm')
    group by a.attrelid)`;

export const views: CatalogReader = {
  catalog: "pg_class",
  where: "relkind = 'v'",
  sql: () => `
  select c.oid as _oid, c.kind as _kind, c.schema as _schema, c.relname as _name,
    ${ownership("c.relowner", "c.relacl", "'r'")},
    rtrim(pg_get_viewdef(c.oid), ';') as definition, v.columns, ${optionList("c.reloptions")} as options
  from relation c left join ${VIEW_COLUMNS} v on v.attrelid = c.oid
  where c.relkind = 'v'`,
};

export const materializedViews: CatalogReader = {
  catalog: "pg_class",
  where: "relkind = 'm'",
  sql: () => `
  select c.oid as _oid, c.kind as _kind, c.schema as _schema, c.relname as _name,
    ${ownership("c.relowner", "c.relacl", "'r'")},
    rtrim(pg_get_viewdef(c.oid), ';') as definition, v.columns, ${optionList("c.reloptions")} as options,
    c.relispopulated as populated, ${accessMethodName("c.relam")} as "accessMethod",
    ${tablespaceName("c.reltablespace")} as tablespace
  from relation c left join ${VIEW_COLUMNS} v on v.attrelid = c.oid
  where c.relkind = 'm'`,
};

/** The rewrite rules but for those that make a view a view. */
export const rules: CatalogReader = {
  catalog: "pg_rewrite",
  where: "rulename <> '_RETURN'",
  sql: () => `
  select r.oid as _oid, 'rule' as _kind, c.oid as _on,
    r.rulename as _name,
    pg_get_ruledef(r.oid) as definition,
    case r.ev_type when '1' then 'select' when '2' then 'update' when '3' then 'insert' else 'delete' end as event,
    r.is_instead as instead,
    ${enabledWords("r.ev_enabled")} as enabled
  from pg_rewrite r join relation c on c.oid = r.ev_class
  where r.rulename <> '_RETURN' and ${notOfExtension("pg_rewrite", "r.oid")}`,
};
