import { createSchema } from "./create-schema.ts";
import { define, notReversible, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropSchemaOptions {
  readonly ifExists?: boolean;
  /** Drops everything in the schema, too. */
  readonly cascade?: boolean;
}

export interface DropSchema extends DropSchemaOptions {
  readonly kind: "dropSchema";
  readonly name: string;
}

/**
 * Drops a schema. It has to be empty, unless `cascade` empties it.
 *
 * @example
 * op.dropSchema("atlas");
 * // DROP SCHEMA atlas;
 */
export function dropSchema(name: string, options: DropSchemaOptions = {}): DropSchema {
  return frozen({ kind: "dropSchema", name, ...options });
}

export const dropSchemaDefinition = define({
  build: dropSchema,
  statements: ({ name, ifExists, cascade }) => [
    statement(clauses("DROP SCHEMA", ifExists && "IF EXISTS", identifier(name), cascade && "CASCADE")),
  ],
  reverse: ({ name, cascade }, before) =>
    cascade
      ? notReversible("What was in the schema is gone.")
      : reversedBy(...(before?.recreate({ kind: "schema", name }) ?? [createSchema(name)])),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a schema. It has to be empty, unless `cascade` empties it.",
    examples: [
      {
        call: `op.dropSchema("atlas");`,
        sql: "DROP SCHEMA atlas;",
      },
      {
        call: `op.dropSchema("atlas", { ifExists: true, cascade: true });`,
        sql: "DROP SCHEMA IF EXISTS atlas CASCADE;",
      },
    ],
    manual: ["sql-dropschema"],
  },
});
