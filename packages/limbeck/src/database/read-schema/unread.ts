import { madeByPeople } from "./fragments.ts";

/** Catalogs of what stands in schemas, and the column with the schema. */
const IN_SCHEMAS: Readonly<Record<string, string>> = {
  pg_class: "relnamespace",
  pg_proc: "pronamespace",
  pg_type: "typnamespace",
  pg_operator: "oprnamespace",
  pg_opclass: "opcnamespace",
  pg_opfamily: "opfnamespace",
  pg_conversion: "connamespace",
  pg_ts_config: "cfgnamespace",
  pg_ts_dict: "dictnamespace",
  pg_ts_parser: "prsnamespace",
  pg_ts_template: "tmplnamespace",
  pg_statistic_ext: "stxnamespace",
};

/** Catalogs with privileges: the beginning of their columns' names, and what acldefault() calls the kind. */
const WITH_RIGHTS: readonly (readonly [catalog: string, prefix: string, letter: string])[] = [
  ["pg_class", "rel", `case x.relkind when 'S' then 's' else 'r' end::"char"`],
  ["pg_proc", "pro", "'f'"],
  ["pg_type", "typ", "'T'"],
  ["pg_namespace", "nsp", "'n'"],
  ["pg_language", "lan", "'l'"],
  ["pg_foreign_data_wrapper", "fdw", "'F'"],
  ["pg_foreign_server", "srv", "'S'"],
];

const RIGHTS = [
  ...WITH_RIGHTS.map(
    ([catalog, prefix, letter]) =>
      `select '${catalog}'::regclass::oid as catalog, x.oid, 0 as number, x.${prefix}acl as acl,
          acldefault(${letter}, x.${prefix}owner) as usual
         from ${catalog} x where x.${prefix}acl is not null`,
  ),
  `select 'pg_class'::regclass::oid, a.attrelid, a.attnum, a.attacl, acldefault('c', 10) from pg_attribute a where a.attacl is not null`,
].join(" union all ");

/** What is no part of anything: no type of a table, no array, no index, no toast table. */
const WHOLE: Readonly<Record<string, string>> = {
  pg_class: "x.relkind not in ('i', 'I', 't', 'c')",
  pg_type: `x.typcategory <> 'A' and not exists (select from pg_class c where c.oid = x.typrelid and c.relkind <> 'c')`,
};

const MADE = Object.entries(IN_SCHEMAS)
  .map(
    ([catalog, schema]) =>
      `select '${catalog}'::regclass::oid as catalog, x.oid, 0 as number, x.${schema} as schema from ${catalog} x
        where ${madeByPeople("x.oid")} and ${WHOLE[catalog] ?? "true"}`,
  )
  .join(" union all ");

/** What people can put on a relation that came with an extension. */
const ON_RELATIONS = `
  select 'pg_class'::regclass::oid as catalog, x.indexrelid as oid, x.indrelid as relation from pg_index x
    where not exists (select from pg_constraint k where k.conindid = x.indexrelid)
  union all select 'pg_trigger'::regclass, x.oid, x.tgrelid from pg_trigger x where not x.tgisinternal
  union all select 'pg_rewrite'::regclass, x.oid, x.ev_class from pg_rewrite x where x.rulename <> '_RETURN'
  union all select 'pg_constraint'::regclass, x.oid, x.conrelid from pg_constraint x where x.contype in ('c', 'f', 'p', 'u', 'x')
  union all select 'pg_statistic_ext'::regclass, x.oid, x.stxrelid from pg_statistic_ext x`;

const isMember = (catalog: string, oid: string): string =>
  `exists (select from member e where e.classid = ${catalog} and e.objid = ${oid})`;

/** Kinds and names of objects, which `from` calls `o`. */
const named = (kind: string, from: string, where: string): string =>
  `select ${kind} as kind, i.identity as name from ${from}, lateral pg_identify_object(o.catalog, o.oid, o.number) i where ${where}`;

/**
 * Kinds and names of what no reader reads and pg_depend does not tell by itself. Large objects are data; roles, tablespaces and
 * privileges on parameters belong to the whole server. Of what an extension or initdb brought, only the privileges are known
 * as they were (manual, pg_init_privs); nobody keeps those of the information schema. What stands on an extension's relation is
 * its own up to its last member, and people's after that.
 */
