import { volatileCall } from "../expressions.ts";
import { backfillRecipe } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";
import { displayType } from "../types.ts";

export const addColumnVolatileDefault: Rule = {
  name: "add-column-volatile-default",
  group: "blocking",
  severity: "error",
  summary: "A new column with a volatile default rewrites the table.",
  docs: {
    problem:
      "A default that gives another value each time, as gen_random_uuid(), random() or nextval() does, has to be written " +
      "into every row: the table and all its indexes are rewritten under ACCESS EXCLUSIVE. Constants and stable functions, " +
      "now() among them, are kept in the catalog and cost nothing (since PostgreSQL 11).",
    instead: ["ALTER TABLE city ADD COLUMN token uuid DEFAULT gen_random_uuid();"],
    use: [
      "ALTER TABLE city ADD COLUMN token uuid;",
      "ALTER TABLE city ALTER COLUMN token SET DEFAULT gen_random_uuid();",
      "UPDATE city SET token = gen_random_uuid() WHERE token IS NULL AND id BETWEEN 1 AND 1000;  -- and so on",
    ],
    operations: [
      `op.addColumn("city", column("token", "uuid"));`,
      `op.alterColumn("city", "token", { default: sql\`gen_random_uuid()\` });`,
      `op.backfill("city", { set: { token: sql\`gen_random_uuid()\` }, where: sql\`token IS NULL\` });`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment in the first two steps, ROW EXCLUSIVE in the third.",
  },
  check(action, context) {
    if (action.kind !== "add column" || action.column.default === undefined) return undefined;
    const { column } = action;
    const table = subjectOf(action.table, context);
    const volatile = volatileCall(column.default, context.catalog);
    if (table.isNew || volatile === undefined) return undefined;
    const may = volatile.certain ? "is volatile, so" : "may be volatile; if it is,";
    return {
      message: `The default of ${column.name} calls ${volatile.name}(), which ${may} ${table.said} is rewritten with all its indexes.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: volatile.evidence,
      recipe: backfillRecipe(table, column.name, displayType(column.type), `${volatile.name}()`),
    };
  },
};
