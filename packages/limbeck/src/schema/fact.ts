import { identifier } from "../operations/language/identifiers.ts";

/** What a fact can be about, in the order in which people read a schema. */
export const FACT_KINDS = [
  "schema",
  "extension",
  "enum",
  "domain",
  "composite type",
  "sequence",
  "table",
  "column",
  "constraint",
  "index",
  "view",
  "materialized view",
  "function",
  "procedure",
  "trigger",
  "policy",
  "rule",
  "comment",
] as const;

export type FactKind = (typeof FACT_KINDS)[number];

/** Plain JSON data. Numbers that may be larger than JavaScript's are texts. */
export type Attribute =
  | string
  | number
  | boolean
  | null
  | readonly Attribute[]
  | { readonly [name: string]: Attribute };

export type Attributes = Readonly<Record<string, Attribute>>;

/** The names that tell one fact from all others of its kind. */
export interface Identity {
  /** Null for what stands in no schema: schemas themselves and extensions. */
  readonly schema: string | null;
  /** The relation or domain inside which the name counts: that of a column, constraint, trigger, policy or rule. */
  readonly relation?: string;
  readonly name: string;
  /** The argument types of a routine. */
  readonly signature?: string;
  /** The kind of what a comment is on; the other names are those of its subject. */
  readonly on?: FactKind;
}

/**
 * One thing that a schema says. Facts are flat: a table is one fact and each of its columns another, which names the
 * table as a parent. Names inside attributes are PostgreSQL's own text, with their schema.
 */
export interface Fact {
  readonly kind: FactKind;
  readonly identity: Identity;
  /** Kind and identity as one text. */
  readonly key: string;
  /** The keys of the facts that this one is a part of: without any of them it is not there. */
  readonly parents: readonly string[];
  /** Where a column stands among its siblings. Never compared. */
  readonly position: number;
  readonly attributes: Attributes;
}

/** Something in a database that no fact describes. */
export interface Unmodelled {
  /** What it is: `"cast"`, `"publication"`. */
  readonly kind: string;
  readonly name: string;
}

/** A kind of fact, or an attribute of one, as in `"table.options"`. */
export type Silence = FactKind | `${FactKind}.${string}`;

/** All that is known of a schema. Every key is there once; the facts are in the order of `compareFacts`. */
export interface Schema {
  readonly facts: readonly Fact[];
  /** Read by name only: nothing is known of how these are defined. */
  readonly unmodelled: readonly Unmodelled[];
  /** What the source of this schema has no words for, so that its absence says nothing. */
  readonly silentOn: readonly Silence[];
}

export interface FactInput {
  readonly kind: FactKind;
  readonly identity: Identity;
  readonly parents?: readonly string[];
  readonly position?: number;
  readonly attributes: Attributes;
}

export function factOf({ kind, identity, parents = [], position = 0, attributes }: FactInput): Fact {
  return { kind, identity, key: keyOf(kind, identity), parents, position, attributes };
}

/** A schema out of facts in any order. */
export function schemaOf(facts: readonly Fact[], rest: Partial<Omit<Schema, "facts">> = {}): Schema {
  return { unmodelled: [], silentOn: [], ...rest, facts: facts.toSorted(compareFacts) };
}

/** Kind and names as one text, as in `column public.city.name`. */
export function keyOf(kind: FactKind, identity: Identity): string {
  const subject = identity.on === undefined ? "" : `${identity.on} `;
  return `${kind} ${subject}${nameOf(identity)}`;
}

/** The names of an identity as SQL would write them, with the schema. */
export function nameOf({ schema, relation, name, signature }: Identity): string {
  const names = [schema, relation, name].filter((part) => part !== null && part !== undefined);
  return `${names.map(identifier).join(".")}${signature === undefined ? "" : `(${signature})`}`;
}

/** The order of kinds, then of names, the same on every machine. */
export function compareFacts(a: Fact, b: Fact): number {
  return FACT_KINDS.indexOf(a.kind) - FACT_KINDS.indexOf(b.kind) || compareTexts(a.key, b.key);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function factsByKey(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  return new Map(facts.map((each) => [each.key, each]));
}

/** The facts that a fact is a part of, and those that they are a part of. */
export function ancestorsOf(fact: Fact, facts: ReadonlyMap<string, Fact>): Fact[] {
  const parents = fact.parents.flatMap((key) => facts.get(key) ?? []);
  return [...parents, ...parents.flatMap((parent) => ancestorsOf(parent, facts))];
}
