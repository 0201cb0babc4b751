import { isMadeHere } from "../drop-rule.ts";
import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const dropCascade: Rule = {
  name: "drop-cascade",
  group: "destructive",
  severity: "error",
  summary: "CASCADE removes what nobody named.",
  docs: {
    problem: "Views, foreign keys, columns or whole tables go along, and the statement does not say which.",
    instead: ["DROP TABLE city CASCADE;"],
    use: ["-- drop by name what stands in the way, then drop without CASCADE"],
    operations: [`op.dropView("big_city");`, `op.dropTable("city");`],
    locks: "ACCESS EXCLUSIVE on everything that goes along.",
  },
  check(action, context) {
    if (!("cascade" in action) || !action.cascade) return undefined;
    if (action.kind === "drop" && action.objects.every((name) => isMadeHere(action, name, context))) return undefined;
    const objects =
      "objects" in action
        ? action.objects
        : "tables" in action
          ? action.tables
          : "table" in action
            ? [action.table]
            : [action.object];
    return {
      message: `CASCADE removes what depends on ${objects.map(displayName).join(", ")}, whatever it is.`,
      relation: objects[0],
      lock: "ACCESS EXCLUSIVE",
      evidence: "static",
    };
  },
};
