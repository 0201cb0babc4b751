import { unequalFacts } from "./compare.ts";
import type { Fact, Schema } from "./fact.ts";
import type { Change, Fate, Rule, RuleContext } from "./rules/rule.ts";
import type { Side } from "./side.ts";

/** What becomes of every fact that does not simply stay. */
export type Fates = Map<string, Fate>;

/** The differing facts, each with what its rule makes of the difference. */
export function firstFates(live: Schema, target: Schema): Fates {
  const fates: Fates = new Map();
  for (const { live: here, target: there } of unequalFacts(live, target)) {
    fates.set((here ?? there).key, here === undefined ? "created" : there === undefined ? "dropped" : "changed");
  }
  return fates;
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
  return fate === "dropped" || fate === "replaced" ? bereaved(key, propagation) : [];
}

export function changeOf(key: string, { live, target, context, ruleOf }: Propagation): Change | "replace" {
  const [here, there] = [live.facts.get(key)!, target.facts.get(key)!];
  return ruleOf(here).change?.(here, there, context) ?? "replace";
}

function lifted(key: string, { lifts }: Change, { live, fates }: Propagation): string[] {
  if (lifts === undefined) return [];
  return [...live.neededBy(key)].filter((other) => survives(fates, other) && lifts(live.facts.get(other)!));
}

/** Those that cannot stay as they are when a fact goes, be it for a moment. */
function bereaved(key: string, { live, target, fates }: Propagation): string[] {
  const parts = live.partsOf(key).filter((part) => {
    return survives(fates, part.key) && target.facts.get(part.key)!.parents.includes(key);
  });
  const dependents = [...live.neededBy(key)].filter((other) => {
    if (!survives(fates, other) || isKept(live.facts.get(other)!)) return false;
    const letsGo = fates.get(other) === "changed" && !target.needs(other).has(key);
    return !letsGo;
  });
  return [...parts.map((part) => part.key), ...dependents];
}

function survives(fates: Fates, key: string): boolean {
  const fate = fates.get(key);
  return fate === undefined || fate === "kept" || fate === "changed";
}

/** What holds data is never made anew for the sake of something else. */
function isKept({ kind, attributes }: Fact): boolean {
  if (kind === "column") return attributes["generated"] === null || attributes["generated"] === undefined;
  return kind === "table" || kind === "sequence" || kind === "schema" || kind === "extension";
}
