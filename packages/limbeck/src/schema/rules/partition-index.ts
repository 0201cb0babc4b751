import { attachIndex } from "../../operations/attach-index.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Operation } from "../../operations/operation.ts";
import { equalAttribute, equalIn } from "../attributes.ts";
import type { Attribute, Attributes, Fact, Identity } from "../fact.ts";
import type { Side } from "../side.ts";
import { wholeOf } from "../slots.ts";
import { texts } from "./attributes.ts";
import { objectName } from "./object-name.ts";
import type { Change, Finish, RuleContext } from "./rule.ts";
import { isNew } from "./sequence-owner.ts";

/**
 * Whether an index or a key of a partition comes into being with the whole one, or with the partition, under just the
 * name that it is to have.
 */
export function isImplied(fact: Fact, context: RuleContext): boolean {
  const whole = context.target.facts.get(wholeOf(fact) ?? "");
  if (whole === undefined || !isNew(fact.key, context) || isMadeAlone(whole, context)) return false;
  const table = context.target.facts.get(fact.parents[0]!);
  if (table === undefined) return false;
  const isMadeNow = isNew(table.key, context) ? !isAttached(table, context) : isNew(whole.key, context);
  return isMadeNow && hasUsualName(fact, table);
}

/**
 * Whether an index or a key of a partitioned table is made for that table alone, and its parts join it one by one: not
 * every partition has its part, or PostgreSQL would take a twin for one.
 */
export function isMadeAlone(fact: Fact, context: RuleContext): boolean {
  if (!isNew(fact.key, context) || !isOfPartitioned(fact, context)) return false;
  if (fact.attributes["valid"] === false) return true;
  return context.target.partsOf(fact.key).some((part) => wholeOf(part) === fact.key && hasTwin(part, context));
}

export function isOfPartitioned({ parents }: Fact, { target }: RuleContext): boolean {
  return parents.some((key) => typeof target.facts.get(key)?.attributes["partitionKey"] === "string");
}

/** Whether the partition has another index that PostgreSQL would take for this part, and that belongs to no whole one. */
function hasTwin(part: Fact, { live, target }: RuleContext): boolean {
  const shape = shapeOf(part);
  const isTwin = (other: Fact): boolean =>
    (other.kind === "constraint" || (other.kind === "index" && part.kind === "index")) &&
    other.key !== part.key &&
    wholeOf(other) === undefined &&
    shapeOf(other) === shape;
  // An old key of the partition's own goes before.
  const isOld = (other: Fact): boolean => other.kind === "index" && isTwin(other);
  const [table] = part.parents;
  return shape !== undefined && (target.partsOf(table!).some(isTwin) || live.partsOf(table!).some(isOld));
}

/** What of an index tells it from others (`CompareIndexInfo`): neither its order nor its options. */
function shapeOf({ kind, attributes }: Fact): string | undefined {
  const { type, columns, unique, method, where, include, nullsNotDistinct, withoutOverlaps } = attributes;
  if (kind === "constraint" && ((type !== "primary key" && type !== "unique") || withoutOverlaps === true)) return;
  const keys = (columns as readonly Attribute[]).map((key) => {
    const { column, expression, collation, opclass } = (typeof key === "string" ? { column: key } : key) as Attributes;
    return [column ?? null, expression ?? null, collation ?? null, opclass ?? null];
  });
  return JSON.stringify([
    keys,
    kind === "constraint" || unique,
    method ?? "btree",
    where ?? null,
    include,
    nullsNotDistinct,
  ]);
}

/** How an index joins a whole one that is made alone. */
export function joins(fact: Fact, context: RuleContext): Finish | undefined {
  const whole = context.target.facts.get(wholeOf(fact) ?? "");
  if (whole === undefined || !isMadeAlone(whole, context)) return undefined;
  return { operations: [attach(fact, context)], needs: [whole.key] };
}

/** The same for one that was there before. */
export function joining(changed: ReadonlySet<string>, target: Fact, context: RuleContext): Pick<Change, "finish"> {
  const finish = changed.has("partOf") ? joins(target, context) : undefined;
  return finish === undefined ? {} : { finish };
}

export function attach(fact: Fact, context: RuleContext): Operation {
  const whole = fact.attributes["partOf"] as unknown as Identity;
  return attachIndex(
    whole.name,
    fact.identity.name,
    frozen({
      schema: context.schemaNamed(whole.schema),
      partitionSchema: context.schemaBeside(fact.identity.schema!, whole.schema!),
    }),
  );
}

