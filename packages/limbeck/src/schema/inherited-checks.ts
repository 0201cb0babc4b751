import { equalAttributes } from "./attributes.ts";
import { isTable, parentsOf, type Expanded } from "./expand.ts";
import { factOf, keyOf, type Attributes, type Fact, type Identity, type Schema } from "./fact.ts";

/**
 * Adds the checks, and of a partitioned table the foreign keys, that a table keeps when it leaves a parent, and those that it has to have before it comes under one
 * (manual: ALTER TABLE, ATTACH PARTITION and INHERIT). As long as it stays there, they are its parent's to say.
 */
export function addInheritedChecks(
  live: Expanded,
  target: Expanded,
  { inheritedKeys = [], majorVersion = 0 }: Partial<Schema> = {},
): void {
  for (const table of target.facts.values()) {
    const old = isTable(table) ? live.facts.get(table.key) : undefined;
    if (old === undefined) continue;
    const [before, after] = [parentKeys(old), parentKeys(table)];
    // Before PostgreSQL 15, a foreign key to the very table that is left goes.
    const stays = (key: string, { key: copy, attributes: { references } }: Fact, source: string): boolean => {
      if (!references) return true;
      if (!target.facts.has(copy) && isGone(source, live, target)) return false;
      return majorVersion !== 14 || keyOf("table", references as unknown as Identity) !== key;
    };
    for (const key of before.filter((each) => !after.includes(each)))
      copyChecks(key, old, live.facts, inheritedKeys, (copy, source) => stays(key, copy, source));
    // A check that is the table's own as well cannot be taken from it while the parent has it.
    // A foreign key comes with the parent, or is merged with its own.
    const isWanted = (key: string, { key: copy, attributes }: Fact, source: string): boolean =>
      (!before.includes(key) && attributes["type"] === "check") || (live.facts.has(copy) && live.facts.has(source));
    for (const key of after) copyChecks(key, table, target.facts, [], (copy, source) => isWanted(key, copy, source));
  }
}

/** Whether a constraint goes, by itself or with a table that is made anew: what a partition has of it goes then too. */
function isGone(key: string, live: Expanded, target: Expanded): boolean {
  const table = live.facts.get(key)!.parents[0]!;
  const [here, there] = [live, target].map(({ facts }) => facts.get(table)?.attributes["partitionKey"]);
  return !target.facts.has(key) || here !== there;
}

function parentKeys(table: Fact): string[] {
  return parentsOf(table).map((identity) => keyOf("table", identity));
}

function copyChecks(
  parentKey: string,
  table: Fact,
  facts: Map<string, Fact>,
  named: readonly Fact[],
  isWanted: (copy: Fact, source: string) => boolean = () => true,
): void {
  const parent = facts.get(parentKey);
  if (parent === undefined) return;
  for (const key of parentKeys(parent)) copyChecks(key, table, facts, named, isWanted);
  for (const { key: source, kind, identity, parents, attributes } of facts.values()) {
    if (kind !== "constraint" || !parents.includes(parentKey)) continue;
    if (!comesAlong(attributes, parent)) continue;
    const own = named.find(
      (fact) => fact.parents[0] === table.key && equalAttributes(fact.attributes, attributes, ["inherited"]),
    );
    const copy = factOf({
      kind,
      identity: {
        schema: table.identity.schema,
        relation: table.identity.name,
        name: (own ?? { identity }).identity.name,
      },
      parents: [table.key],
      attributes,
    });
    if (!facts.has(copy.key) && isWanted(copy, source)) facts.set(copy.key, copy);
  }
}

function comesAlong({ type, noInherit }: Attributes, parent: Fact): boolean {
  if (type === "foreign key") return typeof parent.attributes["partitionKey"] === "string";
  return type === "check" && noInherit !== true;
}
