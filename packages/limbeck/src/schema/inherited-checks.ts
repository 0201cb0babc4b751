import { isTable, parentsOf, type Expanded } from "./expand.ts";
import { factOf, keyOf, type Fact } from "./fact.ts";

/**
 * Adds the checks that a table keeps when it leaves a parent, and those that it has to have before it comes under one
 * (manual: ALTER TABLE, ATTACH PARTITION and INHERIT). As long as it stays there, they are its parent's to say.
 */
export function addInheritedChecks(live: Expanded, target: Expanded): void {
  for (const table of target.facts.values()) {
    const old = live.facts.get(table.key);
    if (!isTable(table) || old === undefined) continue;
    const [before, after] = [parentKeys(old), parentKeys(table)];
    for (const key of before) if (!after.includes(key)) copyChecks(key, old, live.facts);
    for (const key of after) if (!before.includes(key)) copyChecks(key, table, target.facts);
  }
}

function parentKeys(table: Fact): string[] {
  return parentsOf(table).map((identity) => keyOf("table", identity));
}

function copyChecks(parentKey: string, table: Fact, facts: Map<string, Fact>): void {
  const parent = facts.get(parentKey);
  if (parent === undefined) return;
  for (const key of parentKeys(parent)) copyChecks(key, table, facts);
  for (const { kind, identity, parents, attributes } of facts.values()) {
    if (kind !== "constraint" || !parents.includes(parentKey)) continue;
    if (attributes["type"] !== "check" || attributes["noInherit"] === true) continue;
    const copy = factOf({
      kind,
      identity: { ...identity, schema: table.identity.schema, relation: table.identity.name },
      parents: [table.key],
      attributes,
    });
    if (!facts.has(copy.key)) facts.set(copy.key, copy);
  }
}
