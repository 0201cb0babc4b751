import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifiers, nameSql, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

/** What becomes of words of some kinds. */
export interface TextSearchMapping {
  /** The kinds of words, as the parser calls them: `"asciiword"`, `"email"`. */
  readonly tokens: readonly string[];
  /** The dictionaries that are asked in turn: names, or sql`…`. */
  readonly dictionaries: readonly (string | Sql)[];
}

/** Another dictionary in the place of one. */
export interface TextSearchReplacement {
  /** The kinds of words; all that there are by default. */
  readonly tokens?: readonly string[];
  readonly dictionary: string | Sql;
  readonly with: string | Sql;
}

export interface AlterTextSearchMappingOptions {
  readonly schema?: string;
  /** For kinds of words that have no dictionaries. */
  readonly add?: TextSearchMapping;
  /** For kinds of words that have others. */
  readonly alter?: TextSearchMapping;
  readonly replace?: TextSearchReplacement;
  /** Kinds of words that are left out from now on; with their dictionaries the operation can be reversed. */
  readonly drop?: Pick<TextSearchMapping, "tokens"> & Partial<TextSearchMapping> & { readonly ifExists?: boolean };
  /** With `alter`: the dictionaries before. With them the operation can be reversed. */
  readonly existing?: readonly (string | Sql)[];
}

export interface AlterTextSearchMapping extends AlterTextSearchMappingOptions {
  readonly kind: "alterTextSearchMapping";
  readonly configuration: string;
}

/**
 * Changes which dictionaries a text search configuration asks for which kinds of words.
 *
 * @example
 * op.alterTextSearchMapping("news", { add: { tokens: ["asciiword", "word"], dictionaries: ["english_stem"] } });
 * // ALTER TEXT SEARCH CONFIGURATION news ADD MAPPING FOR asciiword, word WITH english_stem;
 */
export function alterTextSearchMapping(
  configuration: string,
  change: AlterTextSearchMappingOptions,
): AlterTextSearchMapping {
  const { add, alter, replace, drop } = change;
  if ([add, alter, replace, drop].filter((part) => part !== undefined).length !== 1) {
    throw invalid(
      `op.alterTextSearchMapping("${configuration}") does one thing at a time.`,
      "Pass one of add, alter, replace and drop.",
    );
  }
  return frozen({ kind: "alterTextSearchMapping", configuration, ...change });
}

function statements(op: AlterTextSearchMapping): Statement[] {
  return [statement(`ALTER TEXT SEARCH CONFIGURATION ${qualified(op.schema, op.configuration)} ${actionSql(op)}`)];
}

function actionSql({ add, alter, replace, drop }: AlterTextSearchMapping): string {
  if (add !== undefined) return `ADD MAPPING FOR ${mappingSql(add)}`;
  if (alter !== undefined) return `ALTER MAPPING FOR ${mappingSql(alter)}`;
  if (replace !== undefined) {
    return clauses(
      "ALTER MAPPING",
      replace.tokens && `FOR ${identifiers(replace.tokens)}`,
      `REPLACE ${nameSql(replace.dictionary)} WITH ${nameSql(replace.with)}`,
    );
  }
  return clauses("DROP MAPPING", drop?.ifExists && "IF EXISTS", `FOR ${identifiers(drop?.tokens ?? [])}`);
}

function mappingSql({ tokens, dictionaries }: TextSearchMapping): string {
  return `${identifiers(tokens)} WITH ${dictionaries.map(nameSql).join(", ")}`;
}

function reverse({ configuration, schema, add, alter, drop, existing }: AlterTextSearchMapping): Reversal {
  const back = (change: AlterTextSearchMappingOptions) =>
    reversedBy(alterTextSearchMapping(configuration, frozen({ schema, ...change })));
  if (add !== undefined) return back({ drop: add });
  if (alter !== undefined && existing !== undefined) {
    return back({ alter: { tokens: alter.tokens, dictionaries: existing }, existing: alter.dictionaries });
  }
  if (drop?.dictionaries !== undefined) return back({ add: { tokens: drop.tokens, dictionaries: drop.dictionaries } });
  return notReversible("Which dictionaries there are before, the call would have to say.");
}

export const alterTextSearchMappingDefinition = define({
  build: alterTextSearchMapping,
  statements,
  reverse,
  args: ({ configuration, ...change }) => [configuration, change],
  fields: {
    configuration: true,
    schema: true,
    add: true,
    alter: true,
    replace: true,
    drop: true,
    existing: true,
  },
  docs: {
    summary: "Changes which dictionaries a text search configuration asks for which kinds of words.",
    examples: [
      {
        call: `op.alterTextSearchMapping("news", { add: { tokens: ["asciiword", "word"], dictionaries: ["english_stem"] } });`,
        sql: "ALTER TEXT SEARCH CONFIGURATION news ADD MAPPING FOR asciiword, word WITH english_stem;",
      },
      {
        call:
          `op.alterTextSearchMapping("news", {\n` +
          `  schema: "atlas",\n` +
          `  alter: { tokens: ["word"], dictionaries: ["news_stem", sql.identifier("pg_catalog", "simple")] },\n` +
          `  existing: ["english_stem"],\n` +
          `});`,
        sql: "ALTER TEXT SEARCH CONFIGURATION atlas.news ALTER MAPPING FOR word WITH news_stem, pg_catalog.simple;",
      },
      {
        call: `op.alterTextSearchMapping("news", { replace: { dictionary: "english_stem", with: "simple" } });`,
        sql: "ALTER TEXT SEARCH CONFIGURATION news ALTER MAPPING REPLACE english_stem WITH simple;",
      },
      {
        call: `op.alterTextSearchMapping("news", { drop: { tokens: ["email", "url"], ifExists: true } });`,
        sql: "ALTER TEXT SEARCH CONFIGURATION news DROP MAPPING IF EXISTS FOR email, url;",
      },
    ],
    manual: ["sql-altertsconfig"],
  },
});
