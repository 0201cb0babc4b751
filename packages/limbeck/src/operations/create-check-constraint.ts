import { addConstraint, constraintReversal } from "./language/added-constraint.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import type { Sql } from "./language/sql-text.ts";

export interface CreateCheckConstraintOptions {
  readonly schema?: string;
  /** Leaves the rows that are there unchecked until `op.validateConstraint`. */
  readonly notValid?: boolean;
  /** Not for the tables that inherit from this one. */
  readonly noInherit?: boolean;
}

export interface CreateCheckConstraint extends CreateCheckConstraintOptions {
  readonly kind: "createCheckConstraint";
  readonly name: string | null;
  readonly table: string;
  readonly condition: string | Sql;
}

/**
 * Adds a check constraint to a table, its condition in SQL. PostgreSQL chooses the name when it is null.
 *
 * @example
 * op.createCheckConstraint("ck_city_name", "city", "name <> ''");
 * // ALTER TABLE city ADD CONSTRAINT ck_city_name CHECK (name <> '');
 */
export function createCheckConstraint(
  name: string | null,
  table: string,
  condition: string | Sql,
  options: CreateCheckConstraintOptions = {},
): CreateCheckConstraint {
  return frozen({ kind: "createCheckConstraint", name, table, condition, ...options });
}

export const createCheckConstraintDefinition = define({
  build: createCheckConstraint,
  statements: (op) => addConstraint(op, { element: "check", ...op }),
  reverse: constraintReversal,
  args: ({ name, table, condition, ...options }) => [name, table, condition, options],
  fields: { name: true, table: true, condition: true, schema: true, notValid: true, noInherit: true },
  docs: {
    summary: "Adds a check constraint to a table, its condition in SQL. PostgreSQL chooses the name when it is null.",
    examples: [
      {
        call: `op.createCheckConstraint("ck_city_name", "city", "name <> ''");`,
        sql: "ALTER TABLE city ADD CONSTRAINT ck_city_name CHECK (name <> '');",
      },
      {
        call: 'op.createCheckConstraint("ck_city_size", "city", sql`size < ${1000}`, { schema: "atlas", notValid: true });',
        sql: "ALTER TABLE atlas.city ADD CONSTRAINT ck_city_size CHECK (size < 1000) NOT VALID;",
      },
      {
        call: `op.createCheckConstraint(null, "city", "size > 0", { noInherit: true });`,
        sql: "ALTER TABLE city ADD CHECK (size > 0) NO INHERIT;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
