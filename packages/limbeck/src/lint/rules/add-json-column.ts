import { identifier } from "../../operations/language/identifiers.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addJsonColumn: Rule = {
  name: "add-json-column",
  group: "compatibility",
  severity: "warning",
  summary: "A json column has no equality, so DISTINCT, GROUP BY and UNION over its table fail.",
  docs: {
    problem:
      "The type json has no equality operator; a query with SELECT DISTINCT on the table's columns fails from then on. jsonb has one.",
    instead: ["ALTER TABLE city ADD COLUMN facts json;"],
    use: ["ALTER TABLE city ADD COLUMN facts jsonb;"],
    operations: [`op.addColumn("city", column("facts", "jsonb"));`],
    locks: "ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    if (action.kind !== "add column" || action.column.type.name !== "json") return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    const { name } = action.column;
    return {
      message: `${name} is json, which has no equality: SELECT DISTINCT, GROUP BY and UNION over ${table.said} fail.`,
      relation: table.name,
      evidence: table.evidence,
      recipe: {
        sql: [`ALTER TABLE ${table.said} ADD COLUMN ${identifier(name)} jsonb;`],
        operations: [`op.addColumn(${call(table.name.name)}, column(${call(name)}, "jsonb")${inSchema(table)});`],
      },
    };
  },
};
