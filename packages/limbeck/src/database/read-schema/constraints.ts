import type { Attributes } from "../../schema/fact.ts";
import { notOfExtension, optionList, tablespaceName } from "./fragments.ts";
import type { CatalogReader, ReaderContext } from "./reader.ts";

/**
 * The constraints of tables and domains. NOT NULL is an attribute of its column. What a child inherits is its parent's
 * to say, but for keys, which a partition has under a name of its own.
 */
export const constraints: CatalogReader = {
  catalog: "pg_constraint",
  sql: (majorVersion) => `
  select con.oid as _oid, 'constraint' as _kind, coalesce(c.oid, t.oid) as _on,
    case when c.oid is null then 'pg_type' else 'pg_class' end as _on_catalog, con.conname as _name,
    case when above.fact is not null then json_build_array(above.fact) end as _parents,
    con.contype as _type, con.conrelid as _table, con.conkey as _columns, con.confrelid as _other, con.confkey as _others,
    con.confupdtype as _on_update, con.confdeltype as _on_delete, con.confmatchtype as _match,
    con.connoinherit as _no_inherit, con.convalidated as validated, con.condeferrable as deferrable,
    case when con.condeferred then 'deferred' else 'immediate' end as initially,
    ${majorVersion >= 15 ? "con.confdelsetcols" : "null::int2[]"} as _deleted,
    ${majorVersion >= 18 ? "con.conperiod" : "false"} as _period,
    ${majorVersion >= 18 ? "con.conenforced" : "true"} as enforced,
    case con.contype when 'c' then pg_get_expr(con.conbin, con.conrelid) end as _expression,
    case con.contype when 'x' then pg_get_constraintdef(con.oid) end as _definition,
    case con.contype when 'f' then json_build_object('schema', fn.nspname, 'name', fc.relname) end as _reference,
    case when i.indexrelid is not null then i.indkey::int2[] end as _keys, i.indnkeyatts as _key_count,
    case when i.indexrelid is not null then json_build_object(
      'clustered', i.indisclustered,
      'replicaIdentity', i.indisreplident,
      'valid', i.indisvalid,
      'partOf', above.part,
      'options', ${optionList("ic.reloptions")},
      'tablespace', ${tablespaceName("ic.reltablespace")}) end as _index,
    ${majorVersion >= 15 ? "i.indnullsnotdistinct" : "false"} as _nulls_not_distinct
  from pg_constraint con
  left join relation c on c.oid = con.conrelid and con.conrelid <> 0
  left join (
    select d.oid from pg_type d join space s on s.oid = d.typnamespace
     where d.typtype = 'd' and ${notOfExtension("pg_type", "d.oid")}
  ) t on t.oid = con.contypid and con.contypid <> 0
  left join pg_index i on i.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join pg_class fc on fc.oid = con.confrelid and con.contype = 'f'
  left join pg_namespace fn on fn.oid = fc.relnamespace
  left join (
    select x.inhrelid, case when pk.oid is null
        then json_build_object('schema', n.nspname, 'name', ic.relname)
        else json_build_object('schema', n.nspname, 'relation', tc.relname, 'name', pk.conname) end as part,
      case when pk.oid is null
        then json_build_object('kind', 'index', 'schema', n.nspname, 'name', ic.relname)
        else json_build_object('kind', 'constraint', 'schema', n.nspname, 'relation', tc.relname, 'name', pk.conname) end as fact
    from pg_inherits x
    join pg_class ic on ic.oid = x.inhparent and ic.relkind = 'I'
    join pg_namespace n on n.oid = ic.relnamespace
    join pg_index pi on pi.indexrelid = ic.oid
    join pg_class tc on tc.oid = pi.indrelid
    left join pg_constraint pk on pk.conindid = ic.oid and pk.contype in ('p', 'u', 'x')
  ) above on above.inhrelid = ic.oid
  where con.contype in ('p', 'u', 'f', 'c', 'x') and (c.oid is not null or t.oid is not null)
    and (con.conislocal and con.conparentid = 0 or con.contype in ('p', 'u', 'x'))
    and ${notOfExtension("pg_constraint", "con.oid")}`,
  attributes: constraintAttributes,
};

const TYPES: Readonly<Record<string, string>> = {
  p: "primary key",
  u: "unique",
  f: "foreign key",
  c: "check",
  x: "exclusion",
};

const ACTIONS: Readonly<Record<string, string>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

function constraintAttributes(row: Attributes, context: ReaderContext): Attributes {
  const type = TYPES[row["_type"] as string]!;
  switch (row["_type"]) {
    case "c":
      return { type, expression: row["_expression"]!, noInherit: row["_no_inherit"]! };
    case "f":
      return foreignKeyAttributes(type, row, context);
    case "x":
      return { type, definition: row["_definition"]!, ...(row["_index"] as Attributes) };
    default:
      return keyAttributes(type, row, context);
  }
}

function foreignKeyAttributes(type: string, row: Attributes, { columnNames }: ReaderContext): Attributes {
  return {
    type,
    columns: columnNames(row["_table"], row["_columns"]),
    references: row["_reference"]!,
    referencedColumns: columnNames(row["_other"], row["_others"]),
    onUpdate: ACTIONS[row["_on_update"] as string]!,
    onDelete: ACTIONS[row["_on_delete"] as string]!,
    onDeleteColumns: row["_deleted"] === null ? null : columnNames(row["_table"], row["_deleted"]),
    match: row["_match"] === "f" ? "full" : "simple",
    period: row["_period"]!,
  };
}

function keyAttributes(type: string, row: Attributes, { columnNames }: ReaderContext): Attributes {
  const names = columnNames(row["_table"], row["_keys"]);
  const count = row["_key_count"] as number;
  return {
    type,
    columns: names.slice(0, count),
    include: names.slice(count),
    nullsNotDistinct: row["_nulls_not_distinct"]!,
    withoutOverlaps: row["_period"]!,
    ...(row["_index"] as Attributes),
  };
}
