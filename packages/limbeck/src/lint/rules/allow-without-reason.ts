import type { Rule } from "../rule.ts";

export const allowWithoutReason: Rule = {
  name: "allow-without-reason",
  group: "correctness",
  severity: "error",
  summary: "An allowance without a reason allows nothing.",
  docs: {
    problem: "Whoever reads the revision later has to know why it was safe, and whether it still would be.",
    instead: ["-- limbeck: allow drop-table", "DROP TABLE city;"],
    use: ["-- limbeck: allow drop-table because nobody has asked for it since March", "DROP TABLE city;"],
    operations: [`op.allow("drop-table", "nobody has asked for it since March");`],
    locks: "None.",
  },
  check: () => undefined,
  allowance: ({ rule, reason }, { known }) =>
    reason === "" && known.has(rule) ? `${rule} is allowed without a reason, and so it is not.` : undefined,
};
