import type { Catalog, Volatility } from "./catalog.ts";
import { listedName } from "./names.ts";
import { items, nodes, strings, unwrap, type Tree } from "./tree.ts";

/** The columns that a condition keeps from being NULL: those of the `IS NOT NULL`s that it is, or joins with AND. */
export function notNullColumns(expression: Tree | undefined): string[] {
  const all = unwrap(expression, "BoolExpr");
  if (all?.["boolop"] === "AND_EXPR") {
    return items(all["args"]).flatMap((each) => notNullColumns(each as Tree));
  }
  const test = unwrap(expression, "NullTest");
  if (test?.["nulltesttype"] !== "IS_NOT_NULL") return [];
  const column = columnOf(test["arg"]);
  return column === undefined ? [] : [column];
}

/** The column's name when an expression is nothing but a column. */
export function columnOf(expression: unknown): string | undefined {
  return strings(unwrap(expression, "ColumnRef")?.["fields"]).at(-1);
}

/** Every column that an expression names. */
export function columnsIn(expression: Tree | undefined): string[] {
  return [...nodes(expression)].flatMap(([kind, node]) =>
    kind === "ColumnRef" ? (strings(node["fields"]).at(-1) ?? []) : [],
  );
}

/** PostgreSQL's functions that are VOLATILE and that people give as defaults (`pg_proc.provolatile`, 13–18). */
const VOLATILE = new Set(
  (
    "random random_normal gen_random_uuid uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 " +
    "clock_timestamp timeofday nextval setval currval lastval pg_sleep gen_random_bytes gen_salt"
  ).split(" "),
);

/** PostgreSQL's functions that are not, and that people give as defaults. */
const NOT_VOLATILE = new Set(
  (
    "now transaction_timestamp statement_timestamp current_database current_schema current_setting current_user " +
    "session_user txid_current pg_current_xact_id to_char to_date to_timestamp to_tsvector lower upper trim btrim " +
    "concat coalesce nullif greatest least length substr substring replace md5 abs round floor ceil date_trunc " +
    "date_part extract age make_date make_time make_timestamp make_timestamptz make_interval timezone jsonb_build_object " +
    "jsonb_build_array json_build_object json_build_array to_json to_jsonb array_append array_length inet_client_addr " +
    "localtimestamp encode decode digest sha256 point box int4range int8range numrange tsrange tstzrange daterange"
  ).split(" "),
);

/** A function in an expression that is volatile, or may be for all that is known. */
export interface VolatileCall {
  readonly name: string;
  /** False when nothing is known of the function. */
  readonly certain: boolean;
  readonly evidence: "static" | "catalog";
}

export function volatileCall(expression: Tree | undefined, catalog: Catalog | undefined): VolatileCall | undefined {
  let unknown: VolatileCall | undefined;
  for (const [kind, node] of nodes(expression)) {
    if (kind !== "FuncCall") continue;
    const name = listedName(node["funcname"]);
    const known: Volatility | undefined = catalog?.volatility(name);
    const evidence = known === undefined ? "static" : "catalog";
    // Of timezone(), one of many was volatile before PostgreSQL 15.
    const isOwn = name.schema === undefined || name.schema === "pg_catalog";
    if (known === "volatile" && !(isOwn && NOT_VOLATILE.has(name.name)))
      return { name: name.name, certain: true, evidence };
    if (known === "stable" || known === "immutable" || NOT_VOLATILE.has(name.name)) continue;
    if (VOLATILE.has(name.name)) return { name: name.name, certain: true, evidence };
    unknown ??= { name: name.name, certain: false, evidence };
  }
  return unknown;
}
