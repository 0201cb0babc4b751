import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropTextSearchDictionaryOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the configurations that use the dictionary, too. */
  readonly cascade?: boolean;
}

export interface DropTextSearchDictionary extends DropTextSearchDictionaryOptions {
  readonly kind: "dropTextSearchDictionary";
  readonly name: string;
}

/**
 * Drops a text search dictionary.
 *
 * @example
 * op.dropTextSearchDictionary("news_stem");
 * // DROP TEXT SEARCH DICTIONARY news_stem;
 */
export function dropTextSearchDictionary(
  name: string,
  options: DropTextSearchDictionaryOptions = {},
): DropTextSearchDictionary {
  return frozen({ kind: "dropTextSearchDictionary", name, ...options });
}

export const dropTextSearchDictionaryDefinition = define({
  build: dropTextSearchDictionary,
  statements: ({ name, schema, ifExists, cascade }) => [
    statement(
      clauses("DROP TEXT SEARCH DICTIONARY", ifExists && "IF EXISTS", qualified(schema, name), cascade && "CASCADE"),
    ),
  ],
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "text search dictionary", schema, name },
      "The template and the options of a dropped dictionary are not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a text search dictionary.",
    examples: [
      {
        call: `op.dropTextSearchDictionary("news_stem");`,
        sql: "DROP TEXT SEARCH DICTIONARY news_stem;",
      },
      {
        call: `op.dropTextSearchDictionary("news_stem", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP TEXT SEARCH DICTIONARY IF EXISTS atlas.news_stem CASCADE;",
      },
    ],
    manual: ["sql-droptsdictionary"],
  },
});
