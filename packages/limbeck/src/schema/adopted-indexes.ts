import { createPrimaryKey } from "../operations/create-primary-key.ts";
import { createUniqueConstraint } from "../operations/create-unique-constraint.ts";
import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";
import { equalAttribute } from "./attributes.ts";
import { parentsOf } from "./expand.ts";
import { factOf, factsByKey, keyOf, type Attribute, type Fact, type Identity, type Schema } from "./fact.ts";
import { deferral } from "./rules/constraint-spec.ts";
import { slotsOf } from "./slots.ts";
import { withFacts } from "./with-facts.ts";

/** A schema in which unique indexes have become constraints, and the calls that do it. */
export interface Adopted {
  readonly schema: Schema;
  readonly operations: readonly Operation[];
}

/**
 * Turns unique indexes that are gone into the keys that are new on the same columns, as ADD CONSTRAINT … USING INDEX does
 * without building anything (PostgreSQL manual, ALTER TABLE).
 */
export function withAdoptedIndexes(
  live: Schema,
  target: Schema,
  schemaOption: (name: string | null | undefined) => string | undefined,
): Adopted {
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  let taken: ReadonlyMap<string, string> | undefined;
  let schema = live;
  const operations: Operation[] = [];
  for (const constraint of target.facts) {
    if (!isNewKey(constraint, here) || loosens(constraint, here, there)) continue;
    const index = live.facts.find((fact) => !there.has(fact.key) && fits(fact, constraint));
    if (index === undefined) continue;
    const { name, relation } = constraint.identity;
    taken ??= new Map(live.facts.flatMap((fact) => slotsOf(fact).map((slot) => [slot, fact.key] as const)));
    if ((taken.get(`relation ${constraint.identity.schema}.${name}`) ?? index.key) !== index.key) continue;
    const create = constraint.attributes["type"] === "unique" ? createUniqueConstraint : createPrimaryKey;
    const options = { schema: schemaOption(constraint.identity.schema), usingIndex: index.identity.name };
    operations.push(create(name, relation!, [], frozen({ ...options, ...deferral(constraint) })));
    schema = adopted(schema, index, constraint);
  }
  return { schema, operations };
}

/** Whether a table that stays gets the key, as its first where it is a primary one. */
function isNewKey({ kind, key, attributes, parents: [table] }: Fact, live: Facts): boolean {
  const { type, partOf, withoutOverlaps } = attributes;
  if (kind !== "constraint" || live.has(key) || partOf !== null || withoutOverlaps === true) return false;
  if (live.get(table!)?.kind !== "table" || live.get(table!)?.attributes["partitionKey"] !== null) return false;
  if (type === "unique") return true;
  const parts = [...live.values()].filter(({ parents }) => parents[0] === table);
  const isNullable = ({ kind: part, identity, attributes: { nullable } }: Fact): boolean =>
    part === "column" && nullable === true && (attributes["columns"] as readonly string[]).includes(identity.name);
  return (
    type === "primary key" &&
    !parts.some((part) => part.attributes["type"] === "primary key" && part.kind === "constraint") &&
    !parts.some(isNullable)
  );
}

/** Whether a table above lets a column of a primary key be null, and with it that of the key's table. */
function loosens({ parents: [table], attributes }: Fact, live: Facts, target: Facts): boolean {
  if (attributes["type"] !== "primary key") return false;
  const above = (key: string): Identity[] => {
    const parents = live.has(key) ? parentsOf(live.get(key)!) : [];
    return [...parents, ...parents.flatMap((parent) => above(keyOf("table", parent)))];
  };
  return above(table!).some(({ schema, name: relation }) =>
    (attributes["columns"] as readonly string[])
      .map((name) => keyOf("column", { schema, relation, name }))
      .some(
        (key) => live.get(key)?.attributes["nullable"] === false && target.get(key)?.attributes["nullable"] === true,
      ),
  );
}

type Facts = ReadonlyMap<string, Fact>;

/** What an index on a plain column says beside the column's name. */
const PLAIN = { collation: null, opclass: null, opclassOptions: [], statistics: null, order: null, nulls: null };

function fits(index: Fact, { parents, attributes: key }: Fact): boolean {
  const { attributes } = index;
  const same = (name: string): boolean => equalAttribute(attributes[name] ?? null, key[name] ?? null);
  return (
    index.kind === "index" &&
    index.parents[0] === parents[0] &&
    attributes["unique"] === true &&
    attributes["method"] === "btree" &&
    attributes["where"] === null &&
    attributes["valid"] === true &&
    attributes["partOf"] === null &&
    ["include", "options", "tablespace", "nullsNotDistinct"].every(same) &&
    equalAttribute(
      attributes["columns"] ?? null,
      (key["columns"] as readonly string[]).map((column): Attribute => ({ column, ...PLAIN })),
    )
  );
}

function adopted(schema: Schema, index: Fact, constraint: Fact): Schema {
  const { clustered, replicaIdentity } = index.attributes;
  const made = factOf({
    ...constraint,
    attributes: { ...constraint.attributes, clustered: clustered!, replicaIdentity: replicaIdentity! },
  });
  return withFacts(schema, (fact) => {
    if (fact.key === index.key) return made;
    if (!fact.parents.includes(index.key)) return fact;
    return factOf({ ...fact, identity: { ...fact.identity, name: made.identity.name } });
  });
}
