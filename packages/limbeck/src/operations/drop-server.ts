import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropServerOptions {
  readonly ifExists?: boolean;
  /** Drops what depends on it, too. */
  readonly cascade?: boolean;
}

export interface DropServer extends DropServerOptions {
  readonly kind: "dropServer";
  readonly name: string;
}

/**
 * Drops a foreign server.
 *
 * @example
 * op.dropServer("branch");
 * // DROP SERVER branch;
 */
export function dropServer(name: string, options: DropServerOptions = {}): DropServer {
  return frozen({ kind: "dropServer", name, ...options });
}

export const dropServerDefinition = define({
  build: dropServer,
  statements: ({ name, ifExists, cascade }) => [
    statement(clauses("DROP SERVER", ifExists && "IF EXISTS", identifier(name), cascade && "CASCADE")),
  ],
  reverse: ({ name, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "server", name },
      "The wrapper and options of a dropped server are not in the call that drops it.",
      cascade,
    ),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a foreign server.",
    examples: [
      { call: `op.dropServer("branch");`, sql: "DROP SERVER branch;" },
      {
        call: `op.dropServer("branch", { ifExists: true, cascade: true });`,
        sql: "DROP SERVER IF EXISTS branch CASCADE;",
      },
    ],
    manual: ["sql-dropserver"],
  },
});
