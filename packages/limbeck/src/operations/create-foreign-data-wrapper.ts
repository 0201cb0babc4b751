import { define, reversedBy } from "./language/definition.ts";
import { foreignOptionsSql, type ForeignOptions } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, nameSql } from "./language/identifiers.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateForeignDataWrapperOptions {
  /** The function that does the work: a name, or sql`…`. Without one its foreign tables cannot be read. */
  readonly handler?: string | Sql;
  /** The function that checks options: a name, or sql`…`. */
  readonly validator?: string | Sql;
  readonly options?: ForeignOptions;
}

export interface CreateForeignDataWrapper extends CreateForeignDataWrapperOptions {
  readonly kind: "createForeignDataWrapper";
  readonly name: string;
}

/**
 * Creates a foreign data wrapper. Those of extensions come with `op.createExtension`.
 *
 * @example
 * op.createForeignDataWrapper("files", { handler: "file_fdw_handler", validator: "file_fdw_validator" });
 * // CREATE FOREIGN DATA WRAPPER files HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
 */
export function createForeignDataWrapper(
  name: string,
  options: CreateForeignDataWrapperOptions = {},
): CreateForeignDataWrapper {
  return frozen({ kind: "createForeignDataWrapper", name, ...options });
}

function statements({ name, handler, validator, options }: CreateForeignDataWrapper): Statement[] {
  const text = clauses(
    "CREATE FOREIGN DATA WRAPPER",
    identifier(name),
    handler && `HANDLER ${nameSql(handler)}`,
    validator && `VALIDATOR ${nameSql(validator)}`,
    foreignOptionsSql(options),
  );
  return [statement(text)];
}

export const createForeignDataWrapperDefinition = define({
  build: createForeignDataWrapper,
  statements,
  reverse: ({ name }) => reversedBy(frozen({ kind: "dropForeignDataWrapper", name })),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, handler: true, validator: true, options: true },
  docs: {
    summary: "Creates a foreign data wrapper. Those of extensions come with `op.createExtension`.",
    examples: [
      {
        call: `op.createForeignDataWrapper("files", { handler: "file_fdw_handler", validator: "file_fdw_validator" });`,
        sql: "CREATE FOREIGN DATA WRAPPER files HANDLER file_fdw_handler VALIDATOR file_fdw_validator;",
      },
      {
        call: `op.createForeignDataWrapper("nowhere", { options: { debug: true } });`,
        sql: "CREATE FOREIGN DATA WRAPPER nowhere OPTIONS (debug 'true');",
      },
    ],
    manual: ["sql-createforeigndatawrapper"],
  },
});
