import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateExtensionOptions {
  readonly ifNotExists?: boolean;
  /** The schema for the extension's objects, which has to be there; the first of the search path by default. */
  readonly schema?: string;
  /** The version; the server's default one when left out. */
  readonly version?: string;
  /** Creates the extensions that it needs, too. */
  readonly cascade?: boolean;
}

export interface CreateExtension extends CreateExtensionOptions {
  readonly kind: "createExtension";
  readonly name: string;
}

/**
 * Creates an extension, with the types, functions and operators that it brings.
 *
 * @example
 * op.createExtension("pg_trgm");
 * // CREATE EXTENSION pg_trgm;
 */
export function createExtension(name: string, options: CreateExtensionOptions = {}): CreateExtension {
  return frozen({ kind: "createExtension", name, ...options });
}

function statements(op: CreateExtension): Statement[] {
  const text = clauses(
    "CREATE EXTENSION",
    op.ifNotExists && "IF NOT EXISTS",
    identifier(op.name),
    op.schema !== undefined && `SCHEMA ${identifier(op.schema)}`,
    op.version !== undefined && `VERSION ${quote(op.version)}`,
    op.cascade && "CASCADE",
  );
  return [statement(text)];
}

export const createExtensionDefinition = define({
  build: createExtension,
  statements,
  reverse: ({ name }) => reversedBy(frozen({ kind: "dropExtension", name })),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifNotExists: true, schema: true, version: true, cascade: true },
  docs: {
    summary: "Creates an extension, with the types, functions and operators that it brings.",
    examples: [
      {
        call: `op.createExtension("pg_trgm");`,
        sql: "CREATE EXTENSION pg_trgm;",
      },
      {
        call: `op.createExtension("earthdistance", { ifNotExists: true, schema: "atlas", version: "1.1", cascade: true });`,
        sql: "CREATE EXTENSION IF NOT EXISTS earthdistance SCHEMA atlas VERSION '1.1' CASCADE;",
      },
    ],
    manual: ["sql-createextension"],
  },
});
