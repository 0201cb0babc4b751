import { inheritTable, type InheritTableOptions } from "../../operations/inherit-table.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { noInheritTable } from "../../operations/no-inherit-table.ts";
import type { Operation } from "../../operations/operation.ts";
import { equalIn } from "../attributes.ts";
import { parentsOf } from "../expand.ts";
import { keyOf, type Fact } from "../fact.ts";
import { references, type Reference } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import type { RuleContext } from "./rule.ts";

/** What is done first, and what when all else is there. */
export interface Placement {
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
}

/** The way from one list of parents to another. */
export function parentChanges(live: Fact, target: Fact, context: RuleContext): Placement {
  const { name, schema } = target.identity;
  const [here, there] = [references(live, "inherits"), references(target, "inherits")];
  const without = (list: readonly Reference[], other: readonly Reference[]): Reference[] =>
    list.filter((parent) => !other.map(qualifiedSql).includes(qualifiedSql(parent)));
  const options = (parent: Reference): InheritTableOptions =>
    frozen({ schema: context.schema(target.identity), parentSchema: context.schemaBeside(parent.schema, schema!) });
  // Each new parent is the last, so those that are to stand behind it leave and come again.
  const places = there.map((parent) => here.map(qualifiedSql).indexOf(qualifiedSql(parent)));
  const found = there.slice(places.filter((_, index) => isAscending([-1, ...places.slice(0, index + 1)])).length);
  const left = without(here, without(there, found));
  const leaves = left.map((parent) => noInheritTable(name, parent.name, options(parent)));
  const comes = found.map((parent) => inheritTable(name, parent.name, options(parent)));
  // A column that is never without a parent does not become the table's own.
  const isHandedOver = left.length > 0 && found.every((parent) => takesOver(parent, target, context));
  return isHandedOver ? { before: [...comes, ...leaves], after: [] } : { before: leaves, after: comes };
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((each, index) => index === 0 || numbers[index - 1]! < each);
}

/** Whether a table can get a new parent as it is, before anything else is done to it. */
function takesOver({ schema, name }: Reference, table: Fact, { live, target, fateOf }: RuleContext): boolean {
  const key = keyOf("table", { schema, name });
  const parent = target.facts.get(key);
  if (parent === undefined || fateOf(key) !== "created" || parentsOf(parent).length > 0) return false;
  return target.partsOf(key).every((part) => {
    if (part.kind === "constraint") return part.attributes["type"] !== "check";
    if (part.kind !== "column") return true;
    const own = live.facts.get(
      keyOf("column", { schema: table.identity.schema, relation: table.identity.name, name: part.identity.name }),
    );
    return own !== undefined && equalIn(SHARED, own.attributes, part.attributes);
  });
}

const SHARED = ["type", "collation", "nullable", "generated"];
