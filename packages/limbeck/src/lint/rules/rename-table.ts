import type { Rule } from "../rule.ts";
import { isAbsent, subjectOf } from "../subject.ts";

export const renameTable: Rule = {
  name: "rename-table",
  group: "compatibility",
  severity: "error",
  summary: "RENAME TO and SET SCHEMA break the application that runs.",
  docs: {
    problem: "Until the new version is everywhere, the old one asks for a table that is not there.",
    instead: ["ALTER TABLE city RENAME TO town;"],
    use: [
      "ALTER TABLE city RENAME TO town;",
      "CREATE VIEW city AS SELECT * FROM town;  -- in the same transaction, until nobody asks for city",
    ],
    operations: [`op.renameTable("city", "town");`, `op.createView("city", sql\`SELECT * FROM town\`);`],
    locks: "ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    if (action.kind !== "rename" && action.kind !== "set schema") return undefined;
    if (!["table", "view", "materialized view"].includes(action.objectType)) return undefined;
    const table = subjectOf(action.object, context);
    if (table.isNew || (action.ifExists && isAbsent(action.object, context))) return undefined;
    const to = action.kind === "rename" ? action.to : `in the schema ${action.to}`;
    return {
      message: `The application that runs asks for ${table.said}, which is ${to} now.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
    };
  },
};
