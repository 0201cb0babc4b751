import type { Step } from "./edges.ts";
import { keyOf, type Fact, type Identity } from "./fact.ts";
import type { Propagation } from "./fates.ts";
import { isDestroyed, isMade } from "./nodes.ts";
import { hasRights, RELATIONS } from "./rights.ts";
import { ownersBefore } from "./rules/sequence-owner.ts";

/** Rights are given and taken once an object is there and has its owner; default privileges change at the very end. */
export function rightsSteps({
  live,
  target,
  fates,
  context,
}: Propagation): { readonly before: Step; readonly after: Step }[] {
  const steps: { before: Step; after: Step }[] = [];
  const connect = (before: Step, after: Step): void => void steps.push({ before, after });
  const defaults: Step[] = [];
  for (const [key, fate] of fates) {
    const fact = target.facts.get(key) ?? live.facts.get(key)!;
    const own = step(isMade(fate) ? "create" : fate === "changed" ? "change" : "drop", key);
    if (fact.kind === "default privileges") defaults.push(own);
    if (fact.kind === "sequence" && fate === "changed")
      for (const owner of ownersBefore(fact, context))
        for (const verb of ["create", "change"] as const) connect(step(verb, owner), own);
    const goesWithIt = own.verb === "drop" && fact.parents.some((parent) => isDestroyed(fates.get(parent)));
    if (fact.kind !== "grant" || goesWithIt) continue;
    const { role: _, by: __, ...subject } = fact.identity;
    for (const owner of ownersOf(subject)) {
      connect(step("change", owner), own);
      connect(step("create", owner), own);
    }
    if (own.verb === "drop") continue;
    for (const whole of wholeGrants(fact))
      for (const verb of ["drop", "create", "change"] as const) connect(step(verb, whole), own);
  }
  for (const later of defaults) {
    for (const [key, fate] of fates)
      if (isMade(fate) && hasRights(target.facts.get(key)!)) connect(step("create", key), later);
  }
  return steps;
}

const step = (verb: Step["verb"], key: string): Step => ({ verb, key });

/** The keys that the owner may have: a column's is its relation's, of whatever kind. */
function ownersOf(subject: Identity): string[] {
  if (subject.on !== "column") return [keyOf("owner", subject)];
  const { schema, relation } = subject;
  return RELATIONS.map((on) => keyOf("owner", { schema, name: relation!, on }));
}

/** The keys that a role's rights on the whole relation of a column may have: what is taken there is taken here. */
function wholeGrants({ identity: { on, schema, relation, role } }: Fact): string[] {
  if (on !== "column") return [];
  return RELATIONS.map((whole) => keyOf("grant", { schema, name: relation!, on: whole, role: role! }));
}
