import { ancestorsOf, factsByKey, schemaOf, type Dependency, type Fact, type Schema } from "./fact.ts";
import { withOwnAsWell } from "./own-as-well.ts";

/**
 * A target schema that has, where it has no words of its own, what the live schema has: nothing is to be said or done
 * there.
 */
export function completed(live: Schema, given: Schema): Schema {
  const target = withOwnAsWell(live, given);
  const silentOn = new Set<string>(target.silentOn);
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  const facts = new Map<string, Fact>();
  for (const fact of target.facts) {
    const spoken = withSilentAttributes(fact, here.get(fact.key), silentOn);
    if (spoken !== undefined) facts.set(fact.key, spoken);
  }
  const isUnsaid = (fact: Fact): boolean =>
    isSilent(fact, silentOn) || ancestorsOf(fact, here).some((above) => isSilent(above, silentOn));
  let waiting = live.facts.filter((fact) => !there.has(fact.key) && isUnsaid(fact));
  // What is added may be what others are waiting for.
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length;
    const ready = waiting.filter(({ parents }) => parents.every((key) => facts.has(key) || !here.has(key)));
    for (const fact of ready) facts.set(fact.key, fact);
    waiting = waiting.filter(({ key }) => !facts.has(key));
  }
  const added = ({ from, on }: Dependency): boolean =>
    facts.has(from) && facts.has(on) && !(there.has(from) && there.has(on));
  return schemaOf([...facts.values()], {
    ...target,
    silentOn: [],
    dependencies: () => [...target.dependencies(), ...live.dependencies().filter(added)],
  });
}

type Silences = ReadonlySet<string>;

/** Whoever has no words for partitions does not name them either. */
function isSilent({ kind, parents, identity, attributes }: Fact, silentOn: Silences): boolean {
  const isPartition = kind === "table" && attributes["partitionOf"] !== null;
  const isAbout = identity.on !== undefined && parents.some((key) => silentOn.has(key));
  return silentOn.has(kind) || isAbout || (isPartition && silentOn.has("table.partitionOf"));
}

/** A target's fact with the live one's attributes where it has no words; undefined when it has none at all. */
function withSilentAttributes(fact: Fact, live: Fact | undefined, silentOn: Silences): Fact | undefined {
  const isOwnerUnsaid = fact.kind === "owner" && fact.attributes["role"] === null;
  if (isOwnerUnsaid || (fact.identity.on !== undefined && isSilent(fact, silentOn))) return live;
  if (live === undefined) return fact;
  const names = Object.keys(live.attributes).filter((name) => silentOn.has(`${fact.kind}.${name}`));
  if (names.length === 0) return fact;
  const silent = Object.fromEntries(names.map((name) => [name, live.attributes[name]!]));
  return { ...fact, attributes: { ...fact.attributes, ...silent } };
}
