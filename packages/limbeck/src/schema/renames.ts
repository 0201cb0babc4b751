import { identifier } from "../operations/language/identifiers.ts";
import { withEnumValueRenamed } from "./enum-value-renames.ts";
import { isTable, parentsOf } from "./expand.ts";
import {
  factOf,
  keyOf,
  type Attribute,
  type Attributes,
  type Fact,
  type FactKind,
  type Identity,
  type Schema,
} from "./fact.ts";
import { moved, type MovedKind } from "./moves.ts";
import { patternOf } from "./pattern.ts";
import { SAID_KINDS, withFacts } from "./with-facts.ts";

/** The kinds that a rename can be told of. */
export const RENAMED_KINDS = [
  "table",
  "column",
  "view",
  "materialized view",
  "sequence",
  "index",
  "constraint",
  "enum",
  "domain",
  "composite type",
  "trigger",
  "policy",
  "statistics object",
] as const satisfies readonly FactKind[];

/** A value of an enum is no fact. */
export type RenamedKind = (typeof RENAMED_KINDS)[number] | "enum value";

/** That something is not gone, but has another name. */
export interface RenameHint {
  readonly kind: RenamedKind;
  /** The schema, and for a column or a constraint the relation, for a value its enum, which come to the new name with it. */
  readonly schema: string;
  readonly relation?: string;
  readonly from: string;
  readonly to: string;
  /** The schema that it goes to, where that is another one. */
  readonly toSchema?: string;
}

/** A hint that changes the name of a fact and nothing else. */
type NameHint = RenameHint & { readonly kind: (typeof RENAMED_KINDS)[number] };

/** The schema as it is when the rename is done: PostgreSQL carries the new name to all that mentions the old one. */
export function renamed(schema: Schema, hint: RenameHint): Schema {
  if (hint.kind === "enum value") return withEnumValueRenamed(schema, { ...hint, relation: hint.relation! });
  const named = hint as NameHint;
  const old = keyOf(named.kind, identityOf(named, hint.from));
  if (!schema.facts.some(({ key }) => key === old)) return schema;
  const { toSchema, from, to } = hint;
  if (toSchema === undefined) return withNewName(schema, named, old);
  const there = moved(schema, { kind: hint.kind as MovedKind, schema: hint.schema, name: from, toSchema });
  const { toSchema: _, ...rest } = named;
  return from === to ? there : renamed(there, { ...rest, schema: toSchema });
}

function withNewName(schema: Schema, hint: NameHint, old: string): Schema {
  const mentioning = new Set(
    schema
      .dependencies()
      .filter(({ on }) => on === old)
      .map(({ from }) => from),
  );
  const after = withFacts(schema, (fact) => {
    const identity = renamedIdentity(fact, hint);
    const attributes = renamedAttributes(fact, hint, mentioning.has(fact.key) || fact.parents.includes(old));
    return factOf({ ...fact, identity, attributes });
  });
  return heirsOf(schema, hint).reduce(renamed, after);
}

/** The same for the tables that inherit a constraint: its name changes in all of them. */
export function heirsOf({ facts }: Schema, hint: RenameHint): RenameHint[] {
  if (hint.kind !== "constraint") return [];
  const isIt = ({ schema, name }: Identity): boolean => schema === hint.schema && name === hint.relation;
  return facts
    .filter((fact) => isTable(fact) && parentsOf(fact).some(isIt))
    .map(({ identity: { schema, name } }) => ({ ...hint, schema: schema!, relation: name }));
}

function identityOf({ kind, schema, relation }: RenameHint, name: string): Identity {
  return IN_RELATION.has(kind) ? { schema, relation: relation!, name } : { schema, name };
}

const IN_RELATION: ReadonlySet<RenamedKind> = new Set(["column", "constraint", "trigger", "policy"]);
const RELATIONS: ReadonlySet<RenamedKind> = new Set(["table", "view", "materialized view", "composite type", "domain"]);

function renamedIdentity({ kind, identity }: Fact, hint: RenameHint): Identity {
  const { schema, relation, name, on, signature } = identity;
  if (schema !== hint.schema) return withTypes(identity, hint);
  const about = on ?? kind;
  const isIt = name === hint.from && (IN_RELATION.has(hint.kind) ? relation === hint.relation : relation === undefined);
  const isSame = about === hint.kind || (hint.kind === "column" && about === "default");
  const isItsIndex = hint.kind === "constraint" && on === "index" && name === hint.from;
  if ((isIt && isSame && signature === undefined) || isItsIndex) return { ...identity, name: hint.to };
  if (RELATIONS.has(hint.kind) && relation === hint.from) return { ...identity, relation: hint.to };
  return withTypes(identity, hint);
}

