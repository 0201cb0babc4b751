import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropTextSearchConfigurationOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on the configuration, too: indexes and generated columns. */
  readonly cascade?: boolean;
}

export interface DropTextSearchConfiguration extends DropTextSearchConfigurationOptions {
  readonly kind: "dropTextSearchConfiguration";
  readonly name: string;
}

/**
 * Drops a text search configuration, with its mappings.
 *
 * @example
 * op.dropTextSearchConfiguration("news");
 * // DROP TEXT SEARCH CONFIGURATION news;
 */
export function dropTextSearchConfiguration(
  name: string,
  options: DropTextSearchConfigurationOptions = {},
): DropTextSearchConfiguration {
  return frozen({ kind: "dropTextSearchConfiguration", name, ...options });
}

export const dropTextSearchConfigurationDefinition = define({
  build: dropTextSearchConfiguration,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(
      clauses("DROP TEXT SEARCH CONFIGURATION", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE"),
    ),
  ],
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "text search configuration", schema, name },
      "The mappings of a dropped configuration are not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a text search configuration, with its mappings.",
    examples: [
      {
        call: `op.dropTextSearchConfiguration("news");`,
        sql: "DROP TEXT SEARCH CONFIGURATION news;",
      },
      {
        call: `op.dropTextSearchConfiguration("news", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP TEXT SEARCH CONFIGURATION IF EXISTS atlas.news CASCADE;",
      },
    ],
    manual: ["sql-droptsconfig"],
  },
});
