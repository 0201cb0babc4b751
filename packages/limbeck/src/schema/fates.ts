import { unequalFacts } from "./compare.ts";
import { isTable, typeKey } from "./expand.ts";
import { factsByKey, type Fact, type Schema } from "./fact.ts";
import type { Change, Fate, Rule, RuleContext } from "./rules/rule.ts";
import { equalAttributes } from "./attributes.ts";
import { staysAttached } from "./rules/partition-index.ts";
import { heldColumns, ofComposite } from "./rules/type-swap.ts";
import { successorsOf, wholeOf } from "./slots.ts";
import type { Side } from "./side.ts";
import { SAID_KINDS } from "./with-facts.ts";

/** What becomes of every fact that does not simply stay. */
export type Fates = Map<string, Fate>;

/** The differing facts, each with what its rule makes of the difference. */
export function firstFates(live: Schema, target: Schema): Fates {
  const fates: Fates = new Map();
  for (const { live: here, target: there } of unequalFacts(live, target)) {
    if (here?.kind === "materialized view" && there !== undefined && isOnlyRefreshed(here, there)) continue;
    fates.set((here ?? there).key, here === undefined ? "created" : there === undefined ? "dropped" : "changed");
  }
  for (const key of [...reordered(live, target), ...stored(fates, live, target)]) fates.set(key, "replaced");
  return fates;
}

/** A materialized view that is made without data is filled one day, and is the same view then. */
function isOnlyRefreshed(live: Fact, target: Fact): boolean {
  return live.attributes["populated"] === true && equalAttributes(live.attributes, target.attributes, ["populated"]);
}

/** The composite types whose attributes no ALTER TYPE brings into their order. */
function reordered(live: Schema, target: Schema): string[] {
  const attributes = ({ facts }: Schema): Map<string, Fact[]> => {
    const byType = new Map<string, Fact[]>();
    for (const fact of facts.filter(
      ({ kind, parents }) => kind === "column" && parents[0]?.startsWith("composite type "),
    )) {
      byType.set(fact.parents[0]!, [...(byType.get(fact.parents[0]!) ?? []), fact]);
    }
    for (const list of byType.values()) list.sort((a, b) => a.position - b.position);
    return byType;
  };
  const [here, there] = [attributes(live), attributes(target)];
  return [...here].flatMap(([key, list]) => {
    const [old, wanted] = [list.map((fact) => fact.key), (there.get(key) ?? []).map((fact) => fact.key)];
    const kept = old.filter((attribute) => wanted.includes(attribute));
    const reached = [...kept, ...wanted.filter((attribute) => !old.includes(attribute))];
    const isReached = wanted.every((attribute, index) => attribute === reached[index]);
    if (isReached || !there.has(key)) return [];
    // The columns of a table have their order for good.
    const tables = live.facts.filter((fact) => fact.kind === "table" && typeKey(fact) === key);
    return [
      key,
      ...tables.filter((table) => target.facts.some((fact) => fact.key === table.key)).map((table) => table.key),
    ];
  });
}

/** The domains whose new conditions PostgreSQL does not try on the values within arrays and rows that are stored. */
function stored(fates: Fates, live: Schema, target: Schema): string[] {
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  const domains = [...fates].flatMap(([key, fate]) => {
    const { kind, parents, attributes } = there.get(key) ?? here.get(key)!;
    if (kind === "constraint") return fate === "dropped" || attributes["validated"] === false ? [] : parents;
    return attributes["nullable"] === false && here.get(key)?.attributes["nullable"] === true ? [key] : [];
  });
  return domains.filter((key) => key.startsWith("domain ") && here.has(key) && there.has(key) && isWithin(key));
  function isWithin(type: string, within = false): boolean {
    return live.dependencies().some(({ from, on }) => {
      const user = on === type ? here.get(from) : undefined;
      if (user?.kind !== "column") return false;
      if (ofComposite(user)) return isWithin(user.parents[0]!, true);
      return within || (user.attributes["type"] as string).endsWith("[]");
    });
  }
}

export interface Propagation {
  readonly live: Side;
  readonly target: Side;
  readonly fates: Fates;
  readonly context: RuleContext;
  readonly ruleOf: (fact: Fact) => Rule;
}

/**
 * Lets what happens to one fact happen to those that hang on it: what is replaced takes its parts along, and what
 * needs it has to be made anew as well, or to let go of it first.
 */
export function propagate(propagation: Propagation): void {
  const { fates } = propagation;
  const queue = [...fates.keys()];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    for (const found of consequences(key, propagation)) {
      fates.set(found, "replaced");
      queue.push(found);
    }
  }
}

function consequences(key: string, propagation: Propagation): string[] {
  const { fates } = propagation;
  const fate = fates.get(key);
  if (fate === "changed") {
    const change = changeOf(key, propagation);
    if (change === "replace") return [key];
    return lifted(key, change, propagation);
  }
  if (fate === "created") return saidBefore(key, propagation);
  return fate === "dropped" || fate === "replaced" ? bereaved(key, propagation) : [];
}

