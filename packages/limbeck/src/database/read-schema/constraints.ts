import type { Attributes } from "../../schema/fact.ts";
import { bits, notOfExtension, optionList, tablespaceName } from "./fragments.ts";
import type { CatalogReader, ReaderContext } from "./reader.ts";

/**
 * The constraints of tables and domains. NOT NULL is an attribute of its column. What a child inherits is its parent's
 * to say, but for keys, which a partition has under a name of its own. A foreign key with such a name is read as inherited.
 */
export const constraints: CatalogReader = {
  catalog: "pg_constraint",
  kind: "constraint",
  columns:
    `_oid _on _on_catalog _name _parents _type _flags _columns _other _others _actions _deleted _text _key_count _index`.split(
      " ",
    ),
  sql: (majorVersion) => `
  select con.oid::bigint as _oid, coalesce(c.oid, t.oid)::bigint as _on, case when c.oid is null then 'pg_type' end as _on_catalog,
    con.conname as _name, case when w.part is not null then json_build_array(${above(true)}) end as _parents,
    con.contype as _type,
    ${bits(
      "con.convalidated",
      "con.condeferrable",
      "con.condeferred",
      "con.connoinherit",
      majorVersion >= 18 ? "con.conenforced" : "true",
      majorVersion >= 18 ? "con.conperiod" : "false",
      majorVersion >= 15 ? "i.indnullsnotdistinct is true" : "false",
      "i.indisclustered is true",
      "i.indisreplident is true",
      "i.indisvalid is true",
      "con.contype = 'f' and con.conparentid <> 0",
    )} as _flags,
    case when i.indexrelid is null then con.conkey else i.indkey::int2[] end as _columns,
    con.confrelid::bigint as _other, con.confkey as _others,
    case con.contype when 'f' then concat(con.confupdtype, con.confdeltype, con.confmatchtype) end as _actions,
    ${majorVersion >= 15 ? "con.confdelsetcols" : "null::int2[]"} as _deleted,
    case con.contype
      when 'c' then pg_get_expr(con.conbin, con.conrelid) when 'x' then pg_get_constraintdef(con.oid) end as _text,
    i.indnkeyatts as _key_count,
    case when ic.relispartition or ic.reloptions is not null or ic.reltablespace <> 0 then json_build_object(
      'partOf', case when w.part is not null then ${above(false)} end,
      'options', ${optionList("ic.reloptions")},
      'tablespace', ${tablespaceName("ic.reltablespace")}) end as _index
  from pg_constraint con
  left join relation c on c.oid = con.conrelid and con.conrelid <> 0
  left join (
    select d.oid from pg_type d join space s on s.oid = d.typnamespace
     where d.typtype = 'd' and ${notOfExtension("pg_type", "d.oid")}
  ) t on t.oid = con.contypid and con.contypid <> 0
  left join pg_index i on i.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join whole w on w.part = ic.oid
  where con.contype in ('p', 'u', 'f', 'c', 'x') and (c.oid is not null or t.oid is not null)
    and (con.conislocal and con.conparentid = 0 or con.contype in ('p', 'u', 'x') or con.contype = 'f' and exists (
      select from pg_constraint up
       where up.oid = con.conparentid and up.conrelid <> con.conrelid and up.conname <> con.conname))
    and ${notOfExtension("pg_constraint", "con.oid")}`,
  attributes: constraintAttributes,
};

/** What a partition's key is a part of: the key or the index of the partitioned table. */
function above(withKind: boolean): string {
  const [key, index] = withKind ? ["'kind', 'constraint', ", "'kind', 'index', "] : ["", ""];
  return `case when w.key is null then json_build_object(${index}'schema', w.schema, 'name', w.name)
        else json_build_object(${key}'schema', w.schema, 'relation', w.relation, 'name', w.key) end`;
}

const ACTIONS: Readonly<Record<string, string>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

const [VALIDATED, DEFERRABLE, DEFERRED, NO_INHERIT, ENFORCED] = [1, 2, 4, 8, 16];
const [PERIOD, NULLS_NOT_DISTINCT, CLUSTERED, REPLICA_IDENTITY, VALID, INHERITED] = [32, 64, 128, 256, 512, 1024];

function constraintAttributes(row: Attributes, context: ReaderContext): Attributes {
  switch (row["_type"]) {
    case "f":
      return foreignKeyAttributes(row, context);
    case "c":
      return checkAttributes(row);
    default:
      return keyAttributes(row, context);
  }
}

function foreignKeyAttributes(row: Attributes, { columnNames, table }: ReaderContext): Attributes {
  const flags = row["_flags"] as number;
  const actions = row["_actions"] as string;
  return {
    type: "foreign key",
    columns: columnNames(row["_on"], row["_columns"]),
    references: table(row["_other"]),
    referencedColumns: columnNames(row["_other"], row["_others"]),
    onUpdate: ACTIONS[actions[0]!]!,
    onDelete: ACTIONS[actions[1]!]!,
    onDeleteColumns: row["_deleted"] === null ? null : columnNames(row["_on"], row["_deleted"]),
    match: actions[2] === "f" ? "full" : "simple",
    period: (flags & PERIOD) !== 0,
    ...((flags & INHERITED) !== 0 && { inherited: true }),
    validated: (flags & VALIDATED) !== 0,
    deferrable: (flags & DEFERRABLE) !== 0,
    initially: (flags & DEFERRED) === 0 ? "immediate" : "deferred",
    enforced: (flags & ENFORCED) !== 0,
  };
}

function checkAttributes(row: Attributes): Attributes {
  const flags = row["_flags"] as number;
  return {
    type: "check",
    expression: row["_text"]!,
    noInherit: (flags & NO_INHERIT) !== 0,
    validated: (flags & VALIDATED) !== 0,
    deferrable: (flags & DEFERRABLE) !== 0,
    initially: (flags & DEFERRED) === 0 ? "immediate" : "deferred",
    enforced: (flags & ENFORCED) !== 0,
  };
}

const USUAL = { partOf: null, options: [], tablespace: null } satisfies Attributes;

/** Of primary keys, unique and exclusion constraints, which have an index. */
function keyAttributes(row: Attributes, { columnNames }: ReaderContext): Attributes {
  const flags = row["_flags"] as number;
  const { partOf, options, tablespace } = (row["_index"] ?? USUAL) as typeof USUAL;
  const common = {
    validated: (flags & VALIDATED) !== 0,
    deferrable: (flags & DEFERRABLE) !== 0,
    initially: (flags & DEFERRED) === 0 ? "immediate" : "deferred",
    enforced: (flags & ENFORCED) !== 0,
    clustered: (flags & CLUSTERED) !== 0,
    replicaIdentity: (flags & REPLICA_IDENTITY) !== 0,
    valid: (flags & VALID) !== 0,
    partOf,
    options,
    tablespace,
  };
  if (row["_type"] === "x") return { type: "exclusion", definition: row["_text"]!, ...common };
  const names = columnNames(row["_on"], row["_columns"]);
  const count = row["_key_count"] as number;
  return {
    type: row["_type"] === "p" ? "primary key" : "unique",
    columns: names.slice(0, count),
    include: names.slice(count),
    nullsNotDistinct: (flags & NULLS_NOT_DISTINCT) !== 0,
    withoutOverlaps: (flags & PERIOD) !== 0,
    ...common,
  };
}
