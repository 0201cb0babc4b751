import { sameName } from "../names.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const renameColumn: Rule = {
  name: "rename-column",
  group: "compatibility",
  severity: "error",
  summary: "RENAME COLUMN breaks the application that runs.",
  docs: {
    problem: "Until the new version is everywhere, the old one asks for a column that is not there.",
    instead: ["ALTER TABLE city RENAME COLUMN mayor TO head;"],
    use: [
      "ALTER TABLE city ADD COLUMN head text;",
      "-- a trigger keeps both in step; the rows that there are follow batch by batch; the application changes over; then",
      "ALTER TABLE city DROP COLUMN mayor;",
    ],
    operations: [
      `op.addColumn("city", column("head", "text"));`,
      `op.backfill("city", { set: { head: sql\`mayor\` }, where: sql\`head IS NULL\` });`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    if (action.kind !== "rename" || action.objectType !== "column") return undefined;
    const table = subjectOf(action.object, context);
    const isAdded = context.state.columns.some(
      ({ column, table: of }) => column === action.column && sameName(of, action.object),
    );
    if (table.isNew || isAdded) return undefined;
    return {
      message: `The application that runs asks ${table.said} for ${action.column}, which is ${action.to} now.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
    };
  },
};
