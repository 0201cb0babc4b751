import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const enumValuePosition: Rule = {
  name: "enum-value-position",
  group: "style",
  severity: undefined,
  summary: "ADD VALUE without BEFORE or AFTER puts the value last, and it cannot be moved later.",
  docs: {
    problem: "Values compare in their order, and ORDER BY follows it.",
    instead: ["ALTER TYPE mood ADD VALUE 'fine';"],
    use: ["ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';"],
    operations: [`op.addEnumValue("mood", "fine", { after: "ok" });`],
    locks: "None.",
  },
  check(action) {
    if (action.kind !== "add enum value" || action.placed) return undefined;
    return { message: `'${action.value}' becomes the last value of ${displayName(action.type)}.`, evidence: "static" };
  },
};
