import { displayName, sameName } from "../names.ts";
import { exclusiveTable } from "../exclusive.ts";
import type { Rule } from "../rule.ts";

export const multipleAlterTable: Rule = {
  name: "multiple-alter-table",
  group: "style",
  severity: undefined,
  summary: "Several ALTER TABLEs of one table scan or rewrite it several times, where one does it once.",
  docs: {
    problem: "Subcommands of one ALTER TABLE share a scan or a rewrite.",
    instead: [
      "BEGIN;",
      "ALTER TABLE city ALTER COLUMN a TYPE bigint;",
      "ALTER TABLE city ALTER COLUMN b TYPE bigint;",
      "COMMIT;",
    ],
    use: ["ALTER TABLE city ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint;"],
    operations: [
      `op.batch("city", (t) => { t.alterColumn("a", { type: "bigint" }); t.alterColumn("b", { type: "bigint" }); });`,
    ],
    locks: "ACCESS EXCLUSIVE once.",
  },
  check(action, { state, inTransaction, isFirst }) {
    const table = exclusiveTable(action);
    if (!inTransaction || !isFirst || table === undefined) return undefined;
    if (!state.exclusive.some((held) => sameName(held, table))) return undefined;
    return {
      message: `${displayName(table)} is altered by more than one statement.`,
      relation: table,
      evidence: "static",
    };
  },
};
