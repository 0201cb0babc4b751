import { expanded, type Expanded } from "./expand.ts";
import { factsByKey, keyOf, schemaOf, type Fact, type Schema } from "./fact.ts";
import { addInheritedChecks } from "./inherited-checks.ts";

/**
 * A target schema in which columns and checks that the live schema's tables have from a parent, and of their own as
 * well, are so too. A table comes under a parent with what it has (manual: ALTER TABLE, INHERIT), and no statement
 * makes that the parent's alone, as it is in a table which was made under it.
 */
export function withOwnAsWell(live: Schema, target: Schema): Schema {
  const there = factsByKey(target.facts);
  const columns = live.facts.filter((fact) => isOwnAsWell(fact) && !there.has(fact.key));
  if (columns.length === 0) return target;
  const [here, whole] = [expanded(live), expanded(target)];
  addInheritedChecks(here, whole);
  const tables = new Set(columns.flatMap(({ parents }) => parents));
  const added = [...columns.flatMap((column) => ownIn(whole, column)), ...checksOf(whole, tables, there)];
  return added.length === 0 ? target : schemaOf([...target.facts, ...added], { ...target });
}

function isOwnAsWell({ kind, attributes }: Fact): boolean {
  return kind === "column" && attributes["inherited"] === true && attributes["local"] === true;
}

/** The column as the target's parents say it, and its default. */
function ownIn({ facts }: Expanded, { key, identity }: Fact): Fact[] {
  const column = facts.get(key);
  if (column === undefined) return [];
  const own = { ...column, attributes: { ...column.attributes, local: true } };
  return [own, ...[facts.get(keyOf("default", identity))].filter((each) => each !== undefined)];
}

function checksOf({ facts }: Expanded, tables: ReadonlySet<string>, said: ReadonlyMap<string, Fact>): Fact[] {
  return [...facts.values()].filter(
    ({ key, kind, parents }) => kind === "constraint" && !said.has(key) && parents.some((parent) => tables.has(parent)),
  );
}
