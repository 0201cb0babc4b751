import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameTypeOptions {
  readonly schema?: string;
}

export interface RenameType extends RenameTypeOptions {
  readonly kind: "renameType";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a composite type or a range type. The columns of that type follow.
 *
 * @example
 * op.renameType("address", "place");
 * // ALTER TYPE address RENAME TO place;
 */
export function renameType(name: string, newName: string, options: RenameTypeOptions = {}): RenameType {
  return frozen({ kind: "renameType", name, newName, ...options });
}

export const renameTypeDefinition = define({
  build: renameType,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER TYPE ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameType(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a composite type or a range type. The columns of that type follow.",
    examples: [
      {
        call: `op.renameType("address", "place");`,
        sql: "ALTER TYPE address RENAME TO place;",
      },
      {
        call: `op.renameType("address", "place", { schema: "atlas" });`,
        sql: "ALTER TYPE atlas.address RENAME TO place;",
      },
    ],
    manual: ["sql-altertype"],
  },
});
