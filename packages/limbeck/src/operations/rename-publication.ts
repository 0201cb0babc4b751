import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenamePublication {
  readonly kind: "renamePublication";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a publication. Its subscribers have to be told the new name.
 *
 * @example
 * op.renamePublication("news", "press");
 * // ALTER PUBLICATION news RENAME TO press;
 */
export function renamePublication(name: string, newName: string): RenamePublication {
  return frozen({ kind: "renamePublication", name, newName });
}

export const renamePublicationDefinition = define({
  build: renamePublication,
  statements: ({ name, newName }) => [
    statement(`ALTER PUBLICATION ${identifier(name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName }) => reversedBy(renamePublication(newName, name)),
  args: ({ name, newName }) => [name, newName],
  fields: { name: true, newName: true },
  docs: {
    summary: "Renames a publication. Its subscribers have to be told the new name.",
    examples: [
      {
        call: `op.renamePublication("news", "press");`,
        sql: "ALTER PUBLICATION news RENAME TO press;",
      },
    ],
    manual: ["sql-alterpublication"],
  },
});
