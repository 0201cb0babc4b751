import { notNullRecipe } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addRequiredColumn: Rule = {
  name: "add-required-column",
  group: "correctness",
  severity: "error",
  summary: "A new NOT NULL column without a default fails on a table that has rows.",
  docs: {
    problem:
      "The rows that there are have no value for it, so the statement is refused; and the old application does not write one.",
    instead: ["ALTER TABLE city ADD COLUMN size bigint NOT NULL;"],
    use: [
      "ALTER TABLE city ADD COLUMN size bigint NOT NULL DEFAULT 0;",
      "-- or add it nullable, fill it batch by batch, and set it NOT NULL by the recipe of set-not-null",
    ],
    operations: [`op.addColumn("city", column("size", "bigint", { nullable: false, default: 0 }));`],
    locks: "ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    if (action.kind !== "add column") return undefined;
    const { name, notNull, default: value, generated, identity, serial } = action.column;
    if (!notNull || value !== undefined || generated !== undefined || identity || serial) return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    return {
      message: `The rows of ${table.said} have no value for ${name}, which may not be NULL.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
      recipe: notNullRecipe(table, name),
    };
  },
};
