import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const createEnum: Rule = {
  name: "create-enum",
  group: "style",
  severity: undefined,
  summary: "A value of an enum can be added and renamed, but not removed or moved.",
  docs: {
    problem: "To remove one, a new type is made and every column of the old one is rewritten.",
    instead: ["CREATE TYPE mood AS ENUM ('sad', 'ok');"],
    use: ["-- text with a CHECK, or a table of the values with a foreign key to it"],
    operations: [`op.createTable("mood", column("name", "text", { nullable: false }), primaryKey(["name"]));`],
    locks: "None.",
  },
  check(action) {
    if (action.kind !== "create enum") return undefined;
    return {
      message: `The values of ${displayName(action.name)} cannot be removed or moved later.`,
      evidence: "static",
    };
  },
};
