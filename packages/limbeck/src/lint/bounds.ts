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
  const columns = (facts?.columns ?? []).filter(({ nullable }) => !nullable);
  const known: Condition[] = [...said, ...columns.map(({ name }) => ({ column: name, says: "not null" }) as const)];
  const wanted = wantedOf(bound ?? {}, key);
  return wanted?.every((condition) => known.some((each) => implies(each, condition))) ?? false;
}

/** What is said of a column: that it has one of some values, how it compares with one, or that it has any. */
type Condition =
  | { readonly column: string; readonly says: "not null" }
  | { readonly column: string; readonly says: "in"; readonly values: readonly string[] }
  | { readonly column: string; readonly says: ">=" | ">" | "<" | "<="; readonly values: readonly [string] };

/** The conditions of a bound; undefined where they are of a kind that no CHECK is compared with. */
function wantedOf(bound: Tree, key: readonly (string | undefined)[]): Condition[] | undefined {
  const [column] = key;
  if (key.length !== 1 || column === undefined) return undefined;
  const conditions: Condition[] = [{ column, says: "not null" }];
  if (bound["strategy"] === "l") {
    const values = items(bound["listdatums"]).map(constantOf);
    return values.every((value) => value !== undefined) ? [...conditions, { column, says: "in", values }] : undefined;
  }
  if (bound["strategy"] !== "r") return undefined;
  const [from, to] = [items(bound["lowerdatums"])[0], items(bound["upperdatums"])[0]];
  const [least, end] = [constantOf(from), constantOf(to)];
  if ((least === undefined && !isUnlimited(from)) || (end === undefined && !isUnlimited(to))) return undefined;
  if (least !== undefined) conditions.push({ column, says: ">=", values: [least] });
  if (end !== undefined) conditions.push({ column, says: "<", values: [end] });
  return conditions;
}

/** Whether a condition that is known leaves no row for which the other one is false. */
function implies(known: Condition, wanted: Condition): boolean {
  if (known.column !== wanted.column) return false;
  if (wanted.says === "not null") return known.says === "not null";
  if (known.says === "not null") return false;
  if (wanted.says === "in") {
    return known.says === "in" && known.values.every((value) => wanted.values.includes(value));
  }
  const [limit] = wanted.values;
  if (wanted.says === ">=") {
    return known.says !== "<" && known.says !== "<=" && known.values.every((value) => compare(value, limit) >= 0);
  }
  if (known.says === ">" || known.says === ">=") return false;
  const isEnd = known.says === "<";
  return known.values.every((value) => compare(value, limit) < 0 || (isEnd && compare(value, limit) === 0));
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** NaN where the order of two constants is not certain. */
function compare(a: string, b: string): number {
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(a) - Number(b);
  if (a === b) return 0;
  const [dayA, dayB] = [a, b].map((each) => each.replace(/ 00:00:00$/, ""));
  return DAY.test(dayA!) && DAY.test(dayB!) ? (dayA! < dayB! ? -1 : dayA === dayB ? 0 : 1) : Number.NaN;
}

function isUnlimited(value: unknown): boolean {
  return ["minvalue", "maxvalue"].includes(columnOf(value) ?? "");
}

/** What a condition says for certain, part by part. */
function conjuncts(expression: Tree): Condition[] {
  const all = unwrap(expression, "BoolExpr");
  if (all?.["boolop"] === "AND_EXPR")
    return items(all["args"]).flatMap((each) => (isTree(each) ? conjuncts(each) : []));
  const test = unwrap(expression, "NullTest");
  if (test !== undefined) {
    const column = columnOf(test["arg"]);
    return test["nulltesttype"] === "IS_NOT_NULL" && column !== undefined ? [{ column, says: "not null" }] : [];
  }
  return comparison(unwrap(expression, "A_Expr") ?? {});
}

function comparison(node: Tree): Condition[] {
  const column = columnOf(withoutCasts(node["lexpr"]));
  const [operator] = strings(node["name"]);
  if (column === undefined) return [];
  const listed = listOf(node);
  if (listed !== undefined) return [{ column, says: "in", values: listed }];
  const value = constantOf(node["rexpr"]);
  if (value === undefined) return [];
  if (operator === "=") return [{ column, says: "in", values: [value] }];
  const says = ([">=", ">", "<", "<="] as const).find((each) => each === operator);
  return says === undefined ? [] : [{ column, says, values: [value] }];
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
