import { attributeNames, equalAttribute, equalAttributes, hasMoved } from "./attributes.ts";
import { displayChange, displayFact, displayName } from "./describe.ts";
import { completed } from "./silence.ts";
import { ancestorsOf, compareFacts, factsByKey, type Attribute, type Fact, type Schema } from "./fact.ts";

/** A fact that is not the same on both sides; one that is missing on a side is undefined there. */
export type FactPair =
  | { readonly live: Fact; readonly target: undefined }
  | { readonly live: undefined; readonly target: Fact }
  | { readonly live: Fact; readonly target: Fact };

/** One way in which a live schema is not the target schema, as `check` reports it. */
export interface Difference {
  /** A kind of fact, or of something unmodelled. */
  readonly kind: string;
  /** The name for people's eyes: without the schema `public`. */
  readonly name: string;
  /** Seen from the live side: it lacks something, has something on top, or has it otherwise. */
  readonly change: "missing" | "unexpected" | "different";
  /** With `different`: what differs. */
  readonly attributes?: readonly AttributeDifference[];
  /** The difference in one line. */
  readonly message: string;
}

export interface AttributeDifference {
  readonly name: string;
  readonly live: Attribute;
  readonly target: Attribute;
}

/** Every fact that is not the same on both sides, parts of missing things included: set arithmetic and no more. */
export function unequalFacts(live: Schema, target: Schema): FactPair[] {
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  const pairs: FactPair[] = [];
  for (const fact of live.facts) {
    const other = there.get(fact.key);
    if (other === undefined) pairs.push({ live: fact, target: undefined });
    else if (!equalAttributes(fact.attributes, other.attributes) || hasMoved(fact, other))
      pairs.push({ live: fact, target: other });
  }
  for (const fact of target.facts) if (!here.has(fact.key)) pairs.push({ live: undefined, target: fact });
  return pairs.toSorted((a, b) => compareFacts(a.live ?? a.target, b.live ?? b.target));
}

/**
 * How a live schema differs from the target schema, in a stable order. What goes with something that is missing or
 * unexpected itself, as the columns of a table do, is not told again; nor is what the target has no words for. Of what
 * is not modelled, only what the target has and the live schema lacks is told: the rest is often the server's own.
 */
export function compareSchemas(live: Schema, spoken: Schema): Difference[] {
  const target = completed(live, spoken);
  const modelled = toldPairs(live, target).flatMap((pair) => {
    const { live: fact, target: other } = pair;
    if (fact === undefined) return [missing(other)];
    return other === undefined ? [unexpected(fact)] : changed(fact, other);
  });
  return [...modelled, ...missingUnmodelled(live, target)];
}

/** Unequal facts without those that go with something that is only on one side itself. */
export function toldPairs(live: Schema, target: Schema): FactPair[] {
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  return unequalFacts(live, target).filter(({ live: fact, target: other }) => {
    if (fact !== undefined && other !== undefined) return true;
    return fact === undefined ? !goesWithItsParent(other, there, here) : !goesWithItsParent(fact, here, there);
  });
}

function missingUnmodelled(live: Schema, target: Schema): Difference[] {
  const here = new Set(live.unmodelled.map(({ kind, name }) => `${kind} ${name}`));
  return target.unmodelled
    .filter(({ kind, name }) => !here.has(`${kind} ${name}`))
    .map(({ kind, name }) => ({ kind, name, change: "missing", message: `${kind} ${name} is missing` }));
}

type Facts = ReadonlyMap<string, Fact>;

function goesWithItsParent(fact: Fact, own: Facts, opposite: Facts): boolean {
  return ancestorsOf(fact, own).some(({ key }) => !opposite.has(key));
}

function changed(live: Fact, target: Fact): Difference[] {
  const shown = changedAttributes(live, target);
  if (shown.length === 0) return [];
  const said = shown.map(({ name, live: here, target: there }) =>
    isSecret(live, name) ? `${name} differ` : displayChange(name, here, there),
  );
  return [
    { ...named(live), change: "different", attributes: shown, message: `${displayFact(live)}: ${said.join("; ")}` },
  ];
}

/** What differs between two facts, without passwords and without what time changes. */
export function changedAttributes(live: Fact, target: Fact): AttributeDifference[] {
  return differing(live, target)
    .filter((attribute) => !isRefreshed(attribute))
    .map((attribute) => (isSecret(live, attribute.name) ? { ...attribute, live: HIDDEN, target: HIDDEN } : attribute));
}

export const HIDDEN = "(hidden)";

/** Whether an attribute may hold a password. */
export function isSecret({ kind }: Fact, attribute: string): boolean {
  return SECRETS.has(`${kind}.${attribute}`);
}

const SECRETS = new Set(["foreign server.options", "user mapping.options", "subscription.connection"]);

/** A materialized view that is made without data is filled one day, and is the same view then. */
function isRefreshed({ name, live }: AttributeDifference): boolean {
  return name === "populated" && live === true;
}

function missing(fact: Fact): Difference {
  return { ...named(fact), change: "missing", message: `${displayFact(fact)} is missing` };
}

function unexpected(fact: Fact): Difference {
  return { ...named(fact), change: "unexpected", message: `${displayFact(fact)} is not in the target schema` };
}

function named(fact: Fact): Pick<Difference, "kind" | "name"> {
  return { kind: fact.kind, name: displayName(fact) };
}

function differing(live: Fact, target: Fact): AttributeDifference[] {
  const moved = hasMoved(live, target) ? [{ name: "table", live: live.parents[0]!, target: target.parents[0]! }] : [];
  const attributes = attributeNames(live.attributes, target.attributes)
    .map((name) => ({ name, live: live.attributes[name] ?? null, target: target.attributes[name] ?? null }))
    .filter((attribute) => !equalAttribute(attribute.live, attribute.target));
  return [...moved, ...attributes];
}
