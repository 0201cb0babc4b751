import { wholeTable } from "../expand.ts";
import type { Fact } from "../fact.ts";
import { qualifiedSql } from "./names.ts";
import { reference, text } from "./attributes.ts";
import type { RuleContext } from "./rule.ts";

/**
 * Whether a foreign key refers to the table that one is a partition of, or to one above. As long as it does, the partition
 * cannot be dropped, but may leave.
 */
export function isReferredTo(partition: Fact, context: RuleContext): boolean {
  const key = wholeTable(partition);
  const whole = key === undefined ? undefined : context.live.facts.get(key);
  if (whole === undefined || ["dropped", "replaced"].includes(context.fateOf(whole.key))) return false;
  return hasForeignKeys(whole, context) || isReferredTo(whole, context);
}

function hasForeignKeys(table: Fact, { live }: RuleContext): boolean {
  const name = qualifiedSql(table.identity);
  return [table, ...live.partsOf(table.key)]
    .flatMap(({ key }) => [...live.neededBy(key)])
    .map((key) => live.facts.get(key)!)
    .filter((fact) => fact.kind === "constraint" && text(fact, "type") === "foreign key")
    .some((fact) => qualifiedSql(reference(fact, "references")!) === name);
}
