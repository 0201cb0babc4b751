import { sameName } from "../names.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const dropConstraint: Rule = {
  name: "drop-constraint",
  group: "destructive",
  severity: "warning",
  summary: "DROP CONSTRAINT takes a guarantee away; a foreign key's locks both tables.",
  docs: {
    problem:
      "Rows that break the rule can come in from now on, and the constraint cannot be put back without checking them all.",
    instead: ["ALTER TABLE city DROP CONSTRAINT city_size;"],
    use: ["-- to change a constraint: add the new one NOT VALID, VALIDATE it, then drop the old one"],
    operations: [`op.dropConstraint("city_size", "city");`],
    locks: "ACCESS EXCLUSIVE, for a foreign key on both tables.",
  },
  check(action, context) {
    if (action.kind !== "drop constraint") return undefined;
    const table = subjectOf(action.table, context);
    // The helper of SET NOT NULL, or whatever else the run itself has put there, may go.
    const isOwn = context.state.constraints.some(
      (each) => each.definition.name === action.name && sameName(each.table, action.table),
    );
    const facts = table.facts?.constraints.find(({ name }) => name === action.name);
    const saysNotNull = facts?.type === "check" && facts.notNull.length > 0;
    const isHelper = saysNotNull && facts.notNull.every((column) => isNotNull(column));
    const isNotThere = action.ifExists && table.facts !== undefined && facts === undefined;
    if (table.isNew || isOwn || isHelper || isNotThere) return undefined;
    return {
      message: `${table.said} loses the guarantee of ${action.name}.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
    };

    function isNotNull(column: string): boolean {
      return (
        table.facts?.columns.some((each) => each.name === column && !each.nullable) === true ||
        context.state.setNotNull.some((each) => each.column === column && sameName(each.table, table.name))
      );
    }
  },
};
