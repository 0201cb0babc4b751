import { isCopy } from "./attributes.ts";
import { ancestorsOf, factsByKey, schemaOf, type Dependency, type Fact, type Schema, type Silence } from "./fact.ts";
import { withOwnAsWell } from "./own-as-well.ts";

const COMPLETED = new WeakMap<Schema, { readonly live: Schema; readonly whole: Schema }>();

/**
 * A target schema that has, where it has no words of its own, what the live schema has: nothing is to be said or done
 * there. All who look at the same two schemas are given the same one.
 */
export function completed(live: Schema, given: Schema): Schema {
  let known = COMPLETED.get(given);
  if (known?.live !== live) COMPLETED.set(given, (known = { live, whole: withUnsaid(live, given) }));
  return known.whole;
}

function withUnsaid(live: Schema, given: Schema): Schema {
  const target = withOwnAsWell(live, given);
  if (target.silentOn.length === 0 && !target.facts.some(isOwnerUnsaid)) return target;
  const silentOn = new Set<string>(target.silentOn);
  const attributes = silentAttributes(target.silentOn);
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  const facts = new Map<string, Fact>();
  for (const fact of target.facts) {
    const spoken = withSilentAttributes(fact, here.get(fact.key), silentOn, attributes.get(fact.kind));
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
  let found: readonly Dependency[] | undefined;
  const dependencies = (): readonly Dependency[] =>
    (found ??= [...target.dependencies(), ...live.dependencies().filter(added)]);
  return schemaOf([...facts.values()], { ...target, silentOn: [], dependencies });
}

type Silences = ReadonlySet<string>;

/** Whoever has no words for partitions does not name them either. */
function isSilent({ kind, parents, identity, attributes }: Fact, silentOn: Silences): boolean {
  const isPartition = kind === "table" && attributes["partitionOf"] !== null;
  const isAbout = identity.on !== undefined && parents.some((key) => silentOn.has(key));
  return silentOn.has(kind) || isAbout || (isPartition && silentOn.has("table.partitionOf"));
}

/** A target's fact with the live one's attributes where it has no words; undefined when it has none at all. */
function withSilentAttributes(
  fact: Fact,
  live: Fact | undefined,
  silentOn: Silences,
  attributes: readonly string[] | undefined,
): Fact | undefined {
  if (isOwnerUnsaid(fact) || (fact.identity.on !== undefined && isSilent(fact, silentOn))) return live;
  if (live === undefined || attributes === undefined) return fact;
  if (attributes.every((name) => isCopy(live.attributes[name], fact.attributes[name]))) return fact;
  const names = attributes.filter((name) => name in live.attributes);
  const silent = Object.fromEntries(names.map((name) => [name, live.attributes[name]!]));
  return { ...fact, attributes: { ...fact.attributes, ...silent } };
}

function isOwnerUnsaid({ kind, attributes }: Fact): boolean {
  return kind === "owner" && attributes["role"] === null;
}

/** The attributes that are silent, by the kind of their facts. */
function silentAttributes(silentOn: readonly Silence[]): ReadonlyMap<string, readonly string[]> {
  const byKind = new Map<string, string[]>();
  for (const silence of silentOn) {
    const dot = silence.indexOf(".");
    if (dot === -1) continue;
    const kind = silence.slice(0, dot);
    byKind.set(kind, [...(byKind.get(kind) ?? []), silence.slice(dot + 1)]);
  }
  return byKind;
}
