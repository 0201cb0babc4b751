import { displayFact } from "./describe.ts";
import type { Fact } from "./fact.ts";
import type { Propagation } from "./fates.ts";
import { isWidening } from "./rules/types.ts";

/** Something that cannot be had back, or that rows may stand in the way of. */
export interface DataLoss {
  /** The key of the fact. */
  readonly key: string;
  readonly message: string;
}

/** What a plan does to data. */
export function dataLossOf({ live, target, fates }: Propagation): DataLoss[] {
  const losses: DataLoss[] = [];
  for (const [key, fate] of fates) {
    const [here, there] = [live.facts.get(key), target.facts.get(key)];
    if (fate === "dropped" && holdsData(here!) && !goesAlong(here!, fates)) {
      losses.push({ key, message: `${displayFact(here!)} is dropped with its data.` });
    } else if (fate === "replaced" && holdsData(here!) && !goesAlong(here!, fates)) {
      losses.push({ key, message: `${displayFact(here!)} is dropped and made anew, without its data.` });
    } else if (fate === "changed" && here!.kind === "column") {
      const [from, to] = [here!.attributes["type"] as string, there!.attributes["type"] as string];
      if (!isWidening(from, to))
        losses.push({ key, message: `${displayFact(here!)} becomes ${to}: values of ${from} may not fit.` });
    } else if (fate === "changed" && here!.kind === "enum") {
      const values = there!.attributes["values"] as readonly string[];
      const gone = (here!.attributes["values"] as readonly string[]).filter((value) => !values.includes(value));
      if (gone.length > 0)
        losses.push({
          key,
          message: `${displayFact(here!)} loses ${gone.join(", ")}: a row that has it fails the change.`,
        });
    }
  }
  return losses.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function holdsData({ kind, attributes }: Fact): boolean {
  if (kind === "column") return attributes["generated"] === null;
  return kind === "table" || kind === "sequence";
}

function goesAlong(fact: Fact, fates: Propagation["fates"]): boolean {
  return fact.parents.some((key) => ["dropped", "replaced"].includes(fates.get(key) ?? "kept"));
}
