import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addColumnStoredGenerated: Rule = {
  name: "add-column-stored-generated",
  group: "blocking",
  severity: "error",
  summary: "A new stored generated column rewrites the table.",
  docs: {
    problem:
      "The value of every row is computed and stored: the table and its indexes are rewritten under ACCESS EXCLUSIVE.",
    instead: ["ALTER TABLE city ADD COLUMN size bigint GENERATED ALWAYS AS (width * height) STORED;"],
    use: [
      "ALTER TABLE city ADD COLUMN size bigint;",
      "CREATE TRIGGER city_size BEFORE INSERT OR UPDATE ON city FOR EACH ROW EXECUTE FUNCTION city_size();",
      "UPDATE city SET size = width * height WHERE size IS NULL AND id BETWEEN 1 AND 1000;  -- and so on",
    ],
    operations: [
      `op.addColumn("city", column("size", "bigint"));`,
      `op.createTrigger("city_size", "city", { timing: "before", events: ["insert", "update"], forEach: "row", function: "city_size" });`,
      `op.backfill("city", { set: { size: sql\`width * height\` }, where: sql\`size IS NULL\` });`,
    ],
    locks:
      "ACCESS EXCLUSIVE and SHARE ROW EXCLUSIVE for a moment, then ROW EXCLUSIVE. From PostgreSQL 18 on a VIRTUAL column is free.",
  },
  check(action, context) {
    if (action.kind !== "add column" || action.column.generated !== "stored") return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    return {
      message: `The generated column ${action.column.name} is computed for every row of ${table.said}, which is rewritten with all its indexes.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: table.evidence,
    };
  },
};
