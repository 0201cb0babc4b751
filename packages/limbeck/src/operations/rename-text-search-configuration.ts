import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameTextSearchConfigurationOptions {
  readonly schema?: string;
}

export interface RenameTextSearchConfiguration extends RenameTextSearchConfigurationOptions {
  readonly kind: "renameTextSearchConfiguration";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a text search configuration. SQL that names it as a text, as in `to_tsvector('news', …)`, does not follow.
 *
 * @example
 * op.renameTextSearchConfiguration("news", "press");
 * // ALTER TEXT SEARCH CONFIGURATION news RENAME TO press;
 */
export function renameTextSearchConfiguration(
  name: string,
  newName: string,
  options: RenameTextSearchConfigurationOptions = {},
): RenameTextSearchConfiguration {
  return frozen({ kind: "renameTextSearchConfiguration", name, newName, ...options });
}

export const renameTextSearchConfigurationDefinition = define({
  build: renameTextSearchConfiguration,
  statements: ({ name, newName, schema }) => [
    statement(`ALTER TEXT SEARCH CONFIGURATION ${qualified(schema, name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName, schema }) => reversedBy(renameTextSearchConfiguration(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary:
      "Renames a text search configuration. SQL that names it as a text, as in `to_tsvector('news', …)`, does not follow.",
    examples: [
      {
        call: `op.renameTextSearchConfiguration("news", "press");`,
        sql: "ALTER TEXT SEARCH CONFIGURATION news RENAME TO press;",
      },
      {
        call: `op.renameTextSearchConfiguration("news", "press", { schema: "atlas" });`,
        sql: "ALTER TEXT SEARCH CONFIGURATION atlas.news RENAME TO press;",
      },
    ],
    manual: ["sql-altertsconfig"],
  },
});
