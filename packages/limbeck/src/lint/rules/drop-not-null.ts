import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const dropNotNull: Rule = {
  name: "drop-not-null",
  group: "compatibility",
  severity: "warning",
  summary: "DROP NOT NULL lets NULLs in, which the application's readers may not expect.",
  docs: {
    problem: "Code that reads the column was written for values that are always there.",
    instead: ["ALTER TABLE city ALTER COLUMN mayor DROP NOT NULL;"],
    use: ["-- first ship an application that copes with NULL, then say that it is meant"],
    operations: [`op.allow("drop-not-null", "release 4.2 copes with it");`],
    locks: "ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    if (action.kind !== "drop not null") return undefined;
    const table = subjectOf(action.table, context);
    const isNullable = table.facts?.columns.some(({ name, nullable }) => name === action.column && nullable) === true;
    if (table.isNew || isNullable) return undefined;
    return {
      message: `Whoever reads ${table.said}.${action.column} may find NULL there from now on.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
    };
  },
};
