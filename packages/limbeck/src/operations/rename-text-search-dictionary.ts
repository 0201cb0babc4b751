import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameTextSearchDictionaryOptions {
  readonly schema?: string;
}

export interface RenameTextSearchDictionary extends RenameTextSearchDictionaryOptions {
  readonly kind: "renameTextSearchDictionary";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a text search dictionary. The configurations that use it follow.
 *
 * @example
 * op.renameTextSearchDictionary("news_stem", "press_stem");
 * // ALTER TEXT SEARCH DICTIONARY news_stem RENAME TO press_stem;
 */
export function renameTextSearchDictionary(
  name: string,
  newName: string,
  options: RenameTextSearchDictionaryOptions = {},
): RenameTextSearchDictionary {
  return frozen({ kind: "renameTextSearchDictionary", name, newName, ...options });
}

export const renameTextSearchDictionaryDefinition = define({
  build: renameTextSearchDictionary,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER TEXT SEARCH DICTIONARY ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameTextSearchDictionary(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a text search dictionary. The configurations that use it follow.",
    examples: [
      {
        call: `op.renameTextSearchDictionary("news_stem", "press_stem");`,
        sql: "ALTER TEXT SEARCH DICTIONARY news_stem RENAME TO press_stem;",
      },
      {
        call: `op.renameTextSearchDictionary("news_stem", "press_stem", { schema: "atlas" });`,
        sql: "ALTER TEXT SEARCH DICTIONARY atlas.news_stem RENAME TO press_stem;",
      },
    ],
    manual: ["sql-altertsdictionary"],
  },
});
