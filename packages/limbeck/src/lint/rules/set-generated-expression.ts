import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const setGeneratedExpression: Rule = {
  name: "set-generated-expression",
  group: "blocking",
  severity: "error",
  since: 17,
  summary: "SET EXPRESSION computes every row anew and rewrites the table.",
  docs: {
    problem: "The table and its indexes are rewritten under ACCESS EXCLUSIVE.",
    instead: ["ALTER TABLE city ALTER COLUMN size SET EXPRESSION AS (width * height / 2);"],
    use: [
      "ALTER TABLE city ALTER COLUMN size DROP EXPRESSION;",
      "-- a trigger computes it from now on; the rows that there are follow batch by batch",
    ],
    operations: [
      `op.dropExpression("city", "size");`,
      `op.backfill("city", { set: { size: sql\`width * height / 2\` } });`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment, then ROW EXCLUSIVE. SET EXPRESSION is there from PostgreSQL 17 on.",
  },
  check(action, context) {
    if (action.kind !== "set expression") return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    return {
      message: `The new expression of ${action.column} is computed for every row of ${table.said}, which is rewritten with all its indexes.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: table.evidence,
    };
  },
};
