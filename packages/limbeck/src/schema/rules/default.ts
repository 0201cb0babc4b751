import { alterColumn } from "../../operations/alter-column.ts";
import { alterView } from "../../operations/alter-view.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Literal } from "../../operations/language/literals.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf, type Fact } from "../fact.ts";
import { text } from "./attributes.ts";
import { defaultValue } from "./default-value.ts";
import { inPlace, type Rule, type RuleContext } from "./rule.ts";

export const defaultRule: Rule = {
  create: (fact, context) => [set(fact, valueOf(fact, context), context)],
  drop: (fact, context) => [set(fact, null, context)],
  change: (_, target, context) => inPlace(set(target, valueOf(target, context), context)),
};

/** Null is no default; a default that is NULL is SQL. */
function valueOf(fact: Fact, { target }: RuleContext): Literal | Sql | null {
  const printed = text(fact, "expression");
  if (printed === undefined) return null;
  const column = target.facts.get(keyOf("column", fact.identity));
  return column === undefined ? sql.raw(printed) : defaultValue(printed, text(column, "type")!);
}

function set(fact: Fact, value: Literal | Sql | null, context: RuleContext): Operation {
  const { relation, name } = fact.identity;
  const schema = context.schema(fact.identity);
  const isOfView = fact.parents.some((key) => key.startsWith("view "));
  if (isOfView) return alterView(relation!, frozen({ schema, defaults: { [name]: value } }));
  return alterColumn(relation!, name, frozen({ schema, default: value }));
}
