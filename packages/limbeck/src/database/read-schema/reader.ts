import type { Attribute, Attributes, FactKind } from "../../schema/fact.ts";

/**
 * Reads the facts of one catalog. The statement gives a row for each object. What begins with an underscore says what
 * the object is (`ObjectRow`), or is for `attributes` to make something of; all other columns are attributes. It may use the tables of `COMMON_TABLES`.
 */
export interface CatalogReader {
  /** The catalog that `_oid` counts in. */
  readonly catalog: string;
  /** The kind of its facts, where the rows do not say it. */
  readonly kind?: FactKind;
  /** The condition for the catalog's rows that it reads: where there are none, it is not asked. */
  readonly where?: string;
  /** What tells whether there are rows, if people may not look into the catalog itself: a view with the same rows. */
  readonly source?: string;
  /** The first major version that has the catalog. */
  readonly since?: number;
  readonly sql: (majorVersion: number, mayReadConnections: boolean) => string;
  /** The statement's columns, for a catalog of which a database has thousands of rows: they travel column by column. */
  readonly columns?: readonly string[];
  /** Makes further attributes out of a row's columns. Has to copy what it keeps of a row. */
  readonly attributes?: (row: Attributes, context: ReaderContext) => Attributes;
}

export interface ReaderContext {
  /** The names of some columns of a relation, by their numbers; null stands for a number without a column. */
  readonly columnNames: (relation: Attribute | undefined, numbers: Attribute | undefined) => (string | null)[];
  /** The names of a table. */
  readonly table: (oid: Attribute | undefined) => Attribute;
}

export type Acl = readonly [given: readonly string[], byItself: readonly string[] | null, owner: string];

/** What a row says beside attributes. */
export interface ObjectRow {
  /** Left out where it is what the row is on. */
  readonly _oid?: string;
  /** The number of a column in its relation: where it stands among its siblings. */
  readonly _number?: number;
  readonly _kind?: FactKind;
  readonly _schema?: string;
  /** What the object is on: the oid of a relation, or of an object in another catalog. */
  readonly _on?: string;
  readonly _on_catalog?: string;
  /** The oid of its row in pg_class, if that is not itself. */
  readonly _class?: string;
  readonly _name: string;
  readonly _signature?: string;
  /** What it is a part of, beside what it is on: kinds and identities. */
  readonly _parents?: readonly Attributes[] | null;
  /** The oid of the role that owns it. */
  readonly _owner?: string | null;
  /** Privileges, and those that it would have by itself, as PostgreSQL's aclitems; the oid of the owner. Null where nobody changed them. */
  readonly _acl?: Acl | null;
}

/** What came with extensions. */
export const MEMBERS = `
    select d.classid, d.objid, d.refobjid from pg_depend d
     where d.deptype = 'e' and d.refclassid = 'pg_extension'::regclass`;

/**
 * What the statements have in common: `space` are the schemas to read, `type` what columns compare themselves with, `member` is what came with extensions, `relation` are
 * the relations of those schemas that people made, `whole` are the indexes that those of partitions are parts of, with their keys.
 * `$1` lists the schemas' oids.
 */
export const COMMON_TABLES = `
  space as materialized (
    select n.* from pg_namespace n where n.oid = any($1::oid[])
  ),
  type as materialized (
    select t.oid, t.typstorage, t.typcollation from pg_type t
  ),
  member as materialized (${MEMBERS}
  ),
  relation as materialized (
    select c.*, s.nspname as schema,
      case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'c' then 'composite type'
        when 'f' then 'foreign table' when 'S' then 'sequence' else 'table' end as kind
    from pg_class c join space s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'c', 'S')
      and not exists (select from member e where e.classid = 'pg_class'::regclass and e.objid = c.oid)
      and not exists (select from member e where e.classid = 'pg_type'::regclass and e.objid = c.reltype and c.relkind = 'c')
  ),
  whole as materialized (
    select x.inhrelid as part, n.nspname as schema, c.relname as name, t.relname as relation, k.conname as key
    from pg_inherits x
    join pg_class c on c.oid = x.inhparent and c.relkind = 'I'
    join pg_namespace n on n.oid = c.relnamespace
    join pg_index i on i.indexrelid = c.oid
    join pg_class t on t.oid = i.indrelid
    left join pg_constraint k on k.conindid = c.oid and k.contype in ('p', 'u', 'x')
  )`;
