import { addConstraint, checkKeyColumns, keyReversal, type AddedKeyOptions } from "./language/added-constraint.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";

export interface CreateUniqueConstraintOptions extends AddedKeyOptions {
  /** Two NULLs count as equal (PostgreSQL 15). */
  readonly nullsNotDistinct?: boolean;
}

export interface CreateUniqueConstraint extends CreateUniqueConstraintOptions {
  readonly kind: "createUniqueConstraint";
  readonly name: string | null;
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * Adds a unique constraint to a table. PostgreSQL chooses the name when it is null.
 *
 * @example
 * op.createUniqueConstraint("uq_city_name", "city", ["name"]);
 * // ALTER TABLE city ADD CONSTRAINT uq_city_name UNIQUE (name);
 */
export function createUniqueConstraint(
  name: string | null,
  table: string,
  columns: readonly string[],
  options: CreateUniqueConstraintOptions = {},
): CreateUniqueConstraint {
  checkKeyColumns("op.createUniqueConstraint", columns, options);
  return frozen({ kind: "createUniqueConstraint", name, table, columns, ...options });
}

export const createUniqueConstraintDefinition = define({
  build: createUniqueConstraint,
  statements: (op) => addConstraint(op, { element: "unique", ...op }),
  reverse: keyReversal,
  args: ({ name, table, columns, ...options }) => [name, table, columns, options],
  fields: {
    name: true,
    table: true,
    columns: true,
    schema: true,
    nullsNotDistinct: true,
    include: true,
    usingIndex: true,
    deferrable: true,
    initially: true,
  },
  docs: {
    summary: "Adds a unique constraint to a table. PostgreSQL chooses the name when it is null.",
    examples: [
      {
        call: `op.createUniqueConstraint("uq_city_name", "city", ["name"]);`,
        sql: "ALTER TABLE city ADD CONSTRAINT uq_city_name UNIQUE (name);",
      },
      {
        call: `op.createUniqueConstraint("uq_city_name", "city", [], { usingIndex: "ux_city_name" });`,
        sql: "ALTER TABLE city ADD CONSTRAINT uq_city_name UNIQUE USING INDEX ux_city_name;",
      },
      {
        call: `op.createUniqueConstraint(null, "city", ["code"], { schema: "atlas", nullsNotDistinct: true, include: ["name"] });`,
        sql: "ALTER TABLE atlas.city ADD UNIQUE NULLS NOT DISTINCT (code) INCLUDE (name);",
      },
      {
        call: `op.createUniqueConstraint("uq_city_rank", "city", ["rank"], { deferrable: true, initially: "immediate" });`,
        sql: "ALTER TABLE city ADD CONSTRAINT uq_city_rank UNIQUE (rank) DEFERRABLE INITIALLY IMMEDIATE;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