export const unread = (majorVersion: number): string => `
  with member as materialized (
    select d.classid, d.objid, e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
     where d.deptype = 'e' and d.refclassid = 'pg_extension'::regclass
  ),
  initial as materialized (
    select r.catalog, r.oid, r.number, m.extname as extension
      from (${RIGHTS}) r
      left join pg_init_privs p on p.classoid = r.catalog and p.objoid = r.oid and p.objsubid = r.number
      left join member m on m.classid = r.catalog and m.objid = r.oid
     where not (r.acl @> coalesce(p.initprivs, r.usual) and r.acl <@ coalesce(p.initprivs, r.usual))
       and (m.objid is not null or not ${madeByPeople("r.oid")} and (p.objoid is not null or r.oid < 12000))
       and not (r.catalog = 'pg_namespace'::regclass and r.oid in (
         select n.oid from pg_namespace n where n.nspname !~ '^pg_' and m.objid is null))
  ),
  elsewhere as materialized (
    select s.catalog, s.oid, s.number, m.extname as extension
      from (${MADE}) s
      join pg_namespace n on n.oid = s.schema
      left join member m on m.classid = 'pg_namespace'::regclass and m.objid = n.oid
     where (m.objid is not null or n.nspname in ('pg_catalog', 'information_schema')) and not ${isMember("s.catalog", "s.oid")}
  ),
  added as (
    select 'pg_amop'::regclass::oid as catalog, a.oid, 0 as number, a.amopfamily as family, not ${isMember("'pg_operator'::regclass", "a.amopopr")} as own
      from pg_amop a where ${madeByPeople("a.oid")}
    union all
    select 'pg_amproc'::regclass, a.oid, 0, a.amprocfamily, not ${isMember("'pg_proc'::regclass", "a.amproc")} from pg_amproc a where ${madeByPeople("a.oid")}
  ),
  within as (
    select 'pg_default_acl'::regclass::oid as catalog, d.oid, 0 as number, d.defaclnamespace as schema from pg_default_acl d
    ${majorVersion >= 15 ? "union all select 'pg_publication_namespace'::regclass, n.oid, 0, n.pnnspid from pg_publication_namespace n" : ""}
  ),
  put as (
    select 'pg_policy'::regclass::oid as catalog, p.oid, 0 as number, p.polrelid as relation from pg_policy p
    union all select 'pg_publication_rel'::regclass, r.oid, 0, r.prrelid from pg_publication_rel r
  ),
  upon as (
    select o.catalog, o.oid, 0 as number
      from (${ON_RELATIONS}) o
      join member m on m.classid = 'pg_class'::regclass and m.objid = o.relation
     where o.oid > (select max(e.objid) from member e where e.extname = m.extname) and not ${isMember("o.catalog", "o.oid")}
  ),
  needing as (
    select d.classid as catalog, d.objid as oid, d.objsubid as number, quote_ident(e.extname) as extension
      from pg_depend d join pg_extension e on e.oid = d.refobjid
     where d.deptype = 'x' and d.refclassid = 'pg_extension'::regclass
  ),
  described as (
    select d.classoid as catalog, d.objoid as oid, d.objsubid as number from pg_description d
     where ${madeByPeople("d.objoid")} and not ${isMember("d.classoid", "d.objoid")} and (
       d.classoid = 'pg_type'::regclass and exists (select from pg_type x where x.oid = d.objoid and not (${WHOLE["pg_type"]}))
       or d.classoid = 'pg_rewrite'::regclass and exists (select from pg_rewrite x where x.oid = d.objoid and x.rulename = '_RETURN'))
  ),
  own as (
    select d.oid, d.datacl as acl, acldefault('d', d.datdba) as usual from pg_database d where d.datname = current_database()
  )
  ${named("'grant on ' || i.type", "initial o", "o.extension is null")}
  union select 'grant on objects of extension', quote_ident(o.extension) from initial o where o.extension is not null
  union ${named("i.type", "elsewhere o", "o.extension is null")}
  union select 'objects in the schema of extension', quote_ident(o.extension) from elsewhere o where o.extension is not null
  union ${named(
    "i.type",
    "added o",
    `o.own and not ${madeByPeople("o.family")} and not exists (
       select from pg_depend d where d.classid = o.catalog and d.objid = o.oid and d.refclassid = 'pg_opclass'::regclass)`,
  )}
  union ${named("i.type", "put o", isMember("'pg_class'::regclass", "o.relation"))}
  union ${named("i.type", "upon o", "true")}
  union ${named("i.type", "within o", isMember("'pg_namespace'::regclass", "o.schema"))}
  union ${named("'dependency on extension ' || o.extension || ' of ' || i.type", "needing o", "true")}
  union ${named("'comment on ' || i.type", "described o", "true")}
  union select 'database', 'setting ' || split_part(x.setting, '=', 1) || coalesce(' of role ' || quote_ident(r.rolname), '')
    from own join pg_db_role_setting s on s.setdatabase = own.oid left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) x(setting)
  union select 'database', 'comment' from own where ${madeByPeople("own.oid")} and shobj_description(own.oid, 'pg_database') is not null
  union select 'database', 'grant' from own where not (own.acl @> own.usual and own.acl <@ own.usual)
  union select 'database', 'security label' from own
    join pg_shseclabel l on l.classoid = 'pg_database'::regclass and l.objoid = own.oid`;
