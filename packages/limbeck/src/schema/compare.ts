import { attributeNames, equalAttribute } from "./attributes.ts";
import { displayChange, displayFact, displayName } from "./describe.ts";
import {
  ancestorsOf,
  compareFacts,
  factsByKey,
  type Attribute,
  type Fact,
  type FactKind,
  type Schema,
} from "./fact.ts";

/** A fact that is not the same on both sides; one that is missing on a side is undefined there. */
export type FactPair =
  | { readonly live: Fact; readonly target: undefined }
  | { readonly live: undefined; readonly target: Fact }
  | { readonly live: Fact; readonly target: Fact };

/** One way in which a live schema is not the target schema, as `check` reports it. */
export interface Difference {
  readonly kind: FactKind;
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
    else if (differing(fact, other).length > 0) pairs.push({ live: fact, target: other });
  }
  for (const fact of target.facts) if (!here.has(fact.key)) pairs.push({ live: undefined, target: fact });
  return pairs.toSorted((a, b) => compareFacts((a.live ?? a.target), (b.live ?? b.target)));
}

/**
 * How a live schema differs from the target schema, in a stable order. What goes with something that is missing or
 * unexpected itself, as the columns of a table do, is not told again; nor is what the target has no words for.
 */
export function compareSchemas(live: Schema, target: Schema): Difference[] {
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  const goesWithItsParent = ({ live: fact, target: other }: FactPair): boolean => {
    if (fact !== undefined && other !== undefined) return false;
    const [own, opposite] = fact === undefined ? [there, here] : [here, there];
    return ancestorsOf((fact ?? other), own).some(({ key }) => !opposite.has(key));
  };
  const isUnspoken = ({ live: fact, target: other }: FactPair): boolean =>
    other === undefined && target.silentOn.includes(fact.kind);
  return unequalFacts(live, target)
    .filter((pair) => !isUnspoken(pair) && !goesWithItsParent(pair))
    .map(differenceOf);
}

function differenceOf({ live, target }: FactPair): Difference {
  const fact = (live ?? target);
  const base = { kind: fact.kind, name: displayName(fact) };
  if (live === undefined) return { ...base, change: "missing", message: `${displayFact(fact)} is missing` };
  if (target === undefined) {
    return { ...base, change: "unexpected", message: `${displayFact(fact)} is not in the target schema` };
  }
  const attributes = differing(live, target);
  const said = attributes.map(({ name, live: here, target: there }) => displayChange(name, here, there));
  return { ...base, change: "different", attributes, message: `${displayFact(fact)}: ${said.join("; ")}` };
}

function differing(live: Fact, target: Fact): AttributeDifference[] {
  return attributeNames(live.attributes, target.attributes)
    .map((name) => ({ name, live: live.attributes[name] ?? null, target: target.attributes[name] ?? null }))
    .filter((attribute) => !equalAttribute(attribute.live, attribute.target));
}
