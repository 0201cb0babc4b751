import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const duplicateColumnAssignment: Rule = {
  name: "duplicate-column-assignment",
  group: "correctness",
  severity: "error",
  summary: "An UPDATE sets the same column twice, which PostgreSQL refuses.",
  docs: {
    problem: "PostgreSQL answers with error 42601.",
    instead: ["UPDATE city SET size = 1, size = 2 WHERE id = 1;"],
    use: ["UPDATE city SET size = 2 WHERE id = 1;"],
    operations: [],
    locks: "ROW EXCLUSIVE.",
  },
  check(action, context) {
    if (action.kind !== "update") return undefined;
    const twice = action.columns.find((column, index) => action.columns.indexOf(column) !== index);
    if (twice === undefined) return undefined;
    const table = subjectOf(action.table, context);
    return { message: `The UPDATE of ${table.said} sets ${twice} twice.`, relation: table.name, evidence: "static" };
  },
};
