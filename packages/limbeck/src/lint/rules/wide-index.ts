import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

const MANY = 3;

export const wideIndex: Rule = {
  name: "wide-index",
  group: "style",
  severity: undefined,
  summary: "An index of more than three columns is large, slows every write, and is seldom used to its end.",
  docs: {
    problem: "Each further column serves only queries that fix all those before it.",
    instead: ["CREATE INDEX CONCURRENTLY ix ON city (a, b, c, d);"],
    use: ["CREATE INDEX CONCURRENTLY ix ON city (a, b) INCLUDE (c, d);"],
    operations: [`op.createIndex("ix", "city", ["a", "b"], { include: ["c", "d"], concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE for the build.",
  },
  check(action) {
    if (action.kind !== "create index" || action.unique || action.columns.length <= MANY) return undefined;
    return {
      message: `The index on ${displayName(action.table)} has ${action.columns.length} columns.`,
      relation: action.table,
      evidence: "static",
    };
  },
};
