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

const SIDES = new WeakMap<Schema["facts"], { readonly dependencies: Schema["dependencies"]; readonly side: Side }>();

/**
 * Indexes a schema. What the catalogs know of dependencies is in the schema; what follows from the names is added. The way there and the
 * way back ask for the same ones.
 */
export function sideOf(schema: Schema): Side {
  const { facts, dependencies } = schema;
  let known = SIDES.get(facts);
  if (known?.dependencies !== dependencies) SIDES.set(facts, (known = { dependencies, side: indexed(schema) }));
  return known.side;
}

function indexed(schema: Schema): Side {
  const facts = factsByKey(schema.facts);
  const parts = once(() => partsIn(schema));
  const pairs = once(() => pairsIn(schema, facts));
  const needs = once(() => lookUp(pairs(), 0));
  const neededBy = once(() => lookUp(pairs(), 1));
  return {
    facts,
    needs: (key) => needs().get(key) ?? NONE,
    neededBy: (key) => neededBy().get(key) ?? NONE,
    partsOf: (key) => parts().get(key) ?? [],
  };
}

/** Finds out when it is first asked: most plans look into one direction only, and some into none. */
function once<T>(find: () => T): () => T {
  let found: T | undefined;
  return () => (found ??= find());
}

function partsIn({ facts }: Schema): ReadonlyMap<string, Fact[]> {
  const parts = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const parent of fact.parents) {
      const others = parts.get(parent);
      if (others === undefined) parts.set(parent, [fact]);
      else others.push(fact);
    }
  }
  return parts;
}

type Pair = readonly [from: string, on: string];

function pairsIn(schema: Schema, facts: Side["facts"]): Pair[] {
  const pairs: Pair[] = [];
  const connect = (from: string, to: string): void => {
    const [one, other] = [facts.get(from), facts.get(to)];
    if (one === undefined || other === undefined || one === other) return;
    // A table can do without the columns of its key as far as any order goes: they come with it, or after it.
    if (one.kind === "table" && other.parents.includes(from)) return;
    pairs.push([from, to]);
  };
  for (const { from, on } of schema.dependencies()) connect(from, on);
  for (const fact of schema.facts) {
    for (const parent of fact.parents) {
      if (fact.kind !== "sequence") connect(fact.key, parent);
    }
    for (const need of impliedNeeds(fact)) connect(fact.key, need);
  }
  return pairs;
}

/** The others of each. */
function lookUp(pairs: readonly Pair[], side: 0 | 1): ReadonlyMap<string, ReadonlySet<string>> {
  const byKey = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const others = byKey.get(pair[side]);
    if (others === undefined) byKey.set(pair[side], new Set([pair[1 - side]!]));
    else others.add(pair[1 - side]!);
  }
  return byKey;
}

/** What a fact needs beside what it is a part of. */
function impliedNeeds({ kind, identity, parents, attributes }: Fact): string[] {
  const { schema, relation } = identity;
  const needs = schema === null ? [] : [keyOf("schema", { schema: null, name: schema })];
  // An inherited column may be no fact of its own; else the table is what it is a part of.
  if (relation !== undefined && parents[0]?.startsWith("table ") !== true)
    needs.push(keyOf("table", { schema, name: relation }));
  if (kind === "table") needs.push(...relationsIn(attributes["inherits"]), ...relationsIn([attributes["partitionOf"]]));
  return needs;
}

function relationsIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((relation: Identity | null | undefined) => (relation ? [keyOf("table", relation)] : []));
}