/** What is said of something else of this name has to be said of the new one, as of a sequence that was a column's identity. */
function saidBefore(key: string, { live, target, fates }: Propagation): string[] {
  return target
    .partsOf(key)
    .filter((part) => SAID_KINDS.has(part.kind) && live.facts.has(part.key) && survives(fates, part.key))
    .map((part) => part.key);
}

export function changeOf(key: string, { live, target, context, ruleOf }: Propagation): Change | "replace" {
  const [here, there] = [live.facts.get(key)!, target.facts.get(key)!];
  return ruleOf(here).change?.(here, there, context) ?? "replace";
}

function lifted(key: string, { lifts, replaces, touches = [] }: Change, { live, fates }: Propagation): string[] {
  const readers = touches.flatMap((column) =>
    [...live.neededBy(column)].filter((other) => reads(live.facts.get(other)!)),
  );
  const forced = [...(replaces ?? []), ...readers].filter((other) => survives(fates, other));
  if (lifts === undefined) return forced;
  const inTheWay = [...live.neededBy(key)].filter((other) => {
    const fact = live.facts.get(other)!;
    return survives(fates, other) && lifts(fact) && (!isKept(fact) || ofComposite(fact));
  });
  return [...forced, ...inTheWay.flatMap((other) => wholeTypes(other, live)).filter((other) => survives(fates, other))];
}

/** An attribute of a composite type is not made anew but with its type. */
function wholeTypes(key: string, { facts }: Side): readonly string[] {
  const fact = facts.get(key)!;
  return ofComposite(fact) ? fact.parents.filter((parent) => parent.startsWith("composite type ")) : [key];
}

/** Kinds whose stored form names the type of each column that they read. */
const PROGRAMS: ReadonlySet<string> = new Set([
  "view",
  "materialized view",
  "rule",
  "policy",
  "trigger",
  "function",
  "procedure",
  "published table",
]);

/** Whether a column cannot get another type while the fact is there, that needs it. */
export function reads({ kind, attributes }: Fact): boolean {
  if (kind === "column") return attributes["generated"] !== null && attributes["generated"] !== undefined;
  return PROGRAMS.has(kind);
}

/** Those that cannot stay as they are when a fact goes, be it for a moment. */
function bereaved(key: string, propagation: Propagation): string[] {
  const { live, target, fates, context } = propagation;
  const parts = live.partsOf(key).filter((part) => {
    if (!survives(fates, part.key)) return false;
    if (target.facts.get(part.key)!.parents.includes(key)) return true;
    return wholeOf(part) === key ? staysAttached(part, propagation) : !isTable(part);
  });
  const isInTheWay = successorsOf(key, fates).length > 0;
  const dependents = [...live.neededBy(key)].filter((other) => {
    const dependent = live.facts.get(other)!;
    if (!survives(fates, other) || (isKept(dependent) && !ofComposite(dependent))) return false;
    if (ofComposite(dependent) && dependent.parents.includes(key)) return false;
    const letsGo = !isInTheWay && fates.get(other) === "changed" && !target.needs(other).has(key);
    return !letsGo;
  });
  return [
    ...parts.map((part) => part.key),
    ...dependents.flatMap((other) => wholeTypes(other, live)),
    ...left(key, propagation),
    ...readers(),
  ];
  /** What has to do with a column that is a text for a while. */
  function readers(): string[] {
    if (fates.get(key) !== "replaced" || !HELD.has(live.facts.get(key)!.kind)) return [];
    return heldColumns(live.facts.get(key)!, context)
      .flatMap((column) => [...live.neededBy(column.key)])
      .filter((other) => survives(fates, other) && !isKept(live.facts.get(other)!));
  }
}

/** The whole index of a part that goes while its table stays: the part goes with the whole one only. */
function left(key: string, propagation: Propagation): string[] {
  const { live, fates } = propagation;
  const fact = live.facts.get(key)!;
  const whole = wholeOf(fact);
  if (whole === undefined || !survives(fates, whole) || !survives(fates, fact.parents[0]!)) return [];
  return staysAttached(fact, propagation) ? [whole] : [];
}

/** The types whose columns stay when they are made anew. */
export const HELD: ReadonlySet<string> = new Set(["domain", "composite type", "range type", "collation"]);

function survives(fates: Fates, key: string): boolean {
  const fate = fates.get(key);
  return fate === undefined || fate === "kept" || fate === "changed";
}

/** What holds data is never made anew for the sake of something else. */
function isKept({ kind, attributes }: Fact): boolean {
  if (kind === "column") return attributes["generated"] === null || attributes["generated"] === undefined;
  return kind === "table" || kind === "sequence" || kind === "schema" || kind === "extension";
}
