import type { Rule } from "../rule.ts";

export const uncommittedTransaction: Rule = {
  name: "uncommitted-transaction",
  group: "correctness",
  severity: "error",
  summary: "A transaction is begun and not ended: all of it is rolled back.",
  docs: {
    problem: "What stands behind the last BEGIN is undone when the session ends.",
    instead: ["BEGIN;", "ALTER TABLE city ADD COLUMN size bigint;"],
    use: ["BEGIN;", "ALTER TABLE city ADD COLUMN size bigint;", "COMMIT;"],
    operations: [],
    locks: "None.",
  },
  check: () => undefined,
  end: ({ inBlock }) =>
    inBlock
      ? { message: "The last BEGIN has no COMMIT: what follows it is rolled back.", evidence: "static" }
      : undefined,
};
