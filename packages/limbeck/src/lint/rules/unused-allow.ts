import type { Rule } from "../rule.ts";

export const unusedAllow: Rule = {
  name: "unused-allow",
  group: "correctness",
  severity: "warning",
  summary: "An allowance stands in front of a statement that does not break its rule.",
  docs: {
    problem: "It allows nothing today, and would allow what somebody writes there tomorrow.",
    instead: [
      "-- limbeck: allow drop-table because nobody has asked for it since March",
      "CREATE TABLE city (id bigint);",
    ],
    use: ["CREATE TABLE city (id bigint);"],
    operations: [],
    locks: "None.",
  },
  check: () => undefined,
  allowance: ({ rule, reason }, { known, isUsed }) =>
    isUsed || reason === "" || !known.has(rule)
      ? undefined
      : `${rule} is allowed, and the statement does not break it.`,
};
