import type { Rule } from "../rule.ts";

export const renameSchema: Rule = {
  name: "rename-schema",
  group: "compatibility",
  severity: "error",
  summary: "ALTER SCHEMA … RENAME breaks the application that runs.",
  docs: {
    problem: "Every query that names the schema, and every search_path with it, finds nothing there.",
    instead: ["ALTER SCHEMA shop RENAME TO store;"],
    use: ["CREATE SCHEMA store;", "-- with a view for each table; the application changes over; then the tables move"],
    operations: [`op.createSchema("store");`],
    locks: "None on tables.",
  },
  check(action) {
    if (action.kind !== "rename" || action.objectType !== "schema") return undefined;
    return {
      message: `The application that runs asks for the schema ${action.object.name}, which is ${action.to} now.`,
      evidence: "static",
    };
  },
};
