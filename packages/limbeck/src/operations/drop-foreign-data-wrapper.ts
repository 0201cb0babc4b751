import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropForeignDataWrapperOptions {
  readonly ifExists?: boolean;
  /** Drops what depends on it, too. */
  readonly cascade?: boolean;
}

export interface DropForeignDataWrapper extends DropForeignDataWrapperOptions {
  readonly kind: "dropForeignDataWrapper";
  readonly name: string;
}

/**
 * Drops a foreign data wrapper.
 *
 * @example
 * op.dropForeignDataWrapper("files");
 * // DROP FOREIGN DATA WRAPPER files;
 */
export function dropForeignDataWrapper(
  name: string,
  options: DropForeignDataWrapperOptions = {},
): DropForeignDataWrapper {
  return frozen({ kind: "dropForeignDataWrapper", name, ...options });
}

export const dropForeignDataWrapperDefinition = define({
  build: dropForeignDataWrapper,
  statements: ({ name, ifExists, cascade }) => [
    statement(clauses("DROP FOREIGN DATA WRAPPER", ifExists && "IF EXISTS", identifier(name), cascade && "CASCADE")),
  ],
  reverse: ({ name, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "foreign data wrapper", name },
      "The functions and options of a dropped wrapper are not in the call that drops it.",
      cascade,
    ),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a foreign data wrapper.",
    examples: [
      { call: `op.dropForeignDataWrapper("files");`, sql: "DROP FOREIGN DATA WRAPPER files;" },
      {
        call: `op.dropForeignDataWrapper("files", { ifExists: true, cascade: true });`,
        sql: "DROP FOREIGN DATA WRAPPER IF EXISTS files CASCADE;",
      },
    ],
    manual: ["sql-dropforeigndatawrapper"],
  },
});
