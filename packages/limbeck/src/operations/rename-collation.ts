import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameCollationOptions {
  readonly schema?: string;
}

export interface RenameCollation extends RenameCollationOptions {
  readonly kind: "renameCollation";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a collation. The columns that it sorts follow.
 *
 * @example
 * op.renameCollation("german", "deutsch");
 * // ALTER COLLATION german RENAME TO deutsch;
 */
export function renameCollation(name: string, newName: string, options: RenameCollationOptions = {}): RenameCollation {
  return frozen({ kind: "renameCollation", name, newName, ...options });
}

export const renameCollationDefinition = define({
  build: renameCollation,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER COLLATION ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameCollation(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a collation. The columns that it sorts follow.",
    examples: [
      {
        call: `op.renameCollation("german", "deutsch");`,
        sql: "ALTER COLLATION german RENAME TO deutsch;",
      },
      {
        call: `op.renameCollation("german", "deutsch", { schema: "atlas" });`,
        sql: "ALTER COLLATION atlas.german RENAME TO deutsch;",
      },
    ],
    manual: ["sql-altercollation"],
  },
});
