import { columnsIn } from "../expressions.ts";
import { sameName } from "../names.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule, RuleContext } from "../rule.ts";
import type { ChangeRows } from "../action.ts";
import { subjectOf } from "../subject.ts";

export const backfillWholeTable: Rule = {
  name: "backfill-whole-table",
  group: "blocking",
  severity: "error",
  summary: "An UPDATE or DELETE of a whole table holds the locks of all its rows until it ends.",
  docs: {
    problem:
      "Writers wait for the rows, the old versions cannot be cleaned up, and what changed the table before in the same transaction " +
      "keeps it locked for as long. A condition on a column that the same run has added is true for every row.",
    instead: ["ALTER TABLE city ADD COLUMN size bigint;", "UPDATE city SET size = 0 WHERE size IS NULL;"],
    use: [
      "UPDATE city SET size = 0 WHERE size IS NULL AND id BETWEEN 1 AND 1000;  -- and so on, each in its own transaction",
    ],
    operations: [`op.backfill("city", { set: { size: 0 }, where: sql\`size IS NULL\` });`],
    locks: "ROW EXCLUSIVE, and the locks of one batch's rows.",
  },
  check(action, context) {
    if ((action.kind !== "update" && action.kind !== "delete") || !isWholeTable(action, context)) return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    const held = context.inTransaction && context.state.exclusive.some((each) => sameName(each, action.table));
    const more = held ? ", and the ACCESS EXCLUSIVE lock of the statements before is held for as long" : "";
    return {
      message: `Every row of ${table.said} is ${action.kind === "update" ? "updated" : "deleted"} in one transaction${more}.`,
      relation: table.name,
      lock: held ? "ACCESS EXCLUSIVE" : "ROW EXCLUSIVE",
      work: "scan",
      evidence: "static",
      recipe:
        action.kind === "delete"
          ? undefined
          : {
              sql: [
                `UPDATE ${table.said} SET … WHERE … AND id BETWEEN … AND …;  -- batch by batch, each in its own transaction`,
              ],
              operations: [
                `op.backfill(${call(table.name.name)}${inSchema(table, `set: { ${action.columns.map((column) => `${call(column)}: …`).join(", ")} }`)});`,
              ],
            },
    };
  },
};

/** Without a condition, with a constant one, or with one on columns that the run has added. */
function isWholeTable({ table, where }: ChangeRows, { state }: RuleContext): boolean {
  if (where === undefined) return true;
  const columns = columnsIn(where);
  return columns.every((column) => state.columns.some((each) => each.column === column && sameName(each.table, table)));
}
