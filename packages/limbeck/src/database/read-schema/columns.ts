import type { Attributes } from "../../schema/fact.ts";
import { bits, optionList, ownCollation, privileges, sequenceColumns } from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

/** The columns of tables and foreign tables, and the attributes of composite types that stand alone. */
export const columns: CatalogReader = {
  catalog: "pg_class",
  kind: "column",
  where: "relkind in ('r', 'p', 'f', 'c')",
  columns: ["_on", "_number", "_name", "_acl", "_type", "_flags", "_unusual"],
  sql: (majorVersion) => `
  select c.oid::bigint as _on, a.attnum as _number, a.attname as _name, ${privileges("c.relowner", "a.attacl", "'c'")} as _acl,
    format_type(a.atttypid, a.atttypmod) as _type, ${bits("a.attnotnull", "a.attinhcount > 0", "a.attislocal")} as _flags,
    case when a.attgenerated <> '' or a.attidentity <> '' or a.attcollation <> t.typcollation or a.attstorage <> t.typstorage
        or a.attcompression <> '' or a.attstattarget >= 0 or a.attoptions is not null or a.attfdwoptions is not null
        ${majorVersion >= 18 ? `or ${UNUSUAL_NOT_NULL}` : ""}
      then json_build_object(${unusualAttributes(majorVersion)}, 'notNull', ${majorVersion >= 18 ? NOT_NULL : "null"}) end as _unusual
  from relation c
  join pg_attribute a on a.attrelid = c.oid
  join type t on t.oid = a.atttypid
  ${majorVersion >= 18 ? NOT_NULL_JOIN : ""}
  where c.relkind in ('r', 'p', 'f', 'c') and a.attnum > 0 and not a.attisdropped`,
  attributes: columnAttributes,
};

/** What most columns have nothing of. From 17 on, a partition's identity is its table's, and goes with that. */
function unusualAttributes(majorVersion: number): string {
  const identity =
    majorVersion >= 17 ? "case when not c.relispartition then a.attidentity else '' end" : "a.attidentity";
  return `
      'generated', case when a.attgenerated <> '' then (
        select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum) end,
      'generatedKind', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
      'identity', case ${identity} when 'a' then 'always' when 'd' then 'by default' end,
      'identitySequence', case when a.attidentity <> '' then (${identitySequence()}) end,
      'collation', ${ownCollation("a.attcollation", "t.typcollation")},
      'storage', case when a.attstorage <> t.typstorage then
        case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
      'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
      'statistics', nullif(a.attstattarget, -1),
      'options', ${optionList("a.attoptions")},
      'foreignOptions', ${optionList("a.attfdwoptions")}`;
}

function identitySequence(): string {
  return `select to_json(x) from (
        select n.nspname as schema, q.relname as name, ${sequenceColumns("s")}
          from pg_depend d
          join pg_sequence s on s.seqrelid = d.objid
          join pg_class q on q.oid = d.objid
          join pg_namespace n on n.oid = q.relnamespace
         where d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
           and d.classid = 'pg_class'::regclass and d.deptype = 'i') x`;
}

const USUAL = {
  generated: null,
  generatedKind: null,
  identity: null,
  identitySequence: null,
  collation: null,
  storage: null,
  compression: null,
  statistics: null,
  options: [],
  foreignOptions: [],
  notNull: null,
} satisfies Attributes;

/** From PostgreSQL 18 on, NOT NULL is a constraint, which has a name and may be not valid yet. */
const UNUSUAL_NOT_NULL = `x.conname <> c.relname || '_' || a.attname || '_not_null' or not x.convalidated or x.connoinherit`;

const NOT_NULL = `case when x.oid is not null then json_build_object(
      'table', c.relname, 'column', a.attname, 'name', case when x.conislocal and not exists (select 1 from pg_inherits i join pg_constraint p on p.conrelid = i.inhparent
        where i.inhrelid = c.oid and x.coninhcount > 0 and p.contype = 'n' and p.conname = x.conname) then x.conname end,
      'validated', x.convalidated, 'noInherit', x.connoinherit) end`;

const NOT_NULL_JOIN = `left join pg_constraint x on x.conrelid = a.attrelid and x.contype = 'n' and x.conkey[1] = a.attnum`;

interface NotNull {
  readonly table: string;
  readonly column: string;
  readonly name: string | null;
  readonly validated: boolean;
  readonly noInherit: boolean;
}

const [NOT_NULLABLE, INHERITED, LOCAL] = [1, 2, 4];

/** What columns of which there is nothing unusual say, by their type and flags: thousands say the same. */
const USUAL_COLUMNS = new Map<string, Attributes>();

function columnAttributes(row: Attributes): Attributes {
  if (row["_unusual"] !== null) return attributesOf(row);
  const key = `${row["_flags"] as number} ${row["_type"] as string}`;
  let known = USUAL_COLUMNS.get(key);
  if (known === undefined) USUAL_COLUMNS.set(key, (known = attributesOf(row)));
  return known;
}

function attributesOf(row: Attributes): Attributes {
  const unusual = (row["_unusual"] ?? USUAL) as typeof USUAL;
  const constraint = unusual.notNull as NotNull | null;
  const flags = row["_flags"] as number;
  return {
    type: row["_type"]!,
    nullable: (flags & NOT_NULLABLE) === 0,
    notNullName: constraint === null ? null : ownName(constraint),
    notNullValidated: constraint?.validated ?? true,
    notNullNoInherit: constraint?.noInherit ?? false,
    generated: unusual.generated,
    generatedKind: unusual.generatedKind,
    identity: unusual.identity,
    identitySequence: unusual.identitySequence,
    collation: unusual.collation,
    storage: unusual.storage,
    compression: unusual.compression,
    statistics: unusual.statistics,
    options: unusual.options,
    foreignOptions: unusual.foreignOptions,
    inherited: (flags & INHERITED) !== 0,
    local: (flags & LOCAL) !== 0,
  };
}

/**
 * Null for the name that PostgreSQL chooses by itself, `city_name_not_null`; and for the one that it chose when the table or the
 * column had another name, or the table was a partition, since the constraint keeps it then.
 */
function ownName({ table, column, name, validated, noInherit }: NotNull): string | null {
  if (name === null || name === chosenName(table, column, "not_null")) return null;
  if (!validated || noInherit) return name;
  const isChosen =
    /_not_null\d*$/.test(name) &&
    (name.startsWith(`${table}_`) || name.replace(/\d*$/, "").endsWith(`_${column}_not_null`));
  return isChosen ? null : name;
}

/** Longest name in bytes. */
const LONGEST = 63;

/** As PostgreSQL's makeObjectName() does it: the longer of the two names is cut until all fits. */
function chosenName(table: string, column: string, label: string): string {
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  let [first, second] = [Array.from(table), Array.from(column)];
  const length = (part: readonly string[]): number => bytes(part.join(""));
  while (length(first) + length(second) + bytes(label) + 2 > LONGEST) {
    if (length(first) > length(second)) first = first.slice(0, -1);
    else second = second.slice(0, -1);
  }
  return `${first.join("")}_${second.join("")}_${label}`;
}

/** The defaults of columns, those of views included. A default names no column, so that its table need not be opened. */
export const defaults: CatalogReader = {
  catalog: "pg_attrdef",
  kind: "default",
  columns: ["_oid", "_on", "_name", "expression"],
  sql: () => `
  select d.oid::bigint as _oid, c.oid::bigint as _on, a.attname as _name, pg_get_expr(d.adbin, 0) as expression
  from pg_attrdef d
  join relation c on c.oid = d.adrelid
  join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
  where a.attgenerated = '' and not a.attisdropped`,
};
