import type { Order } from "./descent.ts";
import type { Step } from "./edges.ts";
import { wholeTable } from "./expand.ts";
import type { Fact } from "./fact.ts";
import type { Propagation } from "./fates.ts";
import { isDestroyed, isMade, type Verb } from "./nodes.ts";
import { isMadeAlone } from "./rules/partition-index.ts";
import type { Fate } from "./rules/rule.ts";
import { wholeOf } from "./slots.ts";

const step = (verb: Verb, key: string): Step => ({ verb, key });

/**
 * An index of a partitioned table alone comes when all partitions are there: each would get a part of its own with it. It
 * is whole with its last part if those are gone that have none, and can be referred to then.
 */
export function aloneSteps({ live, target, fates, context }: Propagation): Order[] {
  const steps: Order[] = [];
  const connect = (before: Step, after: Step): void => void steps.push({ before, after });
  const tables = new Map<string, Step[]>();
  const firstOf = (fact: Fact, fate: Fate): Step[] => {
    if (isMade(fate)) return isMadeAlone(fact, context) ? [step("create", fact.key)] : [];
    const becomesWhole = fact.attributes["valid"] === true && live.facts.get(fact.key)?.attributes["valid"] === false;
    const parts = becomesWhole ? target.partsOf(fact.key).filter((part) => wholeOf(part) === fact.key) : [];
    return parts.flatMap(({ key }) => [step("create", key), step("change", key)]);
  };
  for (const [key, fate] of fates) {
    const fact = target.facts.get(key);
    const first = fact === undefined ? [] : firstOf(fact, fate);
    if (first.length > 0) tables.set(fact!.parents[0]!, [...(tables.get(fact!.parents[0]!) ?? []), ...first]);
  }
  if (tables.size === 0) return [];
  for (const { verb, key } of [...tables.values()].flat()) {
    if (verb !== "create") continue;
    const users = [...target.neededBy(key)].filter(
      (user) => target.facts.get(user)!.attributes["type"] === "foreign key",
    );
    for (const part of target.partsOf(key))
      for (const user of users) connect(step("finish", part.key), step("create", user));
  }
  for (const [key, fate] of fates) {
    const [here, there] = [wholeTable(live.facts.get(key)), wholeTable(target.facts.get(key))];
    const joined = fate === "dropped" ? undefined : there;
    for (const index of tables.get(joined ?? "") ?? [])
      if (isMadeAlone(target.facts.get(index.key)!, context))
        for (const verb of ["create", "finish"] as const) connect(step(verb, key), index);
    const isLeft = isDestroyed(fate) || (fate === "changed" && here !== there);
    for (const index of (isLeft ? tables.get(here ?? "") : undefined) ?? [])
      connect(step(isDestroyed(fate) ? "drop" : "change", key), index);
  }
  return steps;
}
