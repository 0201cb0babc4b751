import type { Rule } from "../rule.ts";

export const enumValueUsedInTransaction: Rule = {
  name: "enum-value-used-in-transaction",
  group: "correctness",
  severity: "error",
  summary: "A new enum value cannot be used in the transaction that adds it.",
  docs: {
    problem: "PostgreSQL answers with error 55P04. limbeck commits op.addEnumValue by itself before what comes next.",
    instead: ["BEGIN;", "ALTER TYPE mood ADD VALUE 'fine';", "UPDATE city SET mood = 'fine';", "COMMIT;"],
    use: ["ALTER TYPE mood ADD VALUE 'fine';", "UPDATE city SET mood = 'fine';  -- in another transaction"],
    operations: [`op.addEnumValue("mood", "fine");`],
    locks: "None on tables.",
  },
  check(action, { state, literals }) {
    if (action.kind === "add enum value") return undefined;
    const used = state.enumValues.find(
      ({ value, transaction }) => transaction === state.transaction && literals().includes(value),
    );
    if (used === undefined) return undefined;
    return {
      message: `The enum value '${used.value}' is used in the transaction that adds it (error 55P04).`,
      evidence: "static",
    };
  },
};
