import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const schemaQualifiedNames: Rule = {
  name: "schema-qualified-names",
  group: "style",
  severity: undefined,
  summary: "A table without its schema is whatever the search path of the session says.",
  docs: {
    problem: "The same statement makes or changes another table for another user.",
    instead: ["CREATE TABLE city (id bigint);"],
    use: ["CREATE TABLE public.city (id bigint);"],
    operations: [`op.createTable("city", column("id", "bigint"), { schema: "public" });`],
    locks: "None.",
  },
  check(action) {
    if (!("table" in action) || action.table.schema !== undefined) return undefined;
    return {
      message: `${displayName(action.table)} is named without its schema.`,
      relation: action.table,
      evidence: "static",
    };
  },
};