/** The signature of a routine names types. */
function withTypes(identity: Identity, hint: RenameHint): Identity {
  return identity.signature === undefined
    ? identity
    : { ...identity, signature: qualifiedRenamed(identity.signature, hint) };
}

/** Attributes that refer to relations, columns, indexes and constraints by their names. */
const REFERENCES: ReadonlySet<string> = new Set([
  "partitionOf",
  "inherits",
  "references",
  "table",
  "from",
  "partOf",
  "ownedBy",
]);
const COLUMN_LISTS: ReadonlySet<string> = new Set(["columns", "include", "onDeleteColumns", "events"]);

function renamedAttributes(fact: Fact, hint: RenameHint, mentions: boolean): Fact["attributes"] {
  // Nothing refers to a statistics object, whose name may be that of a table.
  if (SAID_KINDS.has(fact.kind) || hint.kind === "statistics object") return fact.attributes;
  const isOnTable = fact.identity.schema === hint.schema && fact.identity.relation === hint.relation;
  const isOfTable =
    isOnTable || fact.parents.some((key) => key === keyOf("table", { schema: hint.schema, name: hint.relation ?? "" }));
  const referenced = fact.attributes["references"] as Identity | null | undefined;
  const pointsHere =
    referenced !== null &&
    referenced !== undefined &&
    referenced.schema === hint.schema &&
    referenced.name === hint.relation;
  const change = (name: string, value: Attribute): Attribute => {
    if (REFERENCES.has(name)) return referenceRenamed(value, hint);
    if (hint.kind === "column") {
      if (COLUMN_LISTS.has(name) && isOfTable) return namesRenamed(value, hint);
      if (name === "referencedColumns" && pointsHere) return namesRenamed(value, hint);
      return typeof value === "string" && mentions && isOfTable ? columnRenamed(value, hint) : value;
    }
    return textsRenamed(value, hint);
  };
  return Object.fromEntries(Object.entries(fact.attributes).map(([name, value]) => [name, change(name, value)]));
}

function referenceRenamed(value: Attribute, hint: RenameHint): Attribute {
  if (Array.isArray(value)) return (value as readonly Attribute[]).map((item) => referenceRenamed(item, hint));
  if (typeof value !== "object" || value === null) return value;
  const { schema, relation, name } = value as unknown as Identity;
  if (schema !== hint.schema) return value;
  if (IN_RELATION.has(hint.kind))
    return relation === hint.relation && name === hint.from ? { ...(value as Attributes), name: hint.to } : value;
  if (relation === hint.from && RELATIONS.has(hint.kind)) return { ...(value as Attributes), relation: hint.to };
  return relation === undefined && name === hint.from ? { ...(value as Attributes), name: hint.to } : value;
}

function namesRenamed(value: Attribute, hint: RenameHint): Attribute {
  if (value === hint.from) return hint.to;
  if (Array.isArray(value)) return (value as readonly Attribute[]).map((item) => namesRenamed(item, hint));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === "column" || name === "updateOf") return [name, namesRenamed(inner, hint)];
      return [name, name === "expression" && typeof inner === "string" ? columnRenamed(inner, hint) : inner];
    }),
  );
}

function textsRenamed(value: Attribute, hint: RenameHint): Attribute {
  if (typeof value === "string") return qualifiedRenamed(value, hint);
  if (Array.isArray(value)) return (value as readonly Attribute[]).map((item) => textsRenamed(item, hint));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, textsRenamed(inner, hint)]));
}

/** Under an empty search_path every name is printed with its schema; the columns of a relation with its name. */
function qualifiedRenamed(text: string, { kind, schema, from, to }: RenameHint): string {
  if (IN_RELATION.has(kind) || !text.includes(from)) return text;
  const whole = text.replace(
    tokens(`${identifier(schema)}.${identifier(from)}`, undefined, '(?<![\\w$".])'),
    () => `${identifier(schema)}.${identifier(to)}`,
  );
  return RELATIONS.has(kind) ? whole.replace(tokens(identifier(from), "(?=\\.)"), () => identifier(to)) : whole;
}

function columnRenamed(text: string, { from, to, relation }: RenameHint): string {
  const bare = text.replace(/'(?:[^']|'')*'|[^']+/g, (part) =>
    part.startsWith("'") ? part : part.replace(tokens(identifier(from)), () => identifier(to)),
  );
  const prefix = `${identifier(relation!)}.`;
  return bare.replace(tokens(`${prefix}${identifier(from)}`), () => `${prefix}${identifier(to)}`);
}

function tokens(name: string, ahead = '(?![\\w$"])', behind = `(?<![\\w$".'])`): RegExp {
  return new RegExp(`${behind}${patternOf(name)}${ahead}`, "g");
}
