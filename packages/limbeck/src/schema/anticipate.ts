import { equalAttribute } from "./attributes.ts";
import {
  expanded,
  inheritable,
  inheritedColumn,
  inheritedDefault,
  isTable,
  newColumn,
  parentsOf,
  typeKey,
  hasSamePlace,
  wholeTable,
  type Expanded,
} from "./expand.ts";
import { addInheritedChecks } from "./inherited-checks.ts";
import { forgetWithTypes, retypedColumns } from "./rebuilt.ts";
import { moveRights, takeFromColumns } from "./rights.ts";
import { keyOf, schemaOf, type Attributes, type Dependency, type Fact, type Schema } from "./fact.ts";

/**
 * The two schemas as they compare: with what is inherited, and the live one with all that PostgreSQL does by itself when
 * the rest is changed. Partitions follow their table, rights follow the owner.
 */
export function anticipated(live: Schema, target: Schema): { readonly live: Schema; readonly target: Schema } {
  const [here, there] = [expanded(live), expanded(target)];
  const retyped = retypedColumns(here.facts, there.facts);
  addInheritedChecks(here, there, live);
  inheritChanges(here, there);
  loseCopies(here.facts, there.facts);
  forgetWithTypes(retyped, here.facts, live.dependencies, live.user);
  moveRights(here.facts, there.facts);
  takeFromColumns(here.facts, there.facts);
  return { live: withExpanded(live, here), target: withExpanded(target, there) };
}

/** Most schemas are what they were: what is known of one need not be found out again then. */
function withExpanded(schema: Schema, own: Expanded): Schema {
  const { facts } = own;
  if (facts.size === schema.facts.length && schema.facts.every((fact) => facts.get(fact.key) === fact)) return schema;
  return schemaOf([...facts.values()], { ...schema, dependencies: dependenciesOf(schema, own) });
}

/** An inherited default needs what the one needs that it is a copy of. */
function dependenciesOf(schema: Schema, { copies }: Expanded): Schema["dependencies"] {
  if (copies.size === 0) return schema.dependencies;
  const needs = new Map<string, Dependency[]>();
  for (const dependency of schema.dependencies())
    needs.set(dependency.from, [...(needs.get(dependency.from) ?? []), dependency]);
  const inherited = [...copies].flatMap(([from, source]) =>
    (needs.get(source) ?? []).map((dependency) => ({ ...dependency, from })),
  );
  return () => [...schema.dependencies(), ...inherited];
}

/** Parents first. */
function tablesOf({ facts }: Expanded): Fact[] {
  const order: Fact[] = [];
  const seen = new Set<string>();
  const visit = (table: Fact): void => {
    if (seen.has(table.key)) return;
    seen.add(table.key);
    for (const parent of parentsOf(table).flatMap((identity) => facts.get(keyOf("table", identity)) ?? []))
      visit(parent);
    order.push(table);
  };
  for (const fact of facts.values()) if (isTable(fact)) visit(fact);
  return order;
}

function inheritChanges(live: Expanded, target: Expanded): void {
  const before = new Map(live.facts);
  for (const table of tablesOf(target)) {
    const old = live.facts.get(table.key);
    const oldParents = new Set((old === undefined ? [] : parentsOf(old)).map((identity) => keyOf("table", identity)));
    if (old !== undefined && typeKey(old) === typeKey(table)) followType(table, live, target);
    for (const identity of parentsOf(table)) {
      const parent = target.facts.get(keyOf("table", identity));
      if (parent === undefined) continue;
      if (old === undefined) bornWith(parent, table, live, target);
      else if (oldParents.has(parent.key)) follow(parent, table, before, live, target);
    }
  }
  for (const table of tablesOf(live)) {
    if (!target.facts.has(table.key)) continue;
    for (const identity of parentsOf(table)) loseWith(keyOf("table", identity), table, live, target);
  }
}

/** A typed table changes with its type. */
function followType(table: Fact, live: Expanded, target: Expanded): void {
  const attributes = (side: Expanded): readonly Fact[] => [...(side.columns.get(typeKey(table))?.values() ?? [])];
  const own = (side: Expanded, { identity: { name } }: Fact): Fact | undefined =>
    side.columns.get(table.key)?.get(name);
  const there = new Set(attributes(target).map(({ identity }) => identity.name));
  for (const attribute of attributes(live)) {
    const column = own(live, attribute);
    if (column !== undefined && !there.has(attribute.identity.name)) live.facts.delete(column.key);
  }
  for (const attribute of attributes(target)) {
    const column = own(target, attribute);
    if (column === undefined) continue;
    const old = live.facts.get(column.key);
    const { type, collation } = column.attributes;
    put(
      live.facts,
      old === undefined
        ? { ...column, attributes: attribute.attributes }
        : { ...old, attributes: { ...old.attributes, type: type!, collation: collation! } },
    );
  }
}

