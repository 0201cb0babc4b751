import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface CreateSchemaOptions {
  readonly ifNotExists?: boolean;
  /** The role that owns the schema; who runs the migration by default. */
  readonly authorization?: string;
}

export interface CreateSchema extends CreateSchemaOptions {
  readonly kind: "createSchema";
  readonly name: string;
}

/**
 * Creates a schema.
 *
 * @example
 * op.createSchema("atlas");
 * // CREATE SCHEMA atlas;
 */
export function createSchema(name: string, options: CreateSchemaOptions = {}): CreateSchema {
  return frozen({ kind: "createSchema", name, ...options });
}

export const createSchemaDefinition = define({
  build: createSchema,
  statements: ({ name, ifNotExists, authorization }) => [
    statement(
      clauses(
        "CREATE SCHEMA",
        ifNotExists && "IF NOT EXISTS",
        identifier(name),
        authorization && `AUTHORIZATION ${identifier(authorization)}`,
      ),
    ),
  ],
  reverse: ({ name }) => reversedBy(frozen({ kind: "dropSchema", name })),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifNotExists: true, authorization: true },
  docs: {
    summary: "Creates a schema.",
    examples: [
      {
        call: `op.createSchema("atlas");`,
        sql: "CREATE SCHEMA atlas;",
      },
      {
        call: `op.createSchema("atlas", { ifNotExists: true, authorization: "cartographer" });`,
        sql: "CREATE SCHEMA IF NOT EXISTS atlas AUTHORIZATION cartographer;",
      },
    ],
    manual: ["sql-createschema"],
  },
});
