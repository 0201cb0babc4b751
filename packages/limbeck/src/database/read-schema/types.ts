import {
  functionReference,
  madeByPeople,
  notOfExtension,
  ownCollation,
  ownership,
  reference,
  sqlName,
} from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

const COMMON = (kind: string): string =>
  `t.oid as _oid, '${kind}' as _kind, s.nspname as _schema, t.typname as _name, ${ownership("t.typowner", "t.typacl", "'T'")}`;

const FROM = `from pg_type t join space s on s.oid = t.typnamespace`;

export const enums: CatalogReader = {
  catalog: "pg_type",
  where: "typtype = 'e'",
  sql: () => `
  select ${COMMON("enum")}, coalesce(e.labels, '[]') as values
  ${FROM}
  left join (select enumtypid, json_agg(enumlabel order by enumsortorder) as labels from pg_enum group by enumtypid) e
    on e.enumtypid = t.oid
  where t.typtype = 'e' and ${notOfExtension("pg_type", "t.oid")}`,
};

export const domains: CatalogReader = {
  catalog: "pg_type",
  where: "typtype = 'd'",
  sql: () => `
  select ${COMMON("domain")},
    format_type(t.typbasetype, t.typtypmod) as type,
    not t.typnotnull as nullable,
    pg_get_expr(t.typdefaultbin, 0) as default,
    ${ownCollation("t.typcollation", "b.typcollation")} as collation
  ${FROM} join pg_type b on b.oid = t.typbasetype
  where t.typtype = 'd' and ${notOfExtension("pg_type", "t.oid")}`,
};

/** Their attributes are columns. */
export const compositeTypes: CatalogReader = {
  catalog: "pg_type",
  where: "typtype = 'c'",
  sql: () => `
  select ${COMMON("composite type")}, c.oid as _class
  ${FROM} join relation c on c.oid = t.typrelid and c.relkind = 'c'`,
};

export const rangeTypes: CatalogReader = {
  catalog: "pg_type",
  where: "typtype = 'r'",
  sql: () => `
  select ${COMMON("range type")},
    format_type(r.rngsubtype, null) as subtype,
    case when not oc.opcdefault then ${sqlName("n.nspname", "oc.opcname")} end as opclass,
    ${ownCollation("r.rngcollation", "b.typcollation")} as collation,
    ${functionReference("r.rngcanonical")} as canonical,
    ${functionReference("r.rngsubdiff")} as "subtypeDiff",
    ${reference("pg_type", "typ", "r.rngmultitypid")} as multirange
  ${FROM}
  join pg_range r on r.rngtypid = t.oid
  join pg_type b on b.oid = r.rngsubtype
  join pg_opclass oc on oc.oid = r.rngsubopc
  join pg_namespace n on n.oid = oc.opcnamespace
  where ${notOfExtension("pg_type", "t.oid")}`,
};

export const baseTypes: CatalogReader = {
  catalog: "pg_type",
  where: "typtype = 'b' and typinput <> 'array_in'::regproc",
  sql: () => `
  select ${COMMON("base type")},
    ${functionReference("t.typinput")} as input,
    ${functionReference("t.typoutput")} as output,
    ${functionReference("t.typreceive")} as receive,
    ${functionReference("t.typsend")} as send,
    ${functionReference("t.typmodin")} as "typmodIn",
    ${functionReference("t.typmodout")} as "typmodOut",
    ${functionReference("t.typanalyze")} as analyze,
    ${functionReference("t.typsubscript")} as subscript,
    t.typlen as length,
    t.typbyval as "byValue",
    case t.typalign when 'c' then 'char' when 's' then 'int2' when 'i' then 'int4' else 'double' end as alignment,
    case t.typstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end as storage,
    t.typcategory as category,
    t.typispreferred as preferred,
    t.typdefault as default,
    case when t.typelem <> 0 then format_type(t.typelem, null) end as element,
    t.typdelim as delimiter,
    t.typcollation <> 0 as collatable
  ${FROM}
  where t.typtype = 'b' and not exists (select from pg_type e where e.typarray = t.oid)
    and ${madeByPeople("t.oid")} and ${notOfExtension("pg_type", "t.oid")}`,
};

/** Types that are only announced. */
export const shellTypes: CatalogReader = {
  catalog: "pg_type",
  where: "not typisdefined",
  sql: () => `
  select ${COMMON("shell type")}
  ${FROM}
  where t.typtype = 'p' and not t.typisdefined and ${notOfExtension("pg_type", "t.oid")}`,
};