/** An index leaves the whole one with its table; by itself it cannot. */
export function leavesItsWhole(live: Fact, target: Fact, context: RuleContext): boolean {
  const [here, there] = [wholeOf(live), wholeOf(target)];
  return here !== undefined && here !== there && staysAttached(live, context);
}

/** Whether the table of an index is a partition of the same table on both sides. */
export function staysAttached({ parents }: Fact, { live, target }: Pick<RuleContext, "live" | "target">): boolean {
  const partitionOf = ({ facts }: Side): Attribute => facts.get(parents[0]!)?.attributes["partitionOf"] ?? null;
  return target.facts.has(parents[0]!) && equalAttribute(partitionOf(live), partitionOf(target));
}

/** Whether a new partition is made as a table of its own first: its indexes have names that PostgreSQL would not choose. */
export function isAttached(table: Fact, context: RuleContext): boolean {
  return context.target.partsOf(table.key).some((part) => {
    const whole = context.target.facts.get(wholeOf(part) ?? "");
    return whole !== undefined && comesBefore(whole, context) && !hasUsualName(part, table);
  });
}

/** Whether an index of the whole table is there when a new partition comes. A key may be made in one breath with its table. */
function comesBefore({ key, kind, parents }: Fact, context: RuleContext): boolean {
  return !isNew(key, context) || (kind === "constraint" && isNew(parents[0]!, context));
}

/** Whether PostgreSQL, when it makes an index with its parts anew for a column's new type, makes other parts than there are. */
export function hasPartsOfTheirOwn(whole: Fact, side: Side): boolean {
  return side.partsOf(whole.key).some((part) => {
    if (wholeOf(part) !== whole.key) return false;
    const isUsual =
      hasUsualName(part, side.facts.get(part.parents[0]!)!) && equalIn(LOST, part.attributes, whole.attributes);
    return !isUsual || hasPartsOfTheirOwn(part, side);
  });
}

const LOST = ["options", "tablespace", "clustered", "replicaIdentity"];

/** Names as `ChooseIndexName` makes them, as long as they are free. Keys are only made for keys. */
function hasUsualName(fact: Fact, table: Fact): boolean {
  if (!wholeOf(fact)!.startsWith(`${fact.kind} `)) return false;
  const { name } = table.identity;
  const { type, withoutOverlaps } = fact.attributes;
  // A unique key WITHOUT OVERLAPS is copied as the exclusion that it is.
  const kind = type === "unique" && withoutOverlaps === true ? "exclusion" : (type as string);
  const label = fact.kind === "index" ? "idx" : LABELS[kind];
  const columns = type === "primary key" ? undefined : columnNames(fact).join("_");
  return fact.identity.name === objectName(name, columns === undefined ? undefined : shortened(columns), label);
}

/** The names of columns are put together up to a length (`ChooseIndexNameAddition`). */
function shortened(columns: string): string {
  return columns.length > 63 ? columns.slice(0, 63) : columns;
}

const LABELS: Readonly<Record<string, string>> = { "primary key": "pkey", unique: "key", exclusion: "excl" };

function columnNames(fact: Fact): string[] {
  const columns = fact.attributes["columns"];
  if (!Array.isArray(columns)) return [];
  const names = (columns as readonly Attribute[]).map((column) => {
    if (typeof column === "string") return column;
    const { column: name, expression } = column as { readonly column?: string; readonly expression?: string };
    return name ?? expressionName(expression ?? "");
  });
  const included = texts(fact, "include");
  const seen = new Map<string, number>();
  return [...names, ...included].map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}${count}`;
  });
}

/** What an expression is called: by its function, or by the column that it casts (`FigureColname`). */
function expressionName(expression: string): string {
  const [, bare, quoted] = /^(?:(?:\w+|"(?:[^"]|"")+")\.)?(?:(\w+)|"((?:[^"]|"")+)")\(/.exec(expression) ?? [];
  const name = bare?.toLowerCase() ?? quoted?.replaceAll('""', '"');
  if (name !== undefined && isOneCall(expression)) return name;
  const [, cast] = /^\(*([a-z_]\w*)\)*::[\w "().,[\]]+$/.exec(expression) ?? [];
  return cast ?? (expression.startsWith("CASE ") ? "case" : "expr");
}

/** Whether the first parenthesis is closed by the last character. */
function isOneCall(expression: string): boolean {
  let depth = 0;
  for (const [{ length }, index] of tokens(expression)) {
    const character = expression[index]!;
    if (length > 1) continue;
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return index === expression.length - 1;
  }
  return false;
}

/** Texts as a whole, all else by character. */
function tokens(expression: string): [string, number][] {
  return [...expression.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g)].map((match) => [match[0], match.index]);
}
