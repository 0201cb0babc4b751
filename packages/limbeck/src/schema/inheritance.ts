import { equalAttributes } from "./attributes.ts";
import type { RelationName } from "./exclude.ts";
import { factsByKey, keyOf, type Attribute, type Fact } from "./fact.ts";

/** What says where a column comes from, and not what it is. */
const ORIGIN = ["inherited", "local"];

/**
 * The facts without those that only repeat a parent's: the columns of a partition or an inheriting table which say
 * nothing of their own.
 */
export function withoutInherited(facts: readonly Fact[]): Fact[] {
  const byKey = factsByKey(facts);
  return facts.filter((fact) => {
    if (fact.kind !== "column" || fact.attributes["local"] !== false) return true;
    const tables = fact.parents.flatMap((key) => byKey.get(key) ?? []);
    return !tables.flatMap(inheritsFrom).some(({ schema, name }) => {
      const above = byKey.get(keyOf("column", { schema, relation: name, name: fact.identity.name }));
      return above !== undefined && equalAttributes(above.attributes, fact.attributes, ORIGIN);
    });
  });
}

function inheritsFrom({ attributes: { partitionOf, inherits } }: Fact): RelationName[] {
  const parents = [partitionOf, ...(Array.isArray(inherits) ? (inherits as Attribute[]) : [])];
  return parents.filter((parent) => parent !== null && parent !== undefined) as unknown as RelationName[];
}
