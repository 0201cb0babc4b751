import { addEnumValue } from "../../operations/add-enum-value.ts";
import { createEnum } from "../../operations/create-enum.ts";
import { dropEnum } from "../../operations/drop-enum.ts";
import type { EnumColumn } from "../../operations/language/enum-swap.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Operation } from "../../operations/operation.ts";
import { replaceEnumValues } from "../../operations/replace-enum-values.ts";
import { keyOf, type Fact } from "../fact.ts";
import { expression, text, texts } from "./attributes.ts";
import type { Change, Rule, RuleContext } from "./rule.ts";
import { detours, keyedBy, ofComposite, swappedColumns, touchedBy } from "./type-swap.ts";

export const enumRule: Rule = {
  create: (fact, context) => [createEnum(fact.identity.name, texts(fact, "values"), context.at(fact))],
  drop: (fact, context) => [dropEnum(fact.identity.name, context.at(fact))],
  change,
};

function change(live: Fact, target: Fact, context: RuleContext): Change {
  const [here, there] = [texts(live, "values"), texts(target, "values")];
  const kept = there.filter((value) => here.includes(value));
  const isGrown = kept.length === here.length && kept.every((value, index) => value === here[index]);
  if (isGrown) return { operations: grown(here, there, target, context) };
  const columns = swappedColumns(live, context).map(({ fact }) => fact);
  return {
    operations: [...detours(live, context), swap(live, target, context)],
    touches: touchedBy(live, context),
    // The type is another one afterwards: whatever is not a column's own type has to be made anew.
    lifts: (other) => other.kind !== "column" || text(other, "generated") !== undefined || ofComposite(other),
    replaces: [...keyedBy(columns, context), ...columns.flatMap((column) => foreignKeys(column, context))],
  };
}

/** The foreign keys that a column is in: the old and the new type do not compare. */
function foreignKeys({ key }: Fact, { live }: RuleContext): string[] {
  return [...live.neededBy(key)].filter((other) => live.facts.get(other)!.attributes["type"] === "foreign key");
}

/** Each new value stands next to one that is there by then. */
function grown(here: readonly string[], there: readonly string[], target: Fact, context: RuleContext): Operation[] {
  const schema = context.schema(target.identity);
  const known = new Set(here);
  const operations: Operation[] = [];
  there.forEach((value, index) => {
    if (known.has(value)) return;
    known.add(value);
    const before = there.slice(index + 1).find((other) => here.includes(other));
    const after = there[index - 1];
    const place = before === undefined ? {} : after === undefined ? { before } : { after };
    operations.push(addEnumValue(target.identity.name, value, frozen({ schema, ...place })));
  });
  return operations;
}

function swap(live: Fact, target: Fact, context: RuleContext): Operation {
  const columns = swappedColumns(live, context).map(({ fact, array }): EnumColumn => {
    const { schema, relation, name } = fact.identity;
    const inner = context.target.facts.get(keyOf("default", fact.identity));
    const stays = inner !== undefined && context.fateOf(inner.key) === "kept";
    return frozen({
      table: relation!,
      schema: context.schema({ schema, name }),
      column: name,
      array: array || undefined,
      default: stays ? expression(inner, "expression") : undefined,
    });
  });
  return replaceEnumValues(
    target.identity.name,
    texts(target, "values"),
    frozen({
      schema: context.schema(target.identity),
      columns: columns.length === 0 ? undefined : columns,
      existing: texts(live, "values"),
    }),
  );
}
