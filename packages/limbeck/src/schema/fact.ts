import { identifier } from "../operations/language/identifiers.ts";

/** What a fact can be about, in the order in which people read a schema. */
export const FACT_KINDS = [
  "schema",
  "extension",
  "language",
  "access method",
  "foreign data wrapper",
  "foreign server",
  "user mapping",
  "collation",
  "conversion",
  "shell type",
  "base type",
  "enum",
  "domain",
  "composite type",
  "range type",
  "sequence",
  "table",
  "foreign table",
  "column",
  "default",
  "constraint",
  "index",
  "statistics object",
  "view",
  "materialized view",
  "function",
  "procedure",
  "aggregate",
  "operator",
  "operator family",
  "operator class",
  "cast",
  "transform",
  "text search parser",
  "text search template",
  "text search dictionary",
  "text search configuration",
  "trigger",
  "event trigger",
  "policy",
  "rule",
  "publication",
  "published table",
  "published schema",
  "subscription",
  "owner",
  "grant",
  "default privileges",
  "security label",
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
  /** Null for what stands in no schema: schemas themselves, extensions, casts. */
  readonly schema: string | null;
  /**
   * What the name counts in: the relation or domain of a column, default, constraint, trigger, policy or rule, the server
   * of a user mapping, the table of a published one, the publication of a published schema.
   */
  readonly relation?: string;
  /** Empty where the signature is all there is: casts and transforms. */
  readonly name: string;
  /** The types of a routine's or an operator's arguments, the method of an operator class, the kind of default privileges. */
  readonly signature?: string;
  /** The kind of what an owner, a grant, a security label or a comment is on; the names are those of the subject. */
  readonly on?: FactKind;
  /** To whom privileges are granted, `public` among others; who provides a security label. */
  readonly role?: string;
  /** Who granted, where that is not the owner. */
  readonly by?: string;
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

/** That one fact needs another: without `on`, `from` cannot be. */
export interface Dependency {
  /** The key of a fact. */
  readonly from: string;
  /** The key of a fact. */
  readonly on: string;
  /**
   * As PostgreSQL has it (manual, pg_depend): what is `normal` keeps `on` from being dropped, what is `auto` or
   * `internal` is dropped with it, and `partition` is a partition's part that goes with its table or with the whole's.
   */
  readonly type: "normal" | "auto" | "internal" | "partition";
}

/**
 * A kind of fact, an attribute of one, as in `"table.options"`, or the key of a fact whose owner, grants and comment are
 * meant, as in `"schema public"`; or what is unmodelled, all of it or of one kind.
 */
export type Silence =
  | FactKind
  | `${FactKind}.${string}`
  | `${FactKind} ${string}`
  | "unmodelled"
  | `unmodelled ${string}`;

/** All that is known of a schema. Every key is there once; the facts are in the order of `compareFacts`. */
export interface Schema {
  readonly facts: readonly Fact[];
  /** Between facts of this schema, beside their parents. Found out when they are asked for, since comparing needs none. */
  readonly dependencies: () => readonly Dependency[];
  /** Read by name only: nothing is known of how these are defined. */
  readonly unmodelled: readonly Unmodelled[];
  /** The foreign keys that partitions have from their table under a name of their own, which they keep when they leave. */
  readonly inheritedKeys: readonly Fact[];
  /** The role that read it, to which new objects belong; null when it was read from nowhere. */
  readonly user: string | null;
  /** The server's; 0 when it was read from nowhere. */
  readonly majorVersion: number;
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
  const empty = {
    dependencies: () => [],
    unmodelled: [],
    inheritedKeys: [],
    user: null,
    majorVersion: 0,
    silentOn: [],
  };
  return { ...empty, ...rest, facts: inOrder(facts) };
}

/** Most schemas are made of one that is in order. */
function inOrder(facts: readonly Fact[]): readonly Fact[] {
  if (facts.every((fact, index) => index === 0 || compareFacts(facts[index - 1]!, fact) < 0)) return facts;
  const byKind = new Map(FACT_KINDS.map((kind): [FactKind, Fact[]] => [kind, []]));
  for (const fact of facts) byKind.get(fact.kind)!.push(fact);
  return [...byKind.values()].flatMap(byTheirKeys);
}

/** Sorts facts of one kind. Texts are sorted without a call for each pair of them. */
function byTheirKeys(facts: readonly Fact[]): readonly Fact[] {
  const byKey = new Map(facts.map((fact) => [fact.key, fact]));
  return [...byKey.keys()].toSorted().map((key) => byKey.get(key)!);
}

/** Kind and names as one text, as in `column public.city.name` and `grant on table public.city to reader`. */
export function keyOf(kind: FactKind, identity: Identity): string {
  const subject = identity.on === undefined ? "" : `on ${identity.on} `;
  return `${kind} ${subject}${nameOf(identity)}${rolesOf(kind, identity, identifier)}`;
}

/** The roles of an identity, as the end of its name. */
export function rolesOf(kind: FactKind, { role, by }: Identity, write: (name: string) => string): string {
  if (role === undefined) return "";
  return ` ${kind === "security label" ? "by" : "to"} ${write(role)}${by === undefined ? "" : ` by ${write(by)}`}`;
}

/** The names of an identity as SQL would write them, with the schema. */
export function nameOf({ schema, relation, name, signature }: Identity): string {
  let text = placeOf(schema, relation);
  if (name !== "") text = text === "" ? written(name) : `${text}.${written(name)}`;
  return signature === undefined ? text : `${text}(${signature})`;
}

/** The schema and the relation as SQL would write them. Facts of one relation come one after the other. */
function placeOf(schema: string | null, relation: string | undefined): string {
  if (schema !== last.schema || relation !== last.relation) {
    const names = [schema, relation].filter((each) => each !== null && each !== undefined);
    last = { schema, relation, text: names.map(written).join(".") };
  }
  return last.text;
}

let last: { readonly schema: string | null; readonly relation: string | undefined; readonly text: string } = {
  schema: null,
  relation: undefined,
  text: "",
};

/** The name of an operator is made of signs, which take no quotes. */
function written(name: string): string {
  return /^[-+*/<>=~!@#%^&|`?]+$/.test(name) ? name : identifier(name);
}

/** The order of kinds, then of names, the same on every machine. */
export function compareFacts(a: Fact, b: Fact): number {
  return a.kind === b.kind ? compareTexts(a.key, b.key) : RANKS.get(a.kind)! - RANKS.get(b.kind)!;
}

const RANKS: ReadonlyMap<FactKind, number> = new Map(FACT_KINDS.map((kind, index) => [kind, index]));

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Facts by their keys. A comparison asks for those of a schema many times, and they are the same each time. */
export function factsByKey(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  let byKey = BY_KEY.get(facts);
  if (byKey === undefined) {
    byKey = new Map(facts.map((each) => [each.key, each]));
    BY_KEY.set(facts, byKey);
  }
  return byKey;
}

const BY_KEY = new WeakMap<readonly Fact[], ReadonlyMap<string, Fact>>();

/** The facts that a fact is a part of, and those that they are a part of. */
export function ancestorsOf(fact: Fact, facts: ReadonlyMap<string, Fact>): Fact[] {
  const parents = fact.parents.flatMap((key) => facts.get(key) ?? []);
  return [...parents, ...parents.flatMap((parent) => ancestorsOf(parent, facts))];
}
