import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { nameSql, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import type { Sql } from "./language/sql-text.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface CreateTextSearchConfigurationOptions {
  readonly schema?: string;
  /** The configuration whose parser and mappings it begins with: a name, or sql`…`. */
  readonly copy?: string | Sql;
  /** The parser of one that begins without mappings: a name, or sql`…`. */
  readonly parser?: string | Sql;
}

export interface CreateTextSearchConfiguration extends CreateTextSearchConfigurationOptions {
  readonly kind: "createTextSearchConfiguration";
  readonly name: string;
}

/**
 * Creates a text search configuration. `op.alterTextSearchMapping` says what becomes of each kind of word.
 *
 * @example
 * op.createTextSearchConfiguration("news", { copy: "english" });
 * // CREATE TEXT SEARCH CONFIGURATION news (COPY = english);
 */
export function createTextSearchConfiguration(
  name: string,
  options: CreateTextSearchConfigurationOptions,
): CreateTextSearchConfiguration {
  if ((options.copy === undefined) === (options.parser === undefined)) {
    throw invalid(
      `op.createTextSearchConfiguration("${name}") needs either a configuration to copy or a parser.`,
      'Pass { copy: "english" }, or { parser: "default" } for one without mappings.',
    );
  }
  return frozen({ kind: "createTextSearchConfiguration", name, ...options });
}

function statements({ name, schema, copy, parser }: CreateTextSearchConfiguration): Statement[] {
  const origin = copy === undefined ? parser !== undefined && `PARSER = ${nameSql(parser)}` : `COPY = ${nameSql(copy)}`;
  return [statement(`CREATE TEXT SEARCH CONFIGURATION ${qualified(schema, name)} (${origin})`)];
}

export const createTextSearchConfigurationDefinition = define({
  build: createTextSearchConfiguration,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropTextSearchConfiguration", name, schema })),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, copy: true, parser: true },
  docs: {
    summary: "Creates a text search configuration. `op.alterTextSearchMapping` says what becomes of each kind of word.",
    examples: [
      {
        call: `op.createTextSearchConfiguration("news", { copy: "english" });`,
        sql: "CREATE TEXT SEARCH CONFIGURATION news (COPY = english);",
      },
      {
        call: `op.createTextSearchConfiguration("news", { schema: "atlas", parser: sql.identifier("pg_catalog", "default") });`,
        sql: `CREATE TEXT SEARCH CONFIGURATION atlas.news (PARSER = pg_catalog."default");`,
      },
    ],
    manual: ["sql-createtsconfig"],
  },
});
