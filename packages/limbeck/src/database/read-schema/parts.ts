import type { Attributes, FactKind } from "../../schema/fact.ts";
import { madeByPeople, privileges } from "./fragments.ts";
import type { Acl } from "./reader.ts";

/** What is read beside facts. Each statement gives rows of the type of its name. */

export interface RoleRow {
  readonly oid: string;
  readonly name: string;
}

export const ROLES = `select oid, rolname as name from pg_roles`;

/** The names of a column, and of its relation. */
export interface ColumnNameRow {
  readonly relation: number;
  readonly number: number;
  readonly name: string;
}

/** Those of relations whose columns are no facts. */
export const COLUMN_NAMES = `
  select a.attrelid::bigint as relation, a.attnum as number, a.attname as name
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where a.attnum > 0 and not a.attisdropped and ${madeByPeople("c.oid")}
    and (c.relkind in ('v', 'm') or c.relkind in ('r', 'p', 'f') and not exists (select from relation r where r.oid = c.oid))`;

/** The names of a table. */
export interface TableRow {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
}

/** Those of tables that are no facts, to which foreign keys can point. */
export const TABLES = `
  select c.oid::bigint as oid, n.nspname as schema, c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f') and ${madeByPeople("c.oid")}
    and not exists (select from relation r where r.oid = c.oid)`;

/** The rows of pg_depend from the objects of one catalog to those of another. */
export interface DependenciesRow {
  readonly catalog: number;
  readonly on: number;
  /** A letter. */
  readonly type: string;
  /** Four numbers each, with commas between all: object and column, referenced object and column. */
  readonly pairs: string;
}

export const DEPENDENCIES = `
  select classid::bigint as catalog, refclassid::bigint as on, deptype as type,
    string_agg(concat_ws(',', objid, objsubid, refobjid, refobjsubid), ',') as pairs
  from pg_depend
  where ${madeByPeople("objid")}
  group by classid, refclassid, deptype`;

/** A text on an object: a comment, or with a provider a security label. */
export interface TextRow {
  readonly class: string;
  readonly object: string;
  readonly number: number;
  readonly provider: string | null;
  /** Null on an extension whose own comment somebody took away. */
  readonly text: string | null;
  /** The comment that an extension comes with. */
  readonly usual: string | null;
}

export const TEXTS = `
  select d.classoid as class, d.objoid as object, d.objsubid as number, null as provider, d.description as text, null as usual
  from pg_description d
  where (${madeByPeople("d.objoid")} or d.classoid = 'pg_namespace'::regclass and d.objoid in (select oid from space))
    and d.classoid <> 'pg_extension'::regclass
  union all
  select e.tableoid, e.oid, 0, null, d.description, a.comment
  from pg_extension e
  left join pg_description d on d.classoid = e.tableoid and d.objoid = e.oid
  left join pg_available_extensions a on a.name = e.extname
  where d.description is distinct from a.comment
  union all
  select l.classoid, l.objoid, l.objsubid, l.provider, l.label, null
  from pg_seclabel l`;

/** What is a part of a fact, and can have privileges and comments of its own. */
export interface PartRow {
  readonly oid: string;
  readonly kind: FactKind;
  readonly schema: string;
  readonly relation: string | null;
  readonly name: string;
  /** Kind and identity of the fact. */
  readonly of: Attributes;
  readonly acl: Acl | null;
}

/** The sequences of identity columns, the indexes of constraints, the columns of views. */
export const PARTS_OF_FACTS = `
  select q.oid, 'sequence' as kind, q.schema, null as relation, q.relname as name,
    json_build_object('kind', 'column', 'schema', c.schema, 'relation', c.relname, 'name', a.attname) as of,
    ${privileges("q.relowner", "q.relacl", "'s'")} as acl
  from pg_depend d
  join relation q on q.oid = d.objid and q.relkind = 'S'
  join relation c on c.oid = d.refobjid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'i'
  union all
  select i.oid, 'index', c.schema, null, i.relname,
    json_build_object('kind', 'constraint', 'schema', c.schema, 'relation', c.relname, 'name', x.conname), null
  from pg_constraint x join relation c on c.oid = x.conrelid join pg_class i on i.oid = x.conindid
  where x.contype in ('p', 'u', 'x')
    and exists (select from pg_description t where t.classoid = 'pg_class'::regclass and t.objoid = i.oid)
  union all
  select c.oid, 'column', c.schema, c.relname, a.attname,
    json_build_object('kind', c.kind, 'schema', c.schema, 'name', c.relname), ${privileges("c.relowner", "a.attacl", "'c'")}
  from relation c join pg_attribute a on a.attrelid = c.oid
  where c.relkind in ('v', 'm') and a.attacl is not null`;

/** The privileges that new objects of a role get. */
export interface DefaultPrivilegesRow {
  readonly oid: string;
  readonly role: string;
  readonly schema: string | null;
  readonly objects: string;
  readonly acl: readonly string[];
  readonly default_acl: readonly string[] | null;
}

export const DEFAULT_PRIVILEGES = `
  select d.oid, d.defaclrole as role, n.nspname as schema,
    case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types'
      when 'n' then 'schemas' else 'large objects' end as objects,
    d.defaclacl as acl,
    case when d.defaclnamespace = 0 then acldefault(
      case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole) end as default_acl
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
  where d.defaclnamespace = 0 or d.defaclnamespace in (select oid from space)`;

/** The numbers of the catalogs, by which the other rows call them. */
export interface CatalogRow {
  readonly oid: string;
  readonly name: string;
}

export const CATALOGS = `
  select oid, relname as name from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'`;
