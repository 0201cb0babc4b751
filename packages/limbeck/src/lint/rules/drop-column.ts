import type { Rule } from "../rule.ts";
import { sameName } from "../names.ts";
import { subjectOf } from "../subject.ts";

export const dropColumn: Rule = {
  name: "drop-column",
  group: "destructive",
  severity: "error",
  summary: "DROP COLUMN throws the column's data away, and its indexes and constraints with it.",
  docs: {
    problem: "The application that still runs reads and writes the column. What was in it is gone when the step is.",
    instead: ["ALTER TABLE city DROP COLUMN mayor;"],
    use: ["-- first ship an application that does not use the column; then drop it, and say that it is meant"],
    operations: [`op.allow("drop-column", "unused since release 4.2");`, `op.dropColumn("city", "mayor");`],
    locks: "ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    if (action.kind !== "drop column") return undefined;
    const { column } = action;
    const table = subjectOf(action.table, context);
    const isAdded = context.state.columns.some((each) => each.column === column && sameName(each.table, action.table));
    if (table.isNew || isAdded) return undefined;
    const indexes = (table.facts?.indexes ?? [])
      .filter(({ columns }) => columns.includes(column))
      .map(({ name }) => name);
    const constraints = (table.facts?.constraints ?? [])
      .filter(({ columns }) => columns.includes(column))
      .map(({ name }) => name);
    const gone = [...new Set([...indexes, ...constraints])];
    return {
      message: `The data of ${table.said}.${column} is lost${gone.length === 0 ? "" : `, and with it go ${gone.join(", ")}`}.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
      loses: [{ kind: "column", name: table.name, column }],
    };
  },
};
