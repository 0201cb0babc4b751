import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";
import { LOCK_MODES } from "../../operations/language/statement.ts";

/** SHARE, by PostgreSQL's numbers of the modes. */
const SHARE = 5;

export const lockTable: Rule = {
  name: "lock-table",
  group: "blocking",
  severity: "error",
  summary: "LOCK TABLE in SHARE or a stronger mode stops writers until the transaction ends.",
  docs: {
    problem:
      "The lock is held to the end of the transaction, and everybody who wants one that conflicts queues behind it.",
    instead: ["LOCK TABLE city;"],
    use: ["-- let each statement take the lock that it needs; limbeck's own lock keeps other runners out"],
    operations: [],
    locks: "The named one.",
  },
  check(action, context) {
    if (action.kind !== "lock table" || action.mode < SHARE) return undefined;
    const tables = action.tables.map((name) => subjectOf(name, context)).filter(({ isNew }) => !isNew);
    const [table] = tables;
    if (table === undefined) return undefined;
    const mode = LOCK_MODES[action.mode - 1]!;
    return {
      message: `${tables.map(({ said }) => said).join(", ")} is locked in ${mode} mode until the transaction ends.`,
      relation: table.name,
      lock: mode,
      evidence: table.evidence,
    };
  },
};
