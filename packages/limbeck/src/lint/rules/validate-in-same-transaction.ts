import { sameName } from "../names.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const validateInSameTransaction: Rule = {
  name: "validate-in-same-transaction",
  group: "blocking",
  severity: "error",
  summary: "A constraint is validated in the transaction that added it, so its strong lock is held through the scan.",
  docs: {
    problem:
      "NOT VALID and VALIDATE are two steps because the lock of the first ends with its transaction. In one transaction they gain nothing.",
    instead: [
      "BEGIN;",
      "ALTER TABLE city ADD CONSTRAINT city_size CHECK (size > 0) NOT VALID;",
      "ALTER TABLE city VALIDATE CONSTRAINT city_size;",
      "COMMIT;",
    ],
    use: [
      "ALTER TABLE city ADD CONSTRAINT city_size CHECK (size > 0) NOT VALID;",
      "ALTER TABLE city VALIDATE CONSTRAINT city_size;  -- in a transaction of its own",
    ],
    operations: [`op.validateConstraint("city_size", "city");  // limbeck ends the transaction before it by itself`],
    locks: "SHARE UPDATE EXCLUSIVE for the scan, when the transaction before is over.",
  },
  check(action, context) {
    if (action.kind !== "validate constraint") return undefined;
    const table = subjectOf(action.table, context);
    const { constraints, transaction } = context.state;
    const added = constraints.find(
      (each) =>
        each.definition.name === action.name && sameName(each.table, action.table) && each.transaction === transaction,
    );
    if (table.isNew || added === undefined) return undefined;
    return {
      message: `The lock that ${action.name} was added under is held while all rows of ${table.said} are checked.`,
      relation: table.name,
      lock: added.definition.type === "foreign key" ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE",
      work: "scan",
      evidence: "static",
    };
  },
};
