import type { Step } from "./edges.ts";
import { keyOf, type Fact, type Identity } from "./fact.ts";
import type { Propagation } from "./fates.ts";
import { isDestroyed, isMade } from "./nodes.ts";

/**
 * A logged table cannot point to an unlogged one (manual: CREATE TABLE), so a foreign key that goes has to go before one of
 * its tables changes sides, one that comes has to wait, and of two tables one changes first.
 */
export function loggingSteps({ live, target, fates }: Propagation): { readonly before: Step; readonly after: Step }[] {
  const turned = new Map<string, boolean>();
  for (const [key, fate] of fates) {
    const [here, there] = [live.facts.get(key), target.facts.get(key)];
    if (fate !== "changed" || here?.kind !== "table" || there === undefined) continue;
    const isUnlogged = there.attributes["persistence"] === "unlogged";
    if (here.attributes["persistence"] !== there.attributes["persistence"]) turned.set(key, isUnlogged);
  }
  if (turned.size === 0) return [];
  const steps: { before: Step; after: Step }[] = [];
  const step = (verb: Step["verb"], key: string): Step => ({ verb, key });
  for (const fact of [...live.facts.values(), ...target.facts.values()]) {
    const ends = endsOf(fact);
    if (ends === undefined) continue;
    const fate = fates.get(fact.key);
    for (const table of ends.filter((key) => turned.has(key))) {
      if (isDestroyed(fate)) steps.push({ before: step("drop", fact.key), after: step("change", table) });
      if (isMade(fate)) steps.push({ before: step("change", table), after: step("create", fact.key) });
    }
    const [source, referenced] = ends;
    if (isDestroyed(fate) || isMade(fate) || source === referenced) continue;
    const isUnlogged = turned.get(source);
    if (isUnlogged === undefined || turned.get(referenced) !== isUnlogged) continue;
    const [first, second] = isUnlogged ? [source, referenced] : [referenced, source];
    steps.push({ before: step("change", first), after: step("change", second) });
  }
  return steps;
}

/** The table of a foreign key and the one that it points to. */
function endsOf({ kind, parents, attributes }: Fact): readonly [source: string, referenced: string] | undefined {
  const referenced = attributes["references"] as Identity | null | undefined;
  if (kind !== "constraint" || !referenced) return undefined;
  return [parents[0]!, keyOf("table", referenced)];
}
