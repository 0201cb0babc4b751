import { identifier } from "../operations/language/identifiers.ts";
import {
  factOf,
  keyOf,
  schemaOf,
  type Attribute,
  type Fact,
  type FactKind,
  type Identity,
  type Schema,
} from "./fact.ts";
import { patternOf } from "./pattern.ts";
import { SAID_KINDS, withFacts } from "./with-facts.ts";

/** The kinds that a rename can move to another schema. */
export const MOVED_KINDS = [
  "table",
  "view",
  "materialized view",
  "sequence",
  "enum",
  "domain",
  "composite type",
] as const satisfies readonly FactKind[];

/** Kinds that hold no data, and so move without anybody's word. */
export const FREELY_MOVED_KINDS = [
  "collation",
  "text search dictionary",
  "text search configuration",
  "function",
  "procedure",
  "aggregate",
  "operator family",
  "operator class",
  "statistics object",
] as const satisfies readonly FactKind[];

export type MovedKind = (typeof MOVED_KINDS)[number];

/** An object that goes to another schema under its own name. */
export interface Move {
  readonly kind: MovedKind | (typeof FREELY_MOVED_KINDS)[number];
  readonly schema: string;
  readonly name: string;
  readonly signature?: string;
  readonly toSchema: string;
}

/** The schema as it is when the object has moved, with its columns, indexes, constraints, triggers and own sequences. */
export function moved(schema: Schema, move: Move): Schema {
  const { kind, toSchema: _, ...identity } = move;
  const old = keyOf(kind, identity);
  const home = keyOf("schema", { schema: null, name: move.toSchema });
  const along = comesAlong(schema, move, old);
  const names = new Set(along.values());
  const oldHome = keyOf("schema", { schema: null, name: move.schema });
  const there = withFacts(
    schema,
    (fact) => {
      const attributes = SAID_KINDS.has(fact.kind) ? fact.attributes : recordMoved(fact.attributes, move, names);
      return factOf({ ...fact, identity: identityMoved(fact, move, along, names), attributes });
    },
    ({ on, from }, after) => (on === oldHome && after(from) !== from ? home : after(on)),
  );
  if (schema.facts.some(({ key }) => key === home)) return there;
  const added = factOf({ kind: "schema", identity: { schema: null, name: move.toSchema }, attributes: {} });
  return schemaOf([added, ...there.facts], there);
}

/** The keys and names of the relations and types that change their schema: the object, its indexes and its own sequences. */
function comesAlong({ facts }: Schema, { schema, name }: Move, old: string): ReadonlyMap<string, string> {
  const along = new Map([[old, name]]);
  const take = (kind: FactKind, own: string): void => void along.set(keyOf(kind, { schema, name: own }), own);
  for (const { kind, identity, parents, attributes } of facts) {
    const owner = attributes["ownedBy"] as Identity | null | undefined;
    if (kind === "sequence" && owner?.schema === schema && owner.relation === name) take("sequence", identity.name);
    if (!parents.includes(old)) continue;
    if (kind === "index" || (kind === "constraint" && attributes["clustered"] !== undefined))
      take("index", identity.name);
    const numbers = attributes["identitySequence"] as Identity | null | undefined;
    if (kind === "column" && numbers) take("sequence", numbers.name);
  }
  return along;
}

function identityMoved(
  { kind, identity }: Fact,
  move: Move,
  along: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
): Identity {
  const { on, role: _, by: __, ...subject } = identity;
  const isIt = along.has(keyOf(on ?? kind, subject));
  const isInside = identity.schema === move.schema && identity.relation === move.name;
  const { signature } = identity;
  return {
    ...identity,
    ...((isIt || isInside) && { schema: move.toSchema }),
    ...(signature !== undefined && { signature: textMoved(signature, move, names) }),
  };
}

/** Attributes that refer to what is no relation and no type. */
const OTHERS: ReadonlySet<string> = new Set(["function", "handler", "validator", "inline", "template", "parser"]);

const ROUTINES: ReadonlySet<FactKind> = new Set(["function", "procedure", "aggregate"]);

function recordMoved(record: Fact["attributes"], move: Move, names: ReadonlySet<string>): Fact["attributes"] {
  const { schema, relation, name } = record as unknown as Partial<Identity>;
  const isIt = relation === undefined ? names.has(name ?? "") : relation === move.name;
  const entries = Object.entries(record).map(([attribute, value]) => {
    if (attribute === "schema" && schema === move.schema && isIt) return [attribute, move.toSchema];
    const isOther = attribute === "body" || (OTHERS.has(attribute) && !ROUTINES.has(move.kind));
    return [attribute, isOther ? value : valueMoved(value, move, names)];
  });
  return Object.fromEntries(entries) as Fact["attributes"];
}

function valueMoved(value: Attribute, move: Move, names: ReadonlySet<string>): Attribute {
  if (typeof value === "string") return textMoved(value, move, names);
  if (Array.isArray(value)) return (value as readonly Attribute[]).map((item) => valueMoved(item, move, names));
  return typeof value === "object" && value !== null ? recordMoved(value as Fact["attributes"], move, names) : value;
}

/** Under an empty search_path every name is printed with its schema. */
function textMoved(text: string, { schema, toSchema }: Move, names: ReadonlySet<string>): string {
  const prefix = `${identifier(schema)}.`;
  if (!text.includes(prefix)) return text;
  const escaped = [...names].map((name) => patternOf(identifier(name)));
  const pattern = new RegExp(`(?<![\\w$".])${patternOf(prefix)}(${escaped.join("|")})(?![\\w$"])`, "g");
  return text.replace(pattern, (_, name: string) => `${identifier(toSchema)}.${name}`);
}
