import { dropColumn } from "../../operations/drop-column.ts";
import { execute } from "../../operations/execute.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { Operation } from "../../operations/operation.ts";
import { isTable, parentsOf } from "../expand.ts";
import { keyOf, type Fact } from "../fact.ts";
import { qualifiedSql } from "./names.ts";
import type { RuleContext } from "./rule.ts";

/**
 * A column goes from the tables that inherit it, unless one of them is to keep it with all that is in it: then it goes from
 * each of the others alone (manual, ALTER TABLE, DROP COLUMN with ONLY).
 */
export function droppedColumn(table: Fact, dropped: Fact, context: RuleContext): Operation[] {
  const column = dropped.identity.name;
  const { schema, name } = table.identity;
  const heirs = heirsOf(table, context);
  if (!heirs.some((heir) => keepsBelow(heir, column, context))) {
    return [dropColumn(name, column, context.at(table))];
  }
  // From PostgreSQL 18 on, NOT NULL is a constraint, and those that inherit it would wait for the parent's for ever.
  const loosened =
    context.majorVersion >= 18 && dropped.attributes["nullable"] === false
      ? `ALTER COLUMN ${identifier(column)} DROP NOT NULL, `
      : "";
  return [
    execute(`ALTER TABLE ONLY ${qualifiedSql({ schema: schema!, name })} ${loosened}DROP COLUMN ${identifier(column)}`),
    ...heirs
      .filter((heir) => kept(heir, column, context) === undefined)
      .flatMap((heir) => droppedColumn(heir, dropped, context)),
  ];
}

/** The tables that inherit from one, before and after. */
function heirsOf({ key, identity }: Fact, { live, target }: RuleContext): Fact[] {
  const isHeir = (fact: Fact | undefined): boolean =>
    fact !== undefined &&
    isTable(fact) &&
    parentsOf(fact).some((parent) => parent.schema === identity.schema && parent.name === identity.name);
  return [...live.neededBy(key)]
    .filter((heir) => isHeir(live.facts.get(heir)) && isHeir(target.facts.get(heir)))
    .map((heir) => live.facts.get(heir)!);
}

function kept(
  { identity: { schema, name: relation } }: Fact,
  column: string,
  { target }: RuleContext,
): Fact | undefined {
  return target.facts.get(keyOf("column", { schema, relation, name: column }));
}

/** Whether it becomes a table's own, be it further down. What another parent has as well stays by itself. */
function keepsBelow(table: Fact, column: string, context: RuleContext): boolean {
  return (
    kept(table, column, context)?.attributes["local"] === true ||
    heirsOf(table, context).some((heir) => keepsBelow(heir, column, context))
  );
}
