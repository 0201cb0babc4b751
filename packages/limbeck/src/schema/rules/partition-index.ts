import { equalAttribute } from "../attributes.ts";
import type { Attribute, Fact } from "../fact.ts";
import type { Side } from "../side.ts";
import { wholeOf } from "../slots.ts";
import { texts } from "./attributes.ts";
import { objectName } from "./column-spec.ts";
import type { RuleContext } from "./rule.ts";

/**
 * Whether an index or a key of a partition comes into being with the whole one, or with the partition, under just the
 * name that it is to have.
 */
export function isImplied(fact: Fact, context: RuleContext): boolean {
  if (wholeOf(fact) === undefined || !isMade(fact.key, context)) return false;
  const table = context.target.facts.get(fact.parents[0]!);
  if (table === undefined || isAlone(wholeOf(fact)!, context)) return false;
  const isNew = isMade(table.key, context) ? !isAttached(table, context) : isMade(wholeOf(fact)!, context);
  return isNew && hasUsualName(fact, table);
}

/** An index leaves the whole one with its table; by itself it cannot. */
export function leavesItsWhole(live: Fact, target: Fact, context: RuleContext): boolean {
  const [here, there] = [wholeOf(live), wholeOf(target)];
  if (here === undefined || here === there) return false;
  const partitionOf = ({ facts }: Side): Attribute => facts.get(live.parents[0]!)?.attributes["partitionOf"] ?? null;
  return equalAttribute(partitionOf(context.live), partitionOf(context.target));
}

/** An index of a partitioned table is only there to be handed down: its storage cannot be altered. */
export function isOfPartitioned(fact: Fact, { target }: RuleContext): boolean {
  return fact.parents.some((key) => typeof target.facts.get(key)?.attributes["partitionKey"] === "string");
}

/** Whether an index of a partitioned table is made without those of the partitions, which join it one by one. */
export function isAlone(whole: string, { target }: RuleContext): boolean {
  return target.facts.get(whole)?.attributes["valid"] === false;
}

/** Whether a new partition is made as a table of its own first: its indexes have names that PostgreSQL would not choose. */
export function isAttached(table: Fact, context: RuleContext): boolean {
  return context.target.partsOf(table.key).some((part) => {
    const whole = wholeOf(part);
    return whole !== undefined && !isMade(whole, context) && !hasUsualName(part, table);
  });
}

function isMade(key: string, { fateOf }: RuleContext): boolean {
  const fate = fateOf(key);
  return fate === "created" || fate === "replaced";
}

/** Names as `ChooseIndexName` makes them, as long as they are free. Keys are only made for keys. */
function hasUsualName(fact: Fact, table: Fact): boolean {
  if (!wholeOf(fact)!.startsWith(`${fact.kind} `)) return false;
  const { name } = table.identity;
  const label = fact.kind === "index" ? "idx" : LABELS[fact.attributes["type"] as string];
  const columns = fact.attributes["type"] === "primary key" ? undefined : columnNames(fact).join("_");
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
    const name = (column as { readonly column?: string }).column;
    return name ?? "expr";
  });
  const included = texts(fact, "include");
  const seen = new Map<string, number>();
  return [...names, ...included].map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}${count}`;
  });
}
