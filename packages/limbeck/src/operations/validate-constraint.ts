import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, standaloneStatement, type Statement } from "./language/statement.ts";

export interface ValidateConstraintOptions {
  readonly schema?: string;
}

export interface ValidateConstraint extends ValidateConstraintOptions {
  readonly kind: "validateConstraint";
  readonly name: string;
  readonly table: string;
}

/**
 * Checks the rows that a constraint made with `notValid` left unchecked, while readers and writers go on. Limbeck
 * ends the transaction before it: the lock under which the constraint was added would be held for as long.
 *
 * @example
 * op.validateConstraint("fk_city_country", "city");
 * // ALTER TABLE city VALIDATE CONSTRAINT fk_city_country;
 */
export function validateConstraint(
  name: string,
  table: string,
  options: ValidateConstraintOptions = {},
): ValidateConstraint {
  return frozen({ kind: "validateConstraint", name, table, ...options });
}

function statements(op: ValidateConstraint): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = `ALTER TABLE ${table} VALIDATE CONSTRAINT ${identifier(op.name)}`;
  return [standaloneStatement(text, lock("SHARE UPDATE EXCLUSIVE", table))];
}

export const validateConstraintDefinition = define({
  build: validateConstraint,
  statements,
  // A constraint that holds for all rows is no obstacle to anything that went before.
  reverse: () => reversedBy(),
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true },
  docs: {
    summary:
      "Checks the rows that a constraint made with `notValid` left unchecked, while readers and writers go on. Limbeck " +
      "ends the transaction before it: the lock under which the constraint was added would be held for as long.",
    examples: [
      {
        call: `op.validateConstraint("fk_city_country", "city");`,
        sql: "ALTER TABLE city VALIDATE CONSTRAINT fk_city_country;",
      },
      {
        call: `op.validateConstraint("fk_city_country", "city", { schema: "atlas" });`,
        sql: "ALTER TABLE atlas.city VALIDATE CONSTRAINT fk_city_country;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
