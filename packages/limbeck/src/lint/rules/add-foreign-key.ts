import { identifier, identifiers } from "../../operations/language/identifiers.ts";
import { addedConstraints } from "../added.ts";
import { displayName } from "../names.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addForeignKey: Rule = {
  name: "add-foreign-key",
  group: "blocking",
  severity: "error",
  summary: "A foreign key that is added in one go stops the writers of both tables while all rows are checked.",
  docs: {
    problem:
      "SHARE ROW EXCLUSIVE on both tables for as long as every row is looked up; REFERENCES inside ADD COLUMN takes ACCESS EXCLUSIVE on " +
      "the altered one. With NOT VALID only new rows are checked, and VALIDATE checks the others while everybody goes on.",
    instead: ["ALTER TABLE city ADD CONSTRAINT city_country FOREIGN KEY (country_id) REFERENCES country;"],
    use: [
      "ALTER TABLE city ADD CONSTRAINT city_country FOREIGN KEY (country_id) REFERENCES country NOT VALID;",
      "ALTER TABLE city VALIDATE CONSTRAINT city_country;  -- in a transaction of its own",
    ],
    operations: [
      `op.createForeignKey("city_country", "city", "country", ["country_id"], ["id"], { notValid: true });`,
      `op.validateConstraint("city_country", "city");`,
    ],
    locks:
      "SHARE ROW EXCLUSIVE on both for a moment, then SHARE UPDATE EXCLUSIVE on the one and ROW SHARE on the other for the scan.",
  },
  check(action, context) {
    // The values of a new column without a default are all NULL, and nothing is looked up for them.
    const added = addedConstraints(action, "foreign key").find(
      ({ constraint, column, hasDefault }) =>
        !constraint.notValid && !constraint.notEnforced && (column === undefined || hasDefault),
    );
    if (added === undefined) return undefined;
    const table = subjectOf(added.table, context);
    if (table.isNew) return undefined;
    const { constraint } = added;
    const name = constraint.name ?? `${table.name.name}_${constraint.columns.join("_")}_fkey`;
    const parent = displayName(constraint.references ?? { name: "…" });
    return {
      message: `All rows of ${table.said} are looked up in ${parent}, while nobody can write to either.`,
      relation: table.name,
      lock: added.column === undefined ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE",
      work: "scan",
      evidence: table.evidence,
      recipe: {
        sql: [
          `ALTER TABLE ${table.said} ADD CONSTRAINT ${identifier(name)} FOREIGN KEY (${identifiers(constraint.columns)}) REFERENCES ${parent} NOT VALID;`,
          `ALTER TABLE ${table.said} VALIDATE CONSTRAINT ${identifier(name)};  -- in a transaction of its own`,
        ],
        operations: [
          `op.createForeignKey(${call(name)}, ${call(table.name.name)}, ${call(constraint.references?.name ?? "…")}, ${JSON.stringify(constraint.columns)}, […]${inSchema(table, "notValid: true")});`,
          `op.validateConstraint(${call(name)}, ${call(table.name.name)}${inSchema(table)});`,
        ],
      },
    };
  },
};
