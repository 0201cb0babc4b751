import { addConstraint, checkKeyColumns, keyReversal, type AddedKeyOptions } from "./language/added-constraint.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";

/** What is left to say of a primary key that is added to a table. */
export type CreatePrimaryKeyOptions = AddedKeyOptions;

export interface CreatePrimaryKey extends CreatePrimaryKeyOptions {
  readonly kind: "createPrimaryKey";
  readonly name: string | null;
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * Adds a primary key to a table. PostgreSQL chooses the name when it is null.
 *
 * @example
 * op.createPrimaryKey("pk_city", "city", ["id"]);
 * // ALTER TABLE city ADD CONSTRAINT pk_city PRIMARY KEY (id);
 */
export function createPrimaryKey(
  name: string | null,
  table: string,
  columns: readonly string[],
  options: CreatePrimaryKeyOptions = {},
): CreatePrimaryKey {
  checkKeyColumns("op.createPrimaryKey", columns, options);
  return frozen({ kind: "createPrimaryKey", name, table, columns, ...options });
}

export const createPrimaryKeyDefinition = define({
  build: createPrimaryKey,
  statements: (op) => addConstraint(op, { element: "primaryKey", ...op }),
  reverse: keyReversal,
  args: ({ name, table, columns, ...options }) => [name, table, columns, options],
  fields: {
    name: true,
    table: true,
    columns: true,
    schema: true,
    include: true,
    usingIndex: true,
    deferrable: true,
    initially: true,
  },
  docs: {
    summary: "Adds a primary key to a table. PostgreSQL chooses the name when it is null.",
    examples: [
      {
        call: `op.createPrimaryKey("pk_city", "city", ["id"]);`,
        sql: "ALTER TABLE city ADD CONSTRAINT pk_city PRIMARY KEY (id);",
      },
      {
        call: `op.createPrimaryKey("pk_city", "city", [], { usingIndex: "ux_city_id" });`,
        sql: "ALTER TABLE city ADD CONSTRAINT pk_city PRIMARY KEY USING INDEX ux_city_id;",
      },
      {
        call: `op.createPrimaryKey(null, "city", ["id"], { schema: "atlas", include: ["name"] });`,
        sql: "ALTER TABLE atlas.city ADD PRIMARY KEY (id) INCLUDE (name);",
      },
      {
        call: `op.createPrimaryKey("pk_city", "city", ["id"], { deferrable: true, initially: "deferred" });`,
        sql: "ALTER TABLE city ADD CONSTRAINT pk_city PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
