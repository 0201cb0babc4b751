import { madeByPeople } from "./fragments.ts";
import { MEMBERS } from "./reader.ts";

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

/** Catalogs of what can be added to a family of operators: the columns with the family, and with what is added from where. */
const ADDITIONS: Readonly<Record<string, readonly [family: string, added: string, from: string]>> = {
  pg_amop: ["amopfamily", "amopopr", "pg_operator"],
  pg_amproc: ["amprocfamily", "amproc", "pg_proc"],
};

/** Catalogs of what is put on tables, and the column with the table. */
const ON_TABLES: Readonly<Record<string, string>> = { pg_policy: "polrelid", pg_publication_rel: "prrelid" };

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
  // People's own tables have most of the columns, and what is granted on those is a fact.
  ...[
    `pg_attribute a where not ${madeByPeople("a.attrelid")}`,
    `member e join pg_attribute a on a.attrelid = e.objid where e.classid = 'pg_class'::regclass and ${madeByPeople("e.objid")}`,
  ].map(
    (from) =>
      `select 'pg_class'::regclass, a.attrelid, a.attnum, a.attacl, acldefault('c', 10) from ${from} and a.attacl is not null`,
  ),
].join(" union all ");

/** What is no part of anything: no type of a table, no array, no index, no toast table. */
const WHOLE: Readonly<Record<string, string>> = {
  pg_class: "x.relkind not in ('i', 'I', 't', 'c')",
  pg_type: `x.typcategory <> 'A' and not exists (select from pg_class c where c.oid = x.typrelid and c.relkind <> 'c')`,
};

const isMember = (catalog: string, oid: string): string =>
  `exists (select from member e where e.classid = ${catalog} and e.objid = ${oid})`;

/** Catalog, oid and number of a catalog's rows, as the table `x`. */
const address = (catalog: string): string => `'${catalog}'::regclass::oid as catalog, x.oid, 0 as number`;

/** Kinds and names of objects, which `from` calls `o`. Of those with an extension, what they are of it, and its name. */
const named = (kind: string, from: string, ofExtension = "null"): string => `
  select case when o.extension is null then ${kind} else ${ofExtension} end as kind,
    case when o.extension is null then i.identity else quote_ident(o.extension) end as name
    from (${from}) o left join lateral pg_identify_object(o.catalog, o.oid, o.number) i on o.extension is null`;

/**
 * Privileges on what an extension or initdb brought, where they are not as those left them (manual, pg_init_privs); nobody keeps
 * those of the information schema.
 */
const GRANTS = named(
  "'grant on ' || i.type",
  `select r.catalog, r.oid, r.number, e.extname as extension
     from (${RIGHTS}) r
     left join pg_init_privs p on p.classoid = r.catalog and p.objoid = r.oid and p.objsubid = r.number
     left join member m on m.classid = r.catalog and m.objid = r.oid
     left join pg_extension e on e.oid = m.refobjid
    where not (r.acl @> coalesce(p.initprivs, r.usual) and r.acl <@ coalesce(p.initprivs, r.usual))
      and (m.objid is not null or not ${madeByPeople("r.oid")} and (p.objoid is not null or r.oid < 12000))
      and not (r.catalog = 'pg_namespace'::regclass and m.objid is null and r.oid in (
        select n.oid from pg_namespace n where n.nspname !~ '^pg_'))`,
  "'grant on objects of extension'",
);

const NEEDING = `
  select 'dependency on extension ' || quote_ident(e.extname) || ' of ' || i.type, i.identity
    from pg_depend d join pg_extension e on e.oid = d.refobjid, lateral pg_identify_object(d.classid, d.objid, d.objsubid) i
   where d.deptype = 'x' and d.refclassid = 'pg_extension'::regclass`;

/** Large objects are data; roles, tablespaces and privileges on parameters belong to the whole server. */
const DATABASE = `
  select 'database', x.name
    from (select d.oid, d.datdba, d.datacl as acl, acldefault('d', d.datdba) as usual
            from pg_database d where d.datname = current_database()) own,
    lateral (
      select 'setting ' || split_part(c.setting, '=', 1) || coalesce(' of role ' || quote_ident(r.rolname), '') as name
        from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) c(setting)
       where s.setdatabase = own.oid
      union all select 'comment' where ${madeByPeople("own.oid")} and shobj_description(own.oid, 'pg_database') is not null
      union all select 'grant' where not (own.acl @> own.usual and own.acl <@ own.usual)
      union all select 'security label' from pg_shseclabel l where l.classoid = 'pg_database'::regclass and l.objoid = own.oid
    ) x`;

