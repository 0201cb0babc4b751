import type { Rule } from "../rule.ts";

export const concurrentlyInTransaction: Rule = {
  name: "concurrently-in-transaction",
  group: "correctness",
  severity: "error",
  summary: "CONCURRENTLY is refused inside a transaction block.",
  docs: {
    problem:
      "PostgreSQL answers with error 25001, and all of the transaction is lost. limbeck runs such operations outside one by itself.",
    instead: ["BEGIN;", "CREATE INDEX CONCURRENTLY ix_city_name ON city (name);", "COMMIT;"],
    use: ["CREATE INDEX CONCURRENTLY ix_city_name ON city (name);"],
    operations: [`op.createIndex("ix_city_name", "city", ["name"], { concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE.",
  },
  check(action, { inTransaction }) {
    if (!inTransaction || !("concurrently" in action) || !action.concurrently) return undefined;
    if (action.kind === "refresh materialized view") return undefined;
    return { message: "CONCURRENTLY is refused inside a transaction block (error 25001).", evidence: "static" };
  },
};
