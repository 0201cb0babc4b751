import { nearest } from "../../errors/suggest.ts";
import type { Rule } from "../rule.ts";

export const unknownAllow: Rule = {
  name: "unknown-allow",
  group: "correctness",
  severity: "error",
  summary: "An allowance names a rule that there is not.",
  docs: {
    problem: "It allows nothing, most often because of a slip of the fingers.",
    instead: ["-- limbeck: allow drop-tabel because nobody has asked for it since March", "DROP TABLE city;"],
    use: ["-- limbeck: allow drop-table because nobody has asked for it since March", "DROP TABLE city;"],
    operations: [`op.allow("drop-table", "nobody has asked for it since March");`],
    locks: "None.",
  },
  check: () => undefined,
  allowance({ rule }, { known }) {
    if (known.has(rule)) return undefined;
    if (rule === "") return "It is not said which rule is allowed.";
    const meant = nearest(rule, known);
    return `There is no rule ${rule} to allow${meant === undefined ? "" : `; ${meant} may be meant`}.`;
  },
};
