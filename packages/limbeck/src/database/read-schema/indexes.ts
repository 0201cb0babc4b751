import type { Attribute, Attributes } from "../../schema/fact.ts";
import { bits, notOfExtension, optionList, sqlName, tablespaceName } from "./fragments.ts";
import type { CatalogReader, ReaderContext } from "./reader.ts";

/** The index that a partition's is a part of. */
const WHOLE = "'schema', w.schema, 'name', w.name";

/** The indexes that no constraint stands for. */
export const indexes: CatalogReader = {
  catalog: "pg_class",
  kind: "index",
  where: "relkind in ('i', 'I')",
  columns:
    `_oid _on _name _parents _columns _key_count _order _flags _keys _method _where _options _tablespace _part`.split(
      " ",
    ),
  sql: (majorVersion) => `
  select ic.oid::bigint as _oid, c.oid::bigint as _on, ic.relname as _name,
    case when w.part is not null then json_build_array(json_build_object('kind', 'index', ${WHOLE})) end as _parents,
    i.indkey::int2[] as _columns, i.indnkeyatts as _key_count, i.indoption::int2[] as _order,
    ${bits(
      "i.indisunique",
      majorVersion >= 15 ? "i.indnullsnotdistinct" : "false",
      "i.indisvalid",
      "i.indisclustered",
      "i.indisreplident",
      "am.ordered",
    )} as _flags,
    k.columns as _keys, am.amname as _method,
    pg_get_expr(i.indpred, i.indrelid) as _where,
    ${optionList("ic.reloptions")} as _options,
    ${tablespaceName("ic.reltablespace")} as _tablespace,
    case when w.part is not null then json_build_object(${WHOLE}) end as _part
  from pg_index i
  join relation c on c.oid = i.indrelid
  join pg_class ic on ic.oid = i.indexrelid
  left join whole w on w.part = ic.oid
  join (select oid, amname, pg_indexam_has_property(oid, 'can_order') as ordered from pg_am offset 0) am on am.oid = ic.relam
  left join ${UNUSUAL_COLUMNS} k on k.indexrelid = i.indexrelid
  where not i.indisprimary and not exists (select from pg_constraint x where x.conindid = ic.oid and x.contype in ('p', 'u', 'x'))
    and ${notOfExtension("pg_class", "ic.oid")}`,
  attributes: indexAttributes,
};

/** The one expression of an index can be printed by itself, which is less work than the whole index. */
const EXPRESSION = `case when i.indkey[a.attnum - 1] <> 0 then null
          when i.indnatts = 1 then pg_get_expr(i.indexprs, i.indrelid)
          else pg_get_indexdef(i.indexrelid, a.attnum, false) end`;

const COLLATION = `case when i.indcollation[a.attnum - 1] <> 0
          and i.indcollation[a.attnum - 1] <> coalesce(nullif(ta.attcollation, 0), et.typcollation)
          then i.indcollation[a.attnum - 1] end`;

const BASE_TYPE = `(case et.typtype when 'd' then et.typbasetype else et.oid end)`;

/** As PostgreSQL's own GetDefaultOpClass() would find it. */
const IS_USUAL_CLASS = `oc.opcdefault and (
            oc.opcintype = ${BASE_TYPE} or it.typtype = 'p' or i.indkey[a.attnum - 1] = 0 and oc.opckeytype <> 0
            or exists (select from pg_cast x where x.castsource = ${BASE_TYPE} and x.casttarget = oc.opcintype and x.castmethod = 'b')
              and not exists (select from pg_opclass e
                where e.opcdefault and e.opcmethod = oc.opcmethod and e.opcintype = ${BASE_TYPE}))`;

/**
 * What is to be said of the columns of indexes beside their names: expressions, and what they do not have by
 * themselves from the type and the method.
 */