/** What stands in PostgreSQL's own schemas, or in those that extensions brought. */
function elsewhere(catalog: string, schema: string): string {
  const objects = `select ${address(catalog)}, e.extname as extension
     from pg_namespace n
     left join member m on m.classid = 'pg_namespace'::regclass and m.objid = n.oid
     left join pg_extension e on e.oid = m.refobjid
     join ${catalog} x on x.${schema} = n.oid
    where (m.objid is not null or n.nspname in ('pg_catalog', 'information_schema'))
      and ${madeByPeople("x.oid")} and ${WHOLE[catalog] ?? "true"} and not ${isMember(`'${catalog}'::regclass`, "x.oid")}`;
  return named("i.type", objects, "'objects in the schema of extension'");
}

/** What was added to a built-in family. */
function addition(catalog: string, [family, added, from]: readonly [string, string, string]): string {
  return named(
    "i.type",
    `select ${address(catalog)}, null::name as extension from ${catalog} x
      where ${madeByPeople("x.oid")} and not ${madeByPeople(`x.${family}`)} and not ${isMember(`'${from}'::regclass`, `x.${added}`)}
        and not exists (select from pg_depend d
          where d.classid = '${catalog}'::regclass and d.objid = x.oid and d.refclassid = 'pg_opclass'::regclass)`,
  );
}

/** What was put on an extension's table. */
function onTable(catalog: string, relation: string): string {
  return named(
    "i.type",
    `select ${address(catalog)}, null::name as extension from ${catalog} x where ${isMember("'pg_class'::regclass", `x.${relation}`)}`,
  );
}

/**
 * What people put on an extension's relations and schemas. What an extension's script puts there depends on no extension, but is
 * older than its last member.
 */
function onMembers(majorVersion: number): string[] {
  const objects = `select o.catalog, o.oid, 0 as number, null::name as extension
     from member m, lateral (
       select 'pg_class'::regclass::oid as catalog, x.indexrelid as oid from pg_index x
         where x.indrelid = m.objid and not exists (select from pg_constraint k where k.conindid = x.indexrelid)
       union all select 'pg_trigger'::regclass, x.oid from pg_trigger x where x.tgrelid = m.objid and not x.tgisinternal
       union all select 'pg_rewrite'::regclass, x.oid from pg_rewrite x where x.ev_class = m.objid and x.rulename <> '_RETURN'
       union all select 'pg_constraint'::regclass, x.oid from pg_constraint x
         where x.conrelid = m.objid and x.contype in ('c', 'f', 'p', 'u', 'x')
       union all select 'pg_statistic_ext'::regclass, x.oid from pg_statistic_ext x where x.stxrelid = m.objid
     ) o
    where m.classid = 'pg_class'::regclass and o.oid > (select max(e.objid) from member e where e.refobjid = m.refobjid)
      and not ${isMember("o.catalog", "o.oid")}`;
  const inSchemas = (catalog: string, schema: string): string =>
    `select ${address(catalog)}, null::name as extension from member m join ${catalog} x on x.${schema} = m.objid
      where m.classid = 'pg_namespace'::regclass`;
  return [
    named("i.type", objects),
    named("i.type", inSchemas("pg_default_acl", "defaclnamespace")),
    ...(majorVersion >= 15 ? [named("i.type", inSchemas("pg_publication_namespace", "pnnspid"))] : []),
  ];
}

/** The catalogs that need not be looked into where people made nothing in them. */
export const UNREAD_CATALOGS: readonly string[] = [IN_SCHEMAS, ADDITIONS, ON_TABLES].flatMap(Object.keys);

/**
 * The statement for kinds and names of what no reader reads and pg_depend does not tell by itself, but for comments.
 * `catalogs` are those of `UNREAD_CATALOGS` in which people made something.
 */
export function unreadQuery(catalogs: ReadonlySet<string>, majorVersion: number): string {
  const present = <Said>(
    said: Readonly<Record<string, Said>>,
    each: (catalog: string, said: Said) => string,
  ): string[] =>
    Object.entries(said).flatMap(([catalog, columns]) => (catalogs.has(catalog) ? [each(catalog, columns)] : []));
  return [
    GRANTS,
    NEEDING,
    DATABASE,
    ...onMembers(majorVersion),
    ...present(IN_SCHEMAS, elsewhere),
    ...present(ADDITIONS, addition),
    ...present(ON_TABLES, onTable),
  ].join("\n  union all");
}

/** The catalogs of what has comments that no fact describes. */
export const COMMENTED_CATALOGS: readonly string[] = ["pg_type", "pg_rewrite"];

/** Those on types of tables and on rules of views. */
export const UNREAD_COMMENTS = `
  with member as materialized (${MEMBERS})
  select 'comment on ' || i.type as kind, i.identity as name
    from pg_description d, lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
   where ${madeByPeople("d.objoid")} and not ${isMember("d.classoid", "d.objoid")} and (
     d.classoid = 'pg_type'::regclass and exists (select from pg_type x where x.oid = d.objoid and not (${WHOLE["pg_type"]}))
     or d.classoid = 'pg_rewrite'::regclass and exists (select from pg_rewrite x where x.oid = d.objoid and x.rulename = '_RETURN'))`;
