import { exclusiveTable } from "../exclusive.ts";
import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const statementAfterExclusiveLock: Rule = {
  name: "statement-after-exclusive-lock",
  group: "style",
  severity: undefined,
  summary: "What runs after a strong lock, in the same transaction, keeps it held.",
  docs: {
    problem:
      "The lock of the first statement ends with the transaction, so everything behind it adds to the time that nobody can use the table.",
    instead: [
      "BEGIN;",
      "ALTER TABLE city ADD COLUMN size bigint;",
      "UPDATE country SET checked = true WHERE id = 1;",
      "COMMIT;",
    ],
    use: ["-- what needs no strong lock first, what needs one last; or two revisions"],
    operations: [],
    locks: "ACCESS EXCLUSIVE to the end of the transaction.",
  },
  check(action, { state, inTransaction }) {
    const [held] = state.exclusive;
    const isControl = action.kind === "commit" || action.kind === "rollback" || action.kind === "set timeout";
    if (!inTransaction || held === undefined || isControl || exclusiveTable(action) !== undefined) return undefined;
    return {
      message: `${displayName(held)} stays locked while this runs.`,
      relation: held,
      lock: "ACCESS EXCLUSIVE",
      evidence: "static",
    };
  },
};