const UNUSUAL_COLUMNS = `(
    select u.indexrelid, json_agg(json_build_object(
        'number', u.attnum,
        'expression', u.expression,
        'collation', u.collation::regcollation::text,
        'opclass', case when not u.usual then (
          select ${sqlName("opn.nspname", "u.opcname")} from pg_namespace opn where opn.oid = u.opcnamespace) end,
        'opclassOptions', coalesce(to_json(u.attoptions), '[]'),
        'statistics', nullif(u.attstattarget, -1))) as columns
    from (
      select i.indexrelid, a.attnum, i.indkey[a.attnum - 1] as key, ${EXPRESSION} as expression, ${COLLATION} as collation,
        ${IS_USUAL_CLASS} and a.attoptions is null as usual, oc.opcname, oc.opcnamespace, a.attoptions, a.attstattarget
      from pg_index i
      join relation c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = i.indexrelid and a.attnum <= i.indnkeyatts
      left join lateral (
        select ta.atttypid, ta.attcollation from pg_attribute ta
         where ta.attrelid = i.indrelid and ta.attnum = i.indkey[a.attnum - 1] and ta.attnum <> 0 offset 0
      ) ta on true
      join pg_type et on et.oid = coalesce(ta.atttypid, a.atttypid)
      join pg_opclass oc on oc.oid = i.indclass[a.attnum - 1]
      join pg_type it on it.oid = oc.opcintype
      where not i.indisprimary
      offset 0
    ) u
    where u.key = 0 or u.collation is not null or not u.usual or u.attstattarget >= 0
    group by u.indexrelid)`;

const DESCENDING = 1;
const NULLS_FIRST = 2;

const [UNIQUE, NULLS_NOT_DISTINCT, VALID, CLUSTERED, REPLICA_IDENTITY, ORDERED] = [1, 2, 4, 8, 16, 32];

interface Said {
  readonly number: number;
  readonly expression: string | null;
  readonly collation: string | null;
  readonly opclass: string | null;
  readonly opclassOptions: readonly string[];
  readonly statistics: number | null;
}

const USUAL: Omit<Said, "number"> = {
  expression: null,
  collation: null,
  opclass: null,
  opclassOptions: [],
  statistics: null,
};

function indexAttributes(row: Attributes, { columnNames }: ReaderContext): Attributes {
  const flags = row["_flags"] as number;
  const names = columnNames(row["_on"], row["_columns"]);
  const count = row["_key_count"] as number;
  const unusual = (row["_keys"] ?? []) as unknown as readonly Said[];
  const columns = names.slice(0, count).map((name, index): Attribute => {
    const said = unusual.find(({ number }) => number === index + 1) ?? USUAL;
    const { expression, collation, opclass, opclassOptions, statistics } = said;
    const what = expression === null || names.length === 1 ? expression : withoutParentheses(expression);
    const order = (flags & ORDERED) === 0 ? USUAL_ORDER : orderOf((row["_order"] as readonly number[])[index]!);
    return what === null
      ? { column: name, collation, opclass, opclassOptions, statistics, ...order }
      : { expression: what, collation, opclass, opclassOptions, statistics, ...order };
  });
  return {
    columns,
    include: names.slice(count),
    method: row["_method"]!,
    where: row["_where"]!,
    options: row["_options"]!,
    tablespace: row["_tablespace"]!,
    partOf: row["_part"]!,
    unique: (flags & UNIQUE) !== 0,
    nullsNotDistinct: (flags & NULLS_NOT_DISTINCT) !== 0,
    valid: (flags & VALID) !== 0,
    clustered: (flags & CLUSTERED) !== 0,
    replicaIdentity: (flags & REPLICA_IDENTITY) !== 0,
  };
}

/** Where there are several, PostgreSQL prints a pair around everything but the call of a function. */
function withoutParentheses(expression: string): string {
  return expression.startsWith("(") ? expression.slice(1, -1) : expression;
}

const USUAL_ORDER = { order: null, nulls: null };

/** Null where it is the default: ascending, and NULL the largest value. */
function orderOf(option: number): { readonly order: string | null; readonly nulls: string | null } {
  if (option === 0) return USUAL_ORDER;
  const descending = (option & DESCENDING) !== 0;
  const first = (option & NULLS_FIRST) !== 0;
  return {
    order: descending ? "desc" : null,
    nulls: first === descending ? null : first ? "first" : "last",
  };
}
