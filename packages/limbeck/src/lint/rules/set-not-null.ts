import { sameName } from "../names.ts";
import { notNullRecipe } from "../recipes.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { subjectOf, type Subject } from "../subject.ts";

export const setNotNull: Rule = {
  name: "set-not-null",
  group: "blocking",
  severity: "error",
  summary: "SET NOT NULL scans the table, unless a validated CHECK says it already.",
  docs: {
    problem:
      "Every row is looked at under ACCESS EXCLUSIVE. A CHECK (column IS NOT NULL) that is *validated* makes that needless " +
      "(since PostgreSQL 12); one that is NOT VALID does not. PostgreSQL 18's ADD CONSTRAINT … NOT NULL scans as well, unless it is NOT VALID.",
    instead: ["ALTER TABLE city ALTER COLUMN name SET NOT NULL;"],
    use: [
      "ALTER TABLE city ADD CONSTRAINT city_name_is_not_null CHECK (name IS NOT NULL) NOT VALID;",
      "ALTER TABLE city VALIDATE CONSTRAINT city_name_is_not_null;  -- in a transaction of its own",
      "ALTER TABLE city ALTER COLUMN name SET NOT NULL;",
      "ALTER TABLE city DROP CONSTRAINT city_name_is_not_null;",
    ],
    operations: [
      `op.createCheckConstraint("city_name_is_not_null", "city", "name IS NOT NULL", { notValid: true });`,
      `op.validateConstraint("city_name_is_not_null", "city");`,
      `op.alterColumn("city", "name", { nullable: false });`,
      `op.dropConstraint("city_name_is_not_null", "city");`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment, SHARE UPDATE EXCLUSIVE for the scan, ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    const column =
      action.kind === "set not null"
        ? action.column
        : action.kind === "add constraint" && action.constraint.type === "not null" && !action.constraint.notValid
          ? action.constraint.columns[0]
          : undefined;
    if (column === undefined || !("table" in action)) return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew || isKnown(table, column, context)) return undefined;
    return {
      message: `All rows of ${table.said} are looked at for a NULL in ${column}, while nobody can read or write it.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "scan",
      evidence: table.evidence,
      recipe: notNullRecipe(table, column),
    };
  },
};

/** Whether the column is NOT NULL already, or a validated CHECK says so. */
function isKnown({ name, facts }: Subject, column: string, { state, together }: RuleContext): boolean {
  // ALTER TABLE drops what it drops before it does anything else.
  const dropped = together.flatMap((each) => (each.kind === "drop constraint" ? each.name : []));
  const added = state.constraints.some(
    (each) =>
      sameName(each.table, name) && each.validated && each.notNull.includes(column) && each.definition.type === "check",
  );
  if (added || facts === undefined) return added;
  if (facts.columns.some((each) => each.name === column && !each.nullable))
    return !hasUnvalidatedNotNull(facts, column);
  return facts.constraints.some(
    (each) => each.type === "check" && each.validated && each.notNull.includes(column) && !dropped.includes(each.name),
  );
}

/** PostgreSQL 18: SET NOT NULL over a NOT VALID one validates it, with a scan under its own strong lock. */
function hasUnvalidatedNotNull({ constraints }: NonNullable<Subject["facts"]>, column: string): boolean {
  return constraints.some(
    ({ type, validated, columns }) => type === "not null" && !validated && columns.includes(column),
  );
}
