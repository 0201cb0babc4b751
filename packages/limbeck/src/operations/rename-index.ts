import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameIndexOptions {
  readonly schema?: string;
}

export interface RenameIndex extends RenameIndexOptions {
  readonly kind: "renameIndex";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames an index. That of a primary key or unique constraint takes the constraint's name with it.
 *
 * @example
 * op.renameIndex("ix_city_name", "ix_town_name");
 * // ALTER INDEX ix_city_name RENAME TO ix_town_name;
 */
export function renameIndex(name: string, newName: string, options: RenameIndexOptions = {}): RenameIndex {
  return frozen({ kind: "renameIndex", name, newName, ...options });
}

function statements({ name, newName, schema }: RenameIndex): Statement[] {
  const index = qualified(schema, name);
  return [statement(`ALTER INDEX ${index} RENAME TO ${identifier(newName)}`, lock("SHARE UPDATE EXCLUSIVE", index))];
}

export const renameIndexDefinition = define({
  build: renameIndex,
  statements,
  reverse: ({ name, newName, schema }) => reversedBy(renameIndex(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames an index. That of a primary key or unique constraint takes the constraint's name with it.",
    examples: [
      {
        call: `op.renameIndex("ix_city_name", "ix_town_name");`,
        sql: "ALTER INDEX ix_city_name RENAME TO ix_town_name;",
      },
      {
        call: `op.renameIndex("ix_city_name", "ix_town_name", { schema: "atlas" });`,
        sql: "ALTER INDEX atlas.ix_city_name RENAME TO ix_town_name;",
      },
    ],
    manual: ["sql-alterindex"],
  },
});
