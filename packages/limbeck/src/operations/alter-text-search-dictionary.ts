import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { dictionaryValue } from "./language/dictionary-value.ts";
import { statement, type Statement } from "./language/statement.ts";

/** What a dictionary's template is told; null for what it does without being told. */
export type DictionaryChanges = Readonly<Record<string, string | number | boolean | null>>;

export interface AlterTextSearchDictionaryOptions {
  readonly schema?: string;
  /** What the options are before, null for none: with it the operation can be reversed. */
  readonly existing?: DictionaryChanges;
}

export interface AlterTextSearchDictionary extends AlterTextSearchDictionaryOptions {
  readonly kind: "alterTextSearchDictionary";
  readonly name: string;
  readonly changes: DictionaryChanges;
}

/**
 * Changes what the template of a text search dictionary is told; null takes an option away. The template stays.
 *
 * @example
 * op.alterTextSearchDictionary("news_stem", { stopwords: "english" }, { existing: { stopwords: null } });
 * // ALTER TEXT SEARCH DICTIONARY news_stem (stopwords = 'english');
 */
export function alterTextSearchDictionary(
  name: string,
  changes: DictionaryChanges,
  options: AlterTextSearchDictionaryOptions = {},
): AlterTextSearchDictionary {
  if (Object.keys(changes).length === 0) {
    throw nothingToChange(
      `alterTextSearchDictionary("${name}")`,
      'options of its template, as in { stopwords: "english" }',
    );
  }
  return frozen({ kind: "alterTextSearchDictionary", name, changes, ...options });
}

function statements({ name, changes, schema }: AlterTextSearchDictionary): Statement[] {
  const options = Object.entries(changes).map(([option, value]) =>
    value === null ? identifier(option) : `${identifier(option)} = ${dictionaryValue(value)}`,
  );
  return [statement(`ALTER TEXT SEARCH DICTIONARY ${qualified(schema, name)} (${options.join(", ")})`)];
}

function reverse({ name, changes, schema, existing }: AlterTextSearchDictionary, before?: SchemaBefore): Reversal {
  const object = { kind: "text search dictionary", schema, name } as const;
  const made = madeBy(before, object, "createTextSearchDictionary");
  const known =
    made && Object.fromEntries(Object.keys(changes).map((option) => [option, made.options?.[option] ?? null]));
  const change = changedBack<DictionaryChanges>(changes, { ...known, ...existing }, "dictionary");
  if ("notReversible" in change) return change;
  const back = frozen(change.back) as DictionaryChanges;
  return reversedBy(alterTextSearchDictionary(name, back, frozen({ schema, existing: changes })));
}

export const alterTextSearchDictionaryDefinition = define({
  build: alterTextSearchDictionary,
  statements,
  reverse,
  args: ({ name, changes, ...options }) => [name, changes, options],
  fields: { name: true, changes: true, schema: true, existing: true },
  docs: {
    summary:
      "Changes what the template of a text search dictionary is told; null takes an option away. The template stays.",
    examples: [
      {
        call: `op.alterTextSearchDictionary("news_stem", { stopwords: "english" }, { existing: { stopwords: null } });`,
        sql: "ALTER TEXT SEARCH DICTIONARY news_stem (stopwords = 'english');",
      },
      {
        call: `op.alterTextSearchDictionary("news_stem", { language: "german", stopwords: null }, { schema: "atlas" });`,
        sql: "ALTER TEXT SEARCH DICTIONARY atlas.news_stem (language = 'german', stopwords);",
      },
    ],
    manual: ["sql-altertsdictionary"],
  },
});
