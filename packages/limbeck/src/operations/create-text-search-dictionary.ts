import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, nameSql, qualified } from "./language/identifiers.ts";
import { dictionaryValue } from "./language/dictionary-value.ts";
import type { Sql } from "./language/sql-text.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface CreateTextSearchDictionaryOptions {
  readonly schema?: string;
  /** The template that does the work: a name, or sql`…`. */
  readonly template: string | Sql;
  /** What the template is told, as in `{ language: "english", stopwords: "english" }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

export interface CreateTextSearchDictionary extends CreateTextSearchDictionaryOptions {
  readonly kind: "createTextSearchDictionary";
  readonly name: string;
}

/**
 * Creates a text search dictionary out of a template.
 *
 * @example
 * op.createTextSearchDictionary("news_stem", { template: "snowball", options: { language: "english" } });
 * // CREATE TEXT SEARCH DICTIONARY news_stem (TEMPLATE = snowball, language = 'english');
 */
export function createTextSearchDictionary(
  name: string,
  options: CreateTextSearchDictionaryOptions,
): CreateTextSearchDictionary {
  return frozen({ kind: "createTextSearchDictionary", name, ...options });
}

function statements({ name, schema, template, options = {} }: CreateTextSearchDictionary): Statement[] {
  const told = Object.entries(options).map(([option, value]) => `${identifier(option)} = ${dictionaryValue(value)}`);
  const parameters = [`TEMPLATE = ${nameSql(template)}`, ...told].join(", ");
  return [statement(`CREATE TEXT SEARCH DICTIONARY ${qualified(schema, name)} (${parameters})`)];
}

export const createTextSearchDictionaryDefinition = define({
  build: createTextSearchDictionary,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropTextSearchDictionary", name, schema })),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, template: true, options: true },
  docs: {
    summary: "Creates a text search dictionary out of a template.",
    examples: [
      {
        call: `op.createTextSearchDictionary("news_stem", { template: "snowball", options: { language: "english" } });`,
        sql: "CREATE TEXT SEARCH DICTIONARY news_stem (TEMPLATE = snowball, language = 'english');",
      },
      {
        call:
          `op.createTextSearchDictionary("plain", {\n` +
          `  schema: "atlas",\n` +
          `  template: sql.identifier("pg_catalog", "simple"),\n` +
          `  options: { accept: false },\n` +
          `});`,
        sql: "CREATE TEXT SEARCH DICTIONARY atlas.plain (TEMPLATE = pg_catalog.simple, accept = 'false');",
      },
    ],
    manual: ["sql-createtsdictionary"],
  },
});
