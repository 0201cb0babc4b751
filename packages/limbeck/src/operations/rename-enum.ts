import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameEnumOptions {
  readonly schema?: string;
}

export interface RenameEnum extends RenameEnumOptions {
  readonly kind: "renameEnum";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames an enum type. The columns of that type follow.
 *
 * @example
 * op.renameEnum("mood", "temper");
 * // ALTER TYPE mood RENAME TO temper;
 */
export function renameEnum(name: string, newName: string, options: RenameEnumOptions = {}): RenameEnum {
  return frozen({ kind: "renameEnum", name, newName, ...options });
}

export const renameEnumDefinition = define({
  build: renameEnum,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER TYPE ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameEnum(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames an enum type. The columns of that type follow.",
    examples: [
      {
        call: `op.renameEnum("mood", "temper");`,
        sql: "ALTER TYPE mood RENAME TO temper;",
      },
      {
        call: `op.renameEnum("mood", "temper", { schema: "atlas" });`,
        sql: "ALTER TYPE atlas.mood RENAME TO temper;",
      },
    ],
    manual: ["sql-altertype"],
  },
});
