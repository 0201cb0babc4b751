import { identifier } from "../../operations/language/identifiers.ts";
import { addedConstraints } from "../added.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addCheckConstraint: Rule = {
  name: "add-check-constraint",
  group: "blocking",
  severity: "error",
  summary: "A CHECK that is added in one go scans the table.",
  docs: {
    problem:
      "Every row is checked under ACCESS EXCLUSIVE, also for a CHECK inside ADD COLUMN, where all values are NULL. " +
      "With NOT VALID only new rows are checked; VALIDATE then checks the others while readers and writers go on.",
    instead: ["ALTER TABLE city ADD CONSTRAINT city_size CHECK (size > 0);"],
    use: [
      "ALTER TABLE city ADD CONSTRAINT city_size CHECK (size > 0) NOT VALID;",
      "ALTER TABLE city VALIDATE CONSTRAINT city_size;  -- in a transaction of its own",
    ],
    operations: [
      `op.createCheckConstraint("city_size", "city", "size > 0", { notValid: true });`,
      `op.validateConstraint("city_size", "city");`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment, SHARE UPDATE EXCLUSIVE for the scan.",
  },
  check(action, context) {
    const added = addedConstraints(action, "check").find(
      ({ constraint }) => !constraint.notValid && !constraint.notEnforced,
    );
    if (added === undefined) return undefined;
    const table = subjectOf(added.table, context);
    if (table.isNew) return undefined;
    const name = added.constraint.name ?? `${table.name.name}_${added.column ?? "check"}_check`;
    return {
      message: `All rows of ${table.said} are checked, while nobody can read or write it.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "scan",
      evidence: table.evidence,
      recipe: {
        sql: [
          `ALTER TABLE ${table.said} ADD CONSTRAINT ${identifier(name)} CHECK (…) NOT VALID;`,
          `ALTER TABLE ${table.said} VALIDATE CONSTRAINT ${identifier(name)};  -- in a transaction of its own`,
        ],
        operations: [
          `op.createCheckConstraint(${call(name)}, ${call(table.name.name)}, "…"${inSchema(table, "notValid: true")});`,
          `op.validateConstraint(${call(name)}, ${call(table.name.name)}${inSchema(table)});`,
        ],
      },
    };
  },
};
