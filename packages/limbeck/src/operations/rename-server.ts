import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameServer {
  readonly kind: "renameServer";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a foreign server.
 *
 * @example
 * op.renameServer("branch", "archive");
 * // ALTER SERVER branch RENAME TO archive;
 */
export function renameServer(name: string, newName: string): RenameServer {
  return frozen({ kind: "renameServer", name, newName });
}

export const renameServerDefinition = define({
  build: renameServer,
  statements: ({ name, newName }) => [statement(`ALTER SERVER ${identifier(name)} RENAME TO ${identifier(newName)}`)],
  reverse: ({ name, newName }) => reversedBy(renameServer(newName, name)),
  args: ({ name, newName }) => [name, newName],
  fields: { name: true, newName: true },
  docs: {
    summary: "Renames a foreign server.",
    examples: [{ call: `op.renameServer("branch", "archive");`, sql: "ALTER SERVER branch RENAME TO archive;" }],
    manual: ["sql-alterserver"],
  },
});
