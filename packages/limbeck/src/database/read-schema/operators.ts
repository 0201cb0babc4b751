import { functionReference, madeByPeople, notInternal, notOfExtension, ownership } from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

const typeName = (oid: string): string => `case when ${oid} <> 0 then format_type(${oid}, null) end`;

const operatorName = (oid: string): string =>
  `(select format('OPERATOR(%I.%s)', n.nspname, x.oprname)
      from pg_operator x join pg_namespace n on n.oid = x.oprnamespace where x.oid = ${oid})`;

export const operators: CatalogReader = {
  catalog: "pg_operator",
  sql: () => `
  select o.oid as _oid, 'operator' as _kind, s.nspname as _schema, o.oprname as _name,
    coalesce(${typeName("o.oprleft")}, 'NONE') || ', ' || coalesce(${typeName("o.oprright")}, 'NONE') as _signature,
    o.oprowner as _owner,
    ${typeName("o.oprleft")} as "leftType",
    ${typeName("o.oprright")} as "rightType",
    ${functionReference("o.oprcode")} as function,
    ${operatorName("o.oprcom")} as commutator,
    ${operatorName("o.oprnegate")} as negator,
    ${functionReference("o.oprrest")} as restrict,
    ${functionReference("o.oprjoin")} as join,
    o.oprcanhash as hashes,
    o.oprcanmerge as merges
  from pg_operator o join space s on s.oid = o.oprnamespace
  where o.oprcode <> 0 and ${notOfExtension("pg_operator", "o.oid")}`,
};

/** The operators and the functions that belong to an operator class or, being loose, to a family. */
const members = (owner: string, deptype: string): string => `
    coalesce((
      select json_agg(json_build_object(
          'number', a.amopstrategy,
          'operator', ${operatorName("a.amopopr")},
          'leftType', format_type(a.amoplefttype, null),
          'rightType', format_type(a.amoprighttype, null),
          'orderBy', case when a.amopsortfamily <> 0 then (
            select format('%I.%I', n.nspname, f.opfname)
              from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace where f.oid = a.amopsortfamily) end)
        order by a.amopstrategy, a.amoplefttype::regtype::text, a.amoprighttype::regtype::text)
        from pg_depend d join pg_amop a on a.oid = d.objid
       where d.classid = 'pg_amop'::regclass and d.refclassid = '${owner}'::regclass and d.refobjid = o.oid
         and d.deptype = '${deptype}'), '[]') as operators,
    coalesce((
      select json_agg(json_build_object(
          'number', a.amprocnum,
          'function', a.amproc::regprocedure::text,
          'leftType', format_type(a.amproclefttype, null),
          'rightType', format_type(a.amprocrighttype, null))
        order by a.amprocnum, a.amproclefttype::regtype::text, a.amprocrighttype::regtype::text)
        from pg_depend d join pg_amproc a on a.oid = d.objid
       where d.classid = 'pg_amproc'::regclass and d.refclassid = '${owner}'::regclass and d.refobjid = o.oid
         and d.deptype = '${deptype}'), '[]') as functions`;

export const operatorFamilies: CatalogReader = {
  catalog: "pg_opfamily",
  sql: () => `
  select o.oid as _oid, 'operator family' as _kind, s.nspname as _schema, o.opfname as _name, am.amname as _signature,
    o.opfowner as _owner, am.amname as method, ${members("pg_opfamily", "a")}
  from pg_opfamily o join space s on s.oid = o.opfnamespace join pg_am am on am.oid = o.opfmethod
  where ${notOfExtension("pg_opfamily", "o.oid")}`,
};

export const operatorClasses: CatalogReader = {
  catalog: "pg_opclass",
  sql: () => `
  select o.oid as _oid, 'operator class' as _kind, s.nspname as _schema, o.opcname as _name, am.amname as _signature,
    o.opcowner as _owner,
    am.amname as method,
    format_type(o.opcintype, null) as type,
    o.opcdefault as default,
    json_build_object('schema', fn.nspname, 'name', f.opfname) as family,
    ${typeName("o.opckeytype")} as storage,
    ${members("pg_opclass", "i")}
  from pg_opclass o
  join space s on s.oid = o.opcnamespace
  join pg_am am on am.oid = o.opcmethod
  join pg_opfamily f on f.oid = o.opcfamily
  join pg_namespace fn on fn.oid = f.opfnamespace
  where ${notOfExtension("pg_opclass", "o.oid")}`,
};

export const casts: CatalogReader = {
  catalog: "pg_cast",
  sql: () => `
  select c.oid as _oid, 'cast' as _kind, '' as _name,
    format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null) as _signature,
    format_type(c.castsource, null) as source,
    format_type(c.casttarget, null) as target,
    case c.castmethod when 'f' then 'function' when 'i' then 'inout' else 'binary' end as method,
    case when c.castfunc <> 0 then c.castfunc::regprocedure::text end as function,
    case c.castcontext when 'e' then 'explicit' when 'a' then 'assignment' else 'implicit' end as context
  from pg_cast c
  where ${madeByPeople("c.oid")} and ${notOfExtension("pg_cast", "c.oid")} and ${notInternal("pg_cast", "c.oid")}`,
};

export const transforms: CatalogReader = {
  catalog: "pg_transform",
  sql: () => `
  select t.oid as _oid, 'transform' as _kind, '' as _name,
    format_type(t.trftype, null) || ' FOR ' || l.lanname as _signature,
    format_type(t.trftype, null) as type,
    l.lanname as language,
    case when t.trffromsql <> 0 then t.trffromsql::regprocedure::text end as "fromSql",
    case when t.trftosql <> 0 then t.trftosql::regprocedure::text end as "toSql"
  from pg_transform t join pg_language l on l.oid = t.trflang
  where ${madeByPeople("t.oid")} and ${notOfExtension("pg_transform", "t.oid")}`,
};

export const accessMethods: CatalogReader = {
  catalog: "pg_am",
  sql: () => `
  select a.oid as _oid, 'access method' as _kind, a.amname as _name,
    case a.amtype when 't' then 'table' else 'index' end as type,
    ${functionReference("a.amhandler")} as handler
  from pg_am a
  where ${madeByPeople("a.oid")} and ${notOfExtension("pg_am", "a.oid")}`,
};

export const languages: CatalogReader = {
  catalog: "pg_language",
  sql: () => `
  select l.oid as _oid, 'language' as _kind, l.lanname as _name, ${ownership("l.lanowner", "l.lanacl", "'l'")},
    l.lanpltrusted as trusted,
    ${functionReference("l.lanplcallfoid")} as handler,
    ${functionReference("l.laninline")} as inline,
    ${functionReference("l.lanvalidator")} as validator
  from pg_language l
  where l.lanispl and ${madeByPeople("l.oid")} and ${notOfExtension("pg_language", "l.oid")}`,
};
