import { factsByKey, keyOf, type Fact, type Identity, type Schema } from "./fact.ts";

/** One of the two schemas of a comparison, with what needs what in it. */
export interface Side {
  readonly facts: ReadonlyMap<string, Fact>;
  /** The keys that a fact cannot do without. */
  readonly needs: (key: string) => ReadonlySet<string>;
  /** The keys of the facts that cannot do without one. */
  readonly neededBy: (key: string) => ReadonlySet<string>;
  /** The facts that are a part of one. */
  readonly partsOf: (key: string) => readonly Fact[];
}

const NONE: ReadonlySet<string> = new Set();

/** Indexes a schema. What the catalogs know of dependencies is in the schema; what follows from the names is added. */
export function sideOf(schema: Schema): Side {
  const facts = factsByKey(schema.facts);
  const needs = new Map<string, Set<string>>();
  const neededBy = new Map<string, Set<string>>();
  const parts = new Map<string, Fact[]>();
  const connect = (from: string, to: string): void => {
    const [one, other] = [facts.get(from), facts.get(to)];
    if (one === undefined || other === undefined || one === other) return;
    // A table can do without the columns of its key as far as any order goes: they come with it, or after it.
    if (one.kind === "table" && other.parents.includes(from)) return;
    entry(needs, from, () => new Set<string>()).add(to);
    entry(neededBy, to, () => new Set<string>()).add(from);
  };
  for (const { from, on } of schema.dependencies()) connect(from, on);
  for (const fact of schema.facts) {
    for (const need of impliedNeeds(fact)) connect(fact.key, need);
    for (const parent of fact.parents) entry(parts, parent, (): Fact[] => []).push(fact);
  }
  return {
    facts,
    needs: (key) => needs.get(key) ?? NONE,
    neededBy: (key) => neededBy.get(key) ?? NONE,
    partsOf: (key) => parts.get(key) ?? [],
  };
}

/** What a map has for a key, or what is made for it. */
function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function impliedNeeds({ kind, identity, parents, attributes }: Fact): string[] {
  const needs = kind === "sequence" ? [] : [...parents];
  if (identity.schema !== null) needs.push(keyOf("schema", { schema: null, name: identity.schema }));
  // An inherited column may be no fact of its own.
  if (identity.relation !== undefined) needs.push(keyOf("table", { schema: identity.schema, name: identity.relation }));
  if (kind === "table") needs.push(...relationsIn(attributes["inherits"]), ...relationsIn([attributes["partitionOf"]]));
  return needs;
}

function relationsIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((relation: Identity | null | undefined) => (relation ? [keyOf("table", relation)] : []));
}
