import { displayName, sameName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const renameEnumValue: Rule = {
  name: "rename-enum-value",
  group: "compatibility",
  severity: "error",
  summary: "ALTER TYPE … RENAME VALUE breaks the application that runs.",
  docs: {
    problem: "The old version writes a value that is no longer one.",
    instead: ["ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';"],
    use: ["ALTER TYPE mood ADD VALUE 'fine';", "-- the application changes over; the rows follow batch by batch"],
    operations: [`op.addEnumValue("mood", "fine");`],
    locks: "None on tables.",
  },
  check(action, { state }) {
    if (action.kind !== "rename enum value") return undefined;
    if (state.madeTypes.some(({ name }) => sameName(name, action.type))) return undefined;
    return {
      message: `The application that runs writes a value of ${displayName(action.type)} that is ${action.value} now.`,
      evidence: "static",
    };
  },
};
