import type { Rule } from "../rule.ts";

export const transactionNesting: Rule = {
  name: "transaction-nesting",
  group: "style",
  severity: undefined,
  summary: "BEGIN inside a transaction does nothing, and COMMIT then ends more than was meant.",
  docs: {
    problem: "PostgreSQL warns and goes on; transactions do not nest.",
    instead: ["BEGIN;", "BEGIN;", "COMMIT;", "COMMIT;"],
    use: ["BEGIN;", "SAVEPOINT part;", "RELEASE part;", "COMMIT;"],
    operations: [],
    locks: "None.",
  },
  check(action, { state }) {
    if (action.kind !== "begin" || !state.inBlock) return undefined;
    return { message: "A transaction is open already; this BEGIN does nothing.", evidence: "static" };
  },
};
