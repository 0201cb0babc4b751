import type { PartitionAction } from "./action.ts";
import type { RelationFacts } from "./catalog.ts";
import { columnOf } from "./expressions.ts";
import { sameName } from "./names.ts";
import type { State } from "./state.ts";
import { isTree, items, strings, text, unwrap, type Tree } from "./tree.ts";

/**
 * Whether a validated CHECK of the partition says what the bound of ATTACH does, as far as can be told by its form: the same
 * comparisons of the same columns with the same constants, and NOT NULL.
 */
export function impliesBound(
  { bound, partition }: PartitionAction,
  facts: RelationFacts | undefined,
  state: State,
  key: readonly (string | undefined)[],
): boolean {
  const there = (facts?.constraints ?? []).filter(({ validated }) => validated);
  const added = state.constraints.filter(({ validated, table }) => validated && sameName(table, partition));
  const said = [...there, ...added.map(({ definition }) => definition)].flatMap(({ expression }) =>
    expression === undefined ? [] : conjuncts(expression),
  );
  const notNull = (facts?.columns ?? []).filter(({ nullable }) => !nullable).map(({ name }) => `${name} not null`);
  const known = new Set([...said, ...notNull]);
  const wanted = wantedOf(bound ?? {}, key);
  return wanted !== undefined && wanted.length > 0 && wanted.every((condition) => known.has(condition));
}

/** The conditions of a bound in the form of `conjuncts`; undefined where they are of a kind that no CHECK is compared with. */
function wantedOf(bound: Tree, key: readonly (string | undefined)[]): string[] | undefined {
  const [column] = key;
  if (key.length !== 1 || column === undefined) return undefined;
  if (bound["strategy"] === "l") {
    const values = items(bound["listdatums"]).map(constantOf);
    return values.every((value) => value !== undefined)
      ? [`${column} in ${values.toSorted().join(",")}`, `${column} not null`]
      : undefined;
  }
  if (bound["strategy"] !== "r") return undefined;
  const [from, to] = [items(bound["lowerdatums"])[0], items(bound["upperdatums"])[0]];
  const conditions = [`${column} not null`];
  if (!isUnlimited(from)) conditions.push(`${column} >= ${constantOf(from)}`);
  if (!isUnlimited(to)) conditions.push(`${column} < ${constantOf(to)}`);
  return conditions;
}

function isUnlimited(value: unknown): boolean {
  return ["minvalue", "maxvalue"].includes(columnOf(value) ?? "");
}

/** What a condition says for certain, part by part. */
function conjuncts(expression: Tree): string[] {
  const all = unwrap(expression, "BoolExpr");
  if (all?.["boolop"] === "AND_EXPR")
    return items(all["args"]).flatMap((each) => (isTree(each) ? conjuncts(each) : []));
  const test = unwrap(expression, "NullTest");
  if (test !== undefined) {
    const column = columnOf(test["arg"]);
    return test["nulltesttype"] === "IS_NOT_NULL" && column !== undefined ? [`${column} not null`] : [];
  }
  return comparison(unwrap(expression, "A_Expr") ?? {});
}

function comparison(node: Tree): string[] {
  const column = columnOf(withoutCasts(node["lexpr"]));
  const [operator] = strings(node["name"]);
  if (column === undefined || operator === undefined) return [];
  const listed = listOf(node);
  if (listed !== undefined) return [`${column} in ${listed.toSorted().join(",")}`];
  const value = constantOf(node["rexpr"]);
  if (value === undefined) return [];
  return operator === "=" ? [`${column} in ${value}`] : [`${column} ${operator} ${value}`];
}

/** The constants of `IN (…)` and `= ANY (ARRAY[…])`. */
function listOf(node: Tree): string[] | undefined {
  const kind = node["kind"];
  const list =
    kind === "AEXPR_IN"
      ? items(node["rexpr"])
      : kind === "AEXPR_OP_ANY"
        ? items(unwrap(withoutCasts(node["rexpr"]), "A_ArrayExpr")?.["elements"])
        : undefined;
  const values = list?.map(constantOf);
  return values?.every((value) => value !== undefined) ? values : undefined;
}

function withoutCasts(value: unknown): unknown {
  const cast = unwrap(value, "TypeCast");
  return cast === undefined ? value : withoutCasts(cast["arg"]);
}

/** A constant's text, whatever it is cast to. */
function constantOf(value: unknown): string | undefined {
  const constant = unwrap(withoutCasts(value), "A_Const");
  if (constant === undefined || constant["isnull"] === true) return undefined;
  const [inner] = Object.values(constant).filter(isTree);
  const [plain] = Object.values(inner ?? {});
  return text(plain) ?? (typeof plain === "number" || typeof plain === "boolean" ? String(plain) : "0");
}