/** A new table has its parent's columns from the beginning, as they are then. */
function bornWith(parent: Fact, table: Fact, live: Expanded, target: Expanded): void {
  for (const column of target.columns.get(parent.key)?.values() ?? []) {
    const own = target.columns.get(table.key)?.get(column.identity.name);
    // What the table says of a column of its own is said when it is created.
    if (own === undefined || own.attributes["local"] !== false) continue;
    const copy = { ...newColumn(column, table), position: own.position };
    live.facts.set(copy.key, copy);
    const inherited = target.facts.get(keyOf("default", column.identity));
    if (inherited !== undefined) put(live.facts, inheritedDefault(inherited, table));
  }
}

/** A table that keeps its parent gets what the parent gets. */
function follow(parent: Fact, table: Fact, before: ReadonlyMap<string, Fact>, live: Expanded, target: Expanded): void {
  for (const column of target.columns.get(parent.key)?.values() ?? []) {
    const own = target.columns.get(table.key)?.get(column.identity.name);
    if (own === undefined) continue;
    const oldColumn = before.get(column.key);
    const oldOwn = live.facts.get(own.key);
    // The parent's new column is merged with the table's own, which stays as it is.
    if (oldColumn === undefined && before.has(own.key)) continue;
    if (oldColumn === undefined || oldOwn === undefined) {
      // One of the table's own is there before the parent's, which it is then merged with.
      if (oldOwn === undefined && own.attributes["local"] === true) continue;
      if (oldOwn === undefined) put(live.facts, inheritedColumn(column, table, inheritable(column)));
    } else {
      const was = inheritable(oldColumn);
      const changed = Object.entries(inheritable(column)).filter(
        ([name, value]) =>
          RECURSIVE.has(name) && !equalAttribute(value, was[name] ?? null) && !staysOwn(oldOwn, column, name, was),
      );
      put(live.facts, { ...oldOwn, attributes: { ...oldOwn.attributes, ...Object.fromEntries(changed) } });
    }
    followDefault(column, own, table, before, live, target);
  }
}

/** What a child has proved of its own rows stays so, and with NO INHERIT a constraint that it had is left to it. */
function staysOwn({ attributes }: Fact, { attributes: above }: Fact, name: string, was: Attributes): boolean {
  if (attributes["nullable"] !== false) return false;
  if (name === "notNullValidated") {
    return above["notNullValidated"] === false && (was["nullable"] !== false || attributes["notNullName"] !== null);
  }
  if (name === "notNullName") return was["nullable"] !== false;
  return name === "nullable" && above["nullable"] === false;
}

/** What ALTER TABLE changes in the children too, unless it says ONLY. */
const RECURSIVE: ReadonlySet<string> = new Set([
  "type",
  "collation",
  "nullable",
  "generated",
  "generatedKind",
  "storage",
  "statistics",
  "notNullValidated",
  "notNullName",
]);

function followDefault(
  column: Fact,
  own: Fact,
  table: Fact,
  before: ReadonlyMap<string, Fact>,
  live: Expanded,
  target: Expanded,
): void {
  const key = keyOf("default", column.identity);
  const [oldDefault, newDefault] = [before.get(key), target.facts.get(key)];
  const isSame =
    oldDefault === undefined
      ? newDefault === undefined
      : newDefault !== undefined && equalAttribute(oldDefault.attributes, newDefault.attributes);
  const isNew = !before.has(column.key);
  if (isSame && !isNew) return;
  const ownKey = keyOf("default", own.identity);
  if (newDefault === undefined) live.facts.delete(ownKey);
  else put(live.facts, inheritedDefault(newDefault, table));
}

/** A column goes from the children with the parent's, where they have it from there alone. */
function loseWith(parentKey: string, table: Fact, live: Expanded, target: Expanded): void {
  const newTable = target.facts.get(table.key)!;
  const keeps = parentsOf(newTable).some((identity) => keyOf("table", identity) === parentKey);
  if (!keeps) return;
  for (const column of live.columns.get(parentKey)?.values() ?? []) {
    const own = live.columns.get(table.key)?.get(column.identity.name);
    if (own === undefined || own.attributes["local"] !== false) continue;
    if (target.facts.has(column.key) || target.facts.has(own.key)) continue;
    live.facts.delete(own.key);
    live.facts.delete(keyOf("default", own.identity));
  }
}

/** A partition that leaves its table, be it for a moment, loses its copies of the table's triggers, and what it said of them. */
function loseCopies(live: Map<string, Fact>, target: ReadonlyMap<string, Fact>): void {
  const leaves = (table: Fact | undefined): boolean => {
    const whole = wholeTable(table);
    if (whole === undefined) return false;
    return !hasSamePlace(table!, target.get(table!.key)) || leaves(live.get(whole));
  };
  for (const fact of live.values())
    if (fact.kind === "trigger" && fact.attributes["partOf"] && leaves(live.get(fact.parents[0]!)))
      live.delete(fact.key);
}

function put(facts: Map<string, Fact>, fact: Fact): void {
  facts.set(fact.key, fact);
}
