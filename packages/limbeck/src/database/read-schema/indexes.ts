import type { Attribute, Attributes } from "../../schema/fact.ts";
import { notOfExtension, optionList, sqlName, tablespaceName } from "./fragments.ts";
import type { CatalogReader, ReaderContext } from "./reader.ts";

/** The indexes that no constraint stands for. */
export const indexes: CatalogReader = {
  catalog: "pg_class",
  where: "relkind in ('i', 'I')",
  sql: (majorVersion) => `
  select ic.oid as _oid, 'index' as _kind, c.oid as _on,
    ic.relname as _name,
    case when above.fact is not null then json_build_array(above.fact) end as _parents,
    i.indrelid as _table, i.indkey::int2[] as _columns, i.indnkeyatts as _key_count, i.indoption::int2[] as _order,
    i.indisunique as "unique", am.amname as method, ${CAN_ORDER} as _ordered, k.columns as _keys,
    pg_get_expr(i.indpred, i.indrelid) as "where",
    ${majorVersion >= 15 ? "i.indnullsnotdistinct" : "false"} as "nullsNotDistinct",
    ${optionList("ic.reloptions")} as options,
    ${tablespaceName("ic.reltablespace")} as tablespace,
    i.indisvalid as valid, i.indisclustered as clustered, i.indisreplident as "replicaIdentity",
    above.part as "partOf"
  from pg_index i
  join relation c on c.oid = i.indrelid
  join pg_class ic on ic.oid = i.indexrelid
  join pg_am am on am.oid = ic.relam
  join ${INDEX_COLUMNS} k on k.indexrelid = i.indexrelid
  left join (
    select x.inhrelid, json_build_object('schema', pn.nspname, 'name', pc.relname) as part,
      json_build_object('kind', 'index', 'schema', pn.nspname, 'name', pc.relname) as fact
    from pg_inherits x join pg_class pc on pc.oid = x.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
    where pc.relkind = 'I'
  ) above on above.inhrelid = ic.oid
  where not exists (select from pg_constraint x where x.conindid = ic.oid and x.contype in ('p', 'u', 'x'))
    and ${notOfExtension("pg_class", "ic.oid")}`,
  attributes: indexAttributes,
};

const CAN_ORDER = `pg_indexam_has_property(am.oid, 'can_order')`;

/**
 * What stands in each column of an index, but for its name. An operator class is named where it is not the one that
 * the type has by itself in that method, as PostgreSQL's own GetDefaultOpClass() would find it.
 */
const INDEX_COLUMNS = `(
    select i.indexrelid, json_agg(json_build_object(
        'expression', case when i.indkey[a.attnum - 1] = 0 then pg_get_indexdef(i.indexrelid, a.attnum, false) end,
        'collation', case when i.indcollation[a.attnum - 1] <> 0
          and i.indcollation[a.attnum - 1] <> coalesce(nullif(ta.attcollation, 0), et.typcollation)
          then i.indcollation[a.attnum - 1]::regcollation::text end,
        'opclass', case when not (oc.opcdefault and (
            oc.opcintype = bt.oid or it.typtype = 'p' or i.indkey[a.attnum - 1] = 0 and oc.opckeytype <> 0
            or exists (select from pg_cast x where x.castsource = bt.oid and x.casttarget = oc.opcintype and x.castmethod = 'b')
              and not exists (select from pg_opclass e
                where e.opcdefault and e.opcmethod = oc.opcmethod and e.opcintype = bt.oid)))
          or a.attoptions is not null
          then ${sqlName("opn.nspname", "oc.opcname")} end,
        'opclassOptions', coalesce(to_json(a.attoptions), '[]'),
        'statistics', nullif(a.attstattarget, -1)) order by a.attnum) as columns
    from pg_index i
    join relation c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = i.indexrelid and a.attnum <= i.indnkeyatts
    left join pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = i.indkey[a.attnum - 1] and ta.attnum <> 0
    join pg_type et on et.oid = coalesce(ta.atttypid, a.atttypid)
    join pg_type bt on bt.oid = case et.typtype when 'd' then et.typbasetype else et.oid end
    join pg_opclass oc on oc.oid = i.indclass[a.attnum - 1]
    join pg_namespace opn on opn.oid = oc.opcnamespace
    join pg_type it on it.oid = oc.opcintype
    group by i.indexrelid)`;

const DESCENDING = 1;
const NULLS_FIRST = 2;

function indexAttributes(row: Attributes, { columnNames }: ReaderContext): Attributes {
  const names = columnNames(row["_table"], row["_columns"]);
  const columns = (row["_keys"] as readonly Attributes[]).map((key, index): Attribute => {
    const { expression, ...rest } = key;
    const order =
      row["_ordered"] === true ? orderOf((row["_order"] as readonly number[])[index]!) : { order: null, nulls: null };
    const what =
      expression === null ? { column: names[index]! } : { expression: withoutParentheses(expression as string) };
    return { ...what, ...rest, ...order };
  });
  return { columns, include: names.slice(row["_key_count"] as number) };
}

/** PostgreSQL prints a pair around everything but the call of a function. */
function withoutParentheses(expression: string): string {
  return expression.startsWith("(") ? expression.slice(1, -1) : expression;
}

/** Null where it is the default: ascending, and NULL the largest value. */
function orderOf(option: number): { readonly order: string | null; readonly nulls: string | null } {
  const descending = (option & DESCENDING) !== 0;
  const first = (option & NULLS_FIRST) !== 0;
  return {
    order: descending ? "desc" : null,
    nulls: first === descending ? null : first ? "first" : "last",
  };
}
