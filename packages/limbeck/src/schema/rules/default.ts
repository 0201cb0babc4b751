import { alterColumn } from "../../operations/alter-column.ts";
import { alterView } from "../../operations/alter-view.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { expression } from "./attributes.ts";
import { inPlace, type Rule, type RuleContext } from "./rule.ts";

export const defaultRule: Rule = {
  create: (fact, context) => [set(fact, expression(fact, "expression") ?? null, context)],
  drop: (fact, context) => [set(fact, null, context)],
  change: (_, target, context) => inPlace(set(target, expression(target, "expression") ?? null, context)),
};

function set(fact: Fact, value: Sql | null, context: RuleContext): Operation {
  const { relation, name } = fact.identity;
  const schema = context.schema(fact.identity);
  const isOfView = fact.parents.some((key) => key.startsWith("view "));
  if (isOfView) return alterView(relation!, frozen({ schema, defaults: { [name]: value } }));
  return alterColumn(relation!, name, frozen({ schema, default: value }));
}
