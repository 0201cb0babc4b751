import { keyOf, type Fact, type Identity } from "./fact.ts";
import type { Fates } from "./fates.ts";

/** The names that a fact takes up, beside its key: two facts of different kinds cannot have one of them in common. */
export function slotsOf(fact: Fact): string[] {
  const { kind, identity, attributes } = fact;
  const { schema, name } = identity;
  const relation = `relation ${schema}.${name}`;
  const type = `type ${schema}.${name}`;
  switch (kind) {
    case "table":
    case "view":
    case "materialized view":
    case "foreign table":
    case "composite type":
      return [relation, type];
    case "sequence":
    case "index":
      return [relation];
    case "range type":
      return [type, ...multirangeSlots(fact)];
    case "enum":
    case "domain":
    case "base type":
    case "shell type":
      return [type];
    case "constraint":
      return [...(attributes["clustered"] === undefined ? [] : [relation]), ...primaryKeySlots(fact)];
    case "column":
      return identitySlots(fact);
    case "function":
    case "procedure":
    case "aggregate":
      return [`routine ${schema}.${name}(${identity.signature ?? ""})`];
    default:
      return [];
  }
}

function multirangeSlots({ attributes }: Fact): string[] {
  const multirange = attributes["multirange"] as Identity | null | undefined;
  return multirange ? [`type ${multirange.schema}.${multirange.name}`] : [];
}

/** A table has one primary key. */
function primaryKeySlots({ identity: { schema, relation }, attributes }: Fact): string[] {
  return attributes["type"] === "primary key" ? [`primary key of ${schema}.${relation}`] : [];
}

/** An identity column has a sequence that takes up a name. */
function identitySlots({ identity: { schema }, attributes }: Fact): string[] {
  const sequence = attributes["identitySequence"] as { readonly name: string } | null | undefined;
  return sequence ? [`relation ${schema}.${sequence.name}`] : [];
}

/** The index or constraint of the partitioned table that one of a partition belongs to. */
export function wholeOf({ kind, attributes }: Fact): string | undefined {
  const whole = attributes["partOf"] as Identity | null | undefined;
  if (whole === null || whole === undefined || kind === "trigger") return undefined;
  // The index of a partition's own key can belong to one that no constraint stands for.
  return keyOf(kind === "constraint" && whole.relation === undefined ? "index" : kind, whole);
}

/**
 * The new routines of an old one's name and first argument: PostgreSQL refuses calls that may mean both, as with defaults for
 * the other arguments.
 */
export function successorsOf(key: string, fates: Fates): string[] {
  const [head] = /^(?:function|procedure) [^(]*\([^,)]*/.exec(key) ?? [];
  if (head === undefined) return [];
  return [...fates.keys()].filter(
    (other) =>
      other !== key &&
      (other.startsWith(head) || head.startsWith(other.slice(0, -1))) &&
      ["created", "replaced"].includes(fates.get(other)!),
  );
}
