import { alterStatistics } from "../../operations/alter-statistics.ts";
import { createStatistics } from "../../operations/create-statistics.ts";
import { dropStatistics } from "../../operations/drop-statistics.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, number, onlyChanged, reference, texts } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import { inPlace, REPLACE, type Rule, type RuleContext } from "./rule.ts";

interface Column {
  readonly column?: string;
  readonly expression?: string;
}

export const statisticsRule: Rule = {
  create: (fact, context) => [
    made(fact, context),
    ...(number(fact, "target") === undefined ? [] : [targeted(fact, context)]),
  ],
  drop: (fact, context) => [dropStatistics(fact.identity.name, context.at(fact))],
  change: (live, target, context) =>
    onlyChanged(changedNames(live, target), "target")
      ? { ...inPlace(targeted(target, context)), unrelated: true }
      : REPLACE,
};

function targeted(fact: Fact, context: RuleContext): Operation {
  return alterStatistics(
    fact.identity.name,
    frozen({ schema: context.schema(fact.identity), target: number(fact, "target") ?? -1 }),
  );
}

function made(fact: Fact, context: RuleContext): Operation {
  const table = reference(fact, "table")!;
  const columns = fact.attributes["columns"] as unknown as readonly Column[];
  const kinds = texts(fact, "kinds");
  const isUsual = kinds.length === 3 || (columns.length === 1 && kinds.length === 0);
  // The operation looks for the table in the schema of the statistics.
  if (table.schema !== fact.identity.schema) {
    const list = columns.map(({ column, expression }) =>
      column === undefined ? `(${expression})` : identifier(column),
    );
    return execute(
      `CREATE STATISTICS ${qualifiedSql(fact.identity)}${isUsual ? "" : ` (${kinds.join(", ")})`} ON ${list.join(", ")} FROM ${qualifiedSql(table)}`,
    );
  }
  return createStatistics(
    fact.identity.name,
    table.name,
    columns.map(({ column, expression }) => column ?? sql.raw(expression!)),
    frozen({
      schema: context.schema(fact.identity),
      kinds: isUsual ? undefined : (kinds as readonly ("ndistinct" | "dependencies" | "mcv")[]),
    }),
  );
}
