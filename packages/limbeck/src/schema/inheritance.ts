import { equalAttributes } from "./attributes.ts";
import { identifier } from "../operations/language/identifiers.ts";
import type { RelationName } from "./exclude.ts";
import { OWN } from "./expand.ts";
import { factOf, factsByKey, keyOf, type Attribute, type Fact } from "./fact.ts";

type Facts = ReadonlyMap<string, Fact>;

/** What says where a column comes from, and not what it is. */
const ORIGIN = ["inherited", "local"];

/**
 * The facts without those that only repeat a parent's: the columns of a partition or an inheriting table which say
 * nothing of their own, and their defaults; the columns that a typed table has from its type. A column without a default whose parent has one says so with a null.
 */
export function withoutInherited(facts: readonly Fact[]): Fact[] {
  if (!facts.some(hasColumnsOfOthers)) return [...facts];
  const byKey = factsByKey(facts);
  return facts.flatMap((fact) => {
    if (repeatsType(fact, byKey)) return [];
    if (fact.kind === "default") return repeatsDefault(fact, byKey) ? [] : [fact];
    if (!isInherited(fact)) return [fact];
    const own = columnsAbove(fact, byKey).some((above) =>
      equalAttributes({ ...above.attributes, ...OWN }, fact.attributes, ORIGIN),
    )
      ? []
      : [fact];
    return [...own, ...missingDefault(fact, byKey)];
  });
}

function hasColumnsOfOthers({ kind, attributes }: Fact): boolean {
  if (kind !== "table" && kind !== "foreign table") return false;
  const { partitionOf, inherits, ofType } = attributes;
  return Boolean(partitionOf) || Boolean(ofType) || (Array.isArray(inherits) && inherits.length > 0);
}

/** The columns that an inherited column comes from. */
export function columnsAbove({ parents, identity: { name } }: Fact, byKey: Facts): Fact[] {
  const tables = parents.flatMap((key) => byKey.get(key) ?? []);
  return tables
    .flatMap(inheritsFrom)
    .flatMap(({ schema, name: relation }) => byKey.get(keyOf("column", { schema, relation, name })) ?? []);
}

/** The attribute that a column of a typed table comes from. */
export function attributeAbove({ kind, parents, identity }: Fact, byKey: Facts): Fact | undefined {
  const type = kind === "column" ? byKey.get(parents[0]!)?.attributes["ofType"] : undefined;
  return typeof type === "string" ? byKey.get(`column ${type}.${identifier(identity.name)}`) : undefined;
}

/** Whether a column of a typed table is just the attribute of the type. */
function repeatsType(fact: Fact, byKey: Facts): boolean {
  const attribute = attributeAbove(fact, byKey);
  return attribute !== undefined && equalAttributes(attribute.attributes, fact.attributes, ORIGIN);
}

function isInherited({ kind, attributes }: Fact): boolean {
  return kind === "column" && attributes["local"] === false;
}

function repeatsDefault(fact: Fact, byKey: Facts): boolean {
  const column = byKey.get(keyOf("column", fact.identity));
  if (column === undefined || !isInherited(column)) return false;
  return defaultsAbove(column, byKey).some(({ attributes }) => equalAttributes(attributes, fact.attributes));
}

function missingDefault(column: Fact, byKey: Facts): Fact[] {
  if (byKey.has(keyOf("default", column.identity)) || defaultsAbove(column, byKey).length === 0) return [];
  const parents = [...column.parents, column.key];
  return [factOf({ kind: "default", identity: column.identity, parents, attributes: { expression: null } })];
}

function defaultsAbove(column: Fact, byKey: Facts): Fact[] {
  return columnsAbove(column, byKey).flatMap(({ identity }) => byKey.get(keyOf("default", identity)) ?? []);
}

function inheritsFrom({ attributes: { partitionOf, inherits } }: Fact): RelationName[] {
  const parents = [partitionOf, ...(Array.isArray(inherits) ? (inherits as Attribute[]) : [])];
  return parents.filter((parent) => parent !== null && parent !== undefined) as unknown as RelationName[];
}
