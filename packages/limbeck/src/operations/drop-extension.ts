import { createExtension } from "./create-extension.ts";
import { define, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropExtensionOptions {
  readonly ifExists?: boolean;
  /** Drops what uses the extension's types, functions and operators, too: columns and indexes among it. */
  readonly cascade?: boolean;
}

export interface DropExtension extends DropExtensionOptions {
  readonly kind: "dropExtension";
  readonly name: string;
}

/**
 * Drops an extension, with the types, functions and operators that it brought.
 *
 * @example
 * op.dropExtension("pg_trgm");
 * // DROP EXTENSION pg_trgm;
 */
export function dropExtension(name: string, options: DropExtensionOptions = {}): DropExtension {
  return frozen({ kind: "dropExtension", name, ...options });
}

function reverse({ name, cascade }: DropExtension, before?: SchemaBefore): Reversal {
  if (cascade) return notReversible("What was dropped along with the extension is gone.");
  return reversedBy(...(before?.recreate({ kind: "extension", name }) ?? [createExtension(name)]));
}

export const dropExtensionDefinition = define({
  build: dropExtension,
  statements: ({ name, ifExists, cascade }) => [
    statement(clauses("DROP EXTENSION", ifExists && "IF EXISTS", identifier(name), cascade && "CASCADE")),
  ],
  reverse,
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops an extension, with the types, functions and operators that it brought.",
    examples: [
      {
        call: `op.dropExtension("pg_trgm");`,
        sql: "DROP EXTENSION pg_trgm;",
      },
      {
        call: `op.dropExtension("hstore", { ifExists: true, cascade: true });`,
        sql: "DROP EXTENSION IF EXISTS hstore CASCADE;",
      },
    ],
    manual: ["sql-dropextension"],
  },
});
