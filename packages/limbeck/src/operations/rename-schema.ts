import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameSchema {
  readonly kind: "renameSchema";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a schema. What is in it goes along; SQL inside functions that names it does not.
 *
 * @example
 * op.renameSchema("atlas", "maps");
 * // ALTER SCHEMA atlas RENAME TO maps;
 */
export function renameSchema(name: string, newName: string): RenameSchema {
  return frozen({ kind: "renameSchema", name, newName });
}

export const renameSchemaDefinition = define({
  build: renameSchema,
  statements: ({ name, newName }) => [statement(`ALTER SCHEMA ${identifier(name)} RENAME TO ${identifier(newName)}`)],
  reverse: ({ name, newName }) => reversedBy(renameSchema(newName, name)),
  args: ({ name, newName }) => [name, newName],
  fields: { name: true, newName: true },
  docs: {
    summary: "Renames a schema. What is in it goes along; SQL inside functions that names it does not.",
    examples: [
      {
        call: `op.renameSchema("atlas", "maps");`,
        sql: "ALTER SCHEMA atlas RENAME TO maps;",
      },
    ],
    manual: ["sql-alterschema"],
  },
});
