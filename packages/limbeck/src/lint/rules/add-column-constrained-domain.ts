import type { TypeName } from "../names.ts";
import { sameName } from "../names.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { subjectOf } from "../subject.ts";
import { displayType } from "../types.ts";
import { identifier } from "../../operations/language/identifiers.ts";

export const addColumnConstrainedDomain: Rule = {
  name: "add-column-constrained-domain",
  group: "blocking",
  severity: "error",
  summary: "A new column of a domain with a CHECK or NOT NULL rewrites the table.",
  docs: {
    problem:
      "PostgreSQL checks the domain for every row, even where all values are NULL, and rewrites the table under ACCESS EXCLUSIVE " +
      "to do so. A domain without constraints costs nothing.",
    instead: ["ALTER TABLE city ADD COLUMN code postal_code;  -- a domain with a CHECK"],
    use: [
      "ALTER TABLE city ADD COLUMN code text;",
      "ALTER TABLE city ADD CONSTRAINT city_code CHECK (code ~ '^[0-9]{5}$') NOT VALID;",
      "ALTER TABLE city VALIDATE CONSTRAINT city_code;  -- in a transaction of its own",
    ],
    operations: [
      `op.addColumn("city", column("code", "text"));`,
      `op.createCheckConstraint("city_code", "city", "code ~ '^[0-9]{5}$'", { notValid: true });`,
      `op.validateConstraint("city_code", "city");`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment in the first two steps, SHARE UPDATE EXCLUSIVE in the third.",
  },
  check(action, context) {
    if (action.kind !== "add column" || !isConstrained(action.column.type, context)) return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    const { name, type } = action.column;
    const base = context.catalog?.domain(type)?.base;
    const plain = base === undefined ? "the domain's base type" : displayType(base);
    return {
      message: `The domain ${displayType(type)} has constraints, so ${table.said} is rewritten to check them for the new column ${name}.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: context.catalog === undefined ? "static" : "catalog",
      recipe: {
        sql: [
          `ALTER TABLE ${table.said} ADD COLUMN ${identifier(name)} ${plain};`,
          `ALTER TABLE ${table.said} ADD CONSTRAINT ${identifier(`${table.name.name}_${name}`)} CHECK (…) NOT VALID;  -- then VALIDATE`,
        ],
        operations: [
          `op.addColumn(${call(table.name.name)}, column(${call(name)}, ${call(plain)})${inSchema(table)});`,
          `op.createCheckConstraint(${call(`${table.name.name}_${name}`)}, ${call(table.name.name)}, "…"${inSchema(table, "notValid: true")});`,
        ],
      },
    };
  },
};

/** An array of such values, or a row with one, is not checked: nothing is rewritten for it. */
function isConstrained(type: TypeName, { catalog, state }: RuleContext): boolean {
  if (type.array) return false;
  const made = state.madeTypes.find(({ name }) => sameName(name, type));
  return made?.constrained ?? catalog?.domain(type)?.constrained ?? false;
}
