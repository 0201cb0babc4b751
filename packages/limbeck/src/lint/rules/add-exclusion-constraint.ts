import { addedConstraints } from "../added.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addExclusionConstraint: Rule = {
  name: "add-exclusion-constraint",
  group: "blocking",
  severity: "error",
  summary: "An exclusion constraint builds its index while nobody can read or write, and there is no other way.",
  docs: {
    problem:
      "The index is built, and every row compared, under ACCESS EXCLUSIVE. PostgreSQL has no NOT VALID and no USING INDEX for it.",
    instead: ["ALTER TABLE booking ADD CONSTRAINT booking_overlap EXCLUDE USING gist (room WITH =, during WITH &&);"],
    use: ["-- a new table with the constraint, filled batch by batch, then swapped; or a time when nobody minds"],
    operations: [`op.createTable("booking_new", …);`],
    locks: "ACCESS EXCLUSIVE through the build.",
  },
  check(action, context) {
    const [added] = addedConstraints(action, "exclusion");
    if (added === undefined) return undefined;
    const table = subjectOf(added.table, context);
    if (table.isNew) return undefined;
    return {
      message: `The index of an exclusion constraint on ${table.said} is built while nobody can read or write it.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "index build",
      evidence: table.evidence,
    };
  },
};
