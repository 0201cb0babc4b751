import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const idempotentStatements: Rule = {
  name: "idempotent-statements",
  group: "style",
  severity: undefined,
  summary: "A statement outside a transaction that fails half-way is easier to repeat with IF NOT EXISTS.",
  docs: {
    problem:
      "A script that is cut off and run again stops at what it has done already. limbeck records how far it came, and resumes there.",
    instead: ["CREATE INDEX CONCURRENTLY ix_city_name ON city (name);"],
    use: ["CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_city_name ON city (name);"],
    operations: [`op.createIndex("ix_city_name", "city", ["name"], { concurrently: true, ifNotExists: true });`],
    locks: "None.",
  },
  check(action, { inTransaction }) {
    const isNew = action.kind === "create table" || action.kind === "create index";
    if (inTransaction || !isNew || action.ifNotExists) return undefined;
    return {
      message: `Run again, this fails where ${displayName(action.table)} is concerned.`,
      relation: action.table,
      evidence: "static",
    };
  },
};
