import type { Attribute, Attributes } from "../../schema/fact.ts";
import { notOfExtension, sortedOptions, tablespaceName } from "./fragments.ts";
import type { CatalogReader, ReaderContext } from "./reader.ts";

/**
 * The constraints of tables and domains. NOT NULL is an attribute of its column. What a child inherits is its parent's
 * to say, but for keys, which a partition has under a name of its own.
 */
export const constraints: CatalogReader = {
  catalog: "pg_constraint",
  sql: (majorVersion) => `
  select con.oid as _oid, 'constraint' as _kind, coalesce(c.schema, t.schema) as _schema,
    coalesce(c.kind, 'domain') as _relation_kind, coalesce(c.relname, t.typname) as _relation, con.conname as _name,
    case when above.fact is not null then json_build_array(above.fact) end as _parents,
    con.contype, con.conrelid, con.conkey, con.confrelid, con.confkey,
    con.confupdtype, con.confdeltype, con.confmatchtype, con.connoinherit, con.convalidated, con.condeferrable, con.condeferred,
    ${majorVersion >= 15 ? "con.confdelsetcols" : "null::int2[] as confdelsetcols"},
    ${majorVersion >= 18 ? "con.conperiod, con.conenforced" : "false as conperiod, true as conenforced"},
    case con.contype when 'c' then pg_get_expr(con.conbin, con.conrelid) end as expression,
    case con.contype when 'x' then pg_get_constraintdef(con.oid) end as definition,
    case con.contype when 'f' then json_build_object('schema', fn.nspname, 'name', fc.relname) end as reference,
    i.indkey::int2[] as indkey, i.indnkeyatts, i.indisclustered, i.indisreplident, i.indisvalid,
    ${majorVersion >= 15 ? "i.indnullsnotdistinct" : "false as indnullsnotdistinct"},
    above.part as "partOf",
    ${sortedOptions("ic.reloptions")} as options,
    ${tablespaceName("ic.reltablespace")} as tablespace
  from pg_constraint con
  left join relation c on c.oid = con.conrelid and con.conrelid <> 0
  left join (
    select d.oid, d.typname, s.nspname as schema from pg_type d join space s on s.oid = d.typnamespace
     where d.typtype = 'd' and ${notOfExtension("pg_type", "d.oid")}
  ) t on t.oid = con.contypid and con.contypid <> 0
  left join pg_index i on i.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join pg_class fc on fc.oid = con.confrelid and con.contype = 'f'
  left join pg_namespace fn on fn.oid = fc.relnamespace
  left join (
    select pk.oid, json_build_object('schema', pn.nspname, 'relation', pc.relname, 'name', pk.conname) as part,
      json_build_object('kind', 'constraint', 'schema', pn.nspname, 'relation', pc.relname, 'name', pk.conname) as fact
    from pg_constraint pk join pg_class pc on pc.oid = pk.conrelid join pg_namespace pn on pn.oid = pc.relnamespace
    where pk.contype in ('p', 'u', 'x')
  ) above on above.oid = con.conparentid and con.conparentid <> 0
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

function constraintAttributes(raw: Attributes, context: ReaderContext): Attributes {
  const common = {
    type: TYPES[raw["contype"] as string]!,
    validated: raw["convalidated"]!,
    enforced: raw["conenforced"]!,
    deferrable: raw["condeferrable"]!,
    initially: raw["condeferred"] === true ? "deferred" : "immediate",
  };
  switch (raw["contype"]) {
    case "c":
      return { ...common, expression: raw["expression"]!, noInherit: raw["connoinherit"]! };
    case "f":
      return { ...common, ...foreignKeyAttributes(raw, context) };
    case "x":
      return { ...common, definition: raw["definition"]!, ...indexAttributes(raw) };
    default:
      return { ...common, ...keyAttributes(raw, context), ...indexAttributes(raw) };
  }
}

function foreignKeyAttributes(raw: Attributes, { columnNames }: ReaderContext): Attributes {
  const some = (relation: Attribute | undefined, numbers: Attribute | undefined): Attribute =>
    numbers === null ? null : columnNames(relation, numbers);
  return {
    columns: columnNames(raw["conrelid"], raw["conkey"]),
    references: raw["reference"]!,
    referencedColumns: columnNames(raw["confrelid"], raw["confkey"]),
    onUpdate: ACTIONS[raw["confupdtype"] as string]!,
    onDelete: ACTIONS[raw["confdeltype"] as string]!,
    onDeleteColumns: some(raw["conrelid"], raw["confdelsetcols"]),
    match: raw["confmatchtype"] === "f" ? "full" : "simple",
    period: raw["conperiod"]!,
  };
}

function keyAttributes(raw: Attributes, { columnNames }: ReaderContext): Attributes {
  const names = columnNames(raw["conrelid"], raw["indkey"]);
  const count = raw["indnkeyatts"] as number;
  return {
    columns: names.slice(0, count),
    include: names.slice(count),
    nullsNotDistinct: raw["indnullsnotdistinct"]!,
    withoutOverlaps: raw["conperiod"]!,
  };
}

/** What is said of the index that a constraint stands for. */
function indexAttributes(raw: Attributes): Attributes {
  return {
    clustered: raw["indisclustered"]!,
    replicaIdentity: raw["indisreplident"]!,
    valid: raw["indisvalid"]!,
    partOf: raw["partOf"]!,
    options: raw["options"]!,
    tablespace: raw["tablespace"]!,
  };
}
