import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, identifiers, qualified } from "./language/identifiers.ts";
import { querySql } from "./language/query.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";
import { storageSql, type StorageParameters } from "./language/storage.ts";

export interface CreateMaterializedViewOptions {
  readonly schema?: string;

  readonly ifNotExists?: boolean;
  /** The names of its columns; those of the query by default. */
  readonly columns?: readonly string[];
  /** The access method; heap by default. */
  readonly using?: string;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  /** False leaves it empty, and unreadable until `op.refreshMaterializedView`. */
  readonly withData?: boolean;
}

export interface CreateMaterializedView extends CreateMaterializedViewOptions {
  readonly kind: "createMaterializedView";
  readonly name: string;
  readonly query: string | Sql;
}

/**
 * Creates a view whose rows are stored, as they are when it is created or refreshed.
 *
 * @example
 * op.createMaterializedView("census", "SELECT country, count(*) FROM city GROUP BY country");
 * // CREATE MATERIALIZED VIEW census AS SELECT country, count(*) FROM city GROUP BY country;
 */
export function createMaterializedView(
  name: string,
  query: string | Sql,
  options: CreateMaterializedViewOptions = {},
): CreateMaterializedView {
  return frozen({ kind: "createMaterializedView", name, query, ...options });
}

function statements(op: CreateMaterializedView): Statement[] {
  const view = qualified(op.schema, op.name);
  const text = clauses(
    "CREATE MATERIALIZED VIEW",
    op.ifNotExists && "IF NOT EXISTS",
    op.columns === undefined ? view : `${view} (${identifiers(op.columns)})`,
    op.using && `USING ${identifier(op.using)}`,
    op.with && storageSql(op.with),
    op.tablespace && `TABLESPACE ${identifier(op.tablespace)}`,
    "AS",
    querySql(op.query),
    op.withData !== undefined && (op.withData ? "WITH DATA" : "WITH NO DATA"),
  );
  return [statement(text)];
}

export const createMaterializedViewDefinition = define({
  build: createMaterializedView,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropMaterializedView", name, schema })),
  args: ({ name, query, ...options }) => [name, query, options],
  fields: {
    name: true,
    query: true,
    schema: true,
    ifNotExists: true,
    columns: true,
    using: true,
    with: true,
    tablespace: true,
    withData: true,
  },
  docs: {
    summary: "Creates a view whose rows are stored, as they are when it is created or refreshed.",
    examples: [
      {
        call: `op.createMaterializedView("census", "SELECT country, count(*) FROM city GROUP BY country");`,
        sql: "CREATE MATERIALIZED VIEW census AS SELECT country, count(*) FROM city GROUP BY country;",
      },
      {
        call:
          `op.createMaterializedView("census", "SELECT country, count(*) FROM city GROUP BY country", {\n` +
          `  schema: "atlas",\n` +
          "  ifNotExists: true,\n" +
          `  columns: ["country", "cities"],\n` +
          `  using: "heap",\n` +
          "  with: { fillfactor: 70 },\n" +
          `  tablespace: "fast",\n` +
          "  withData: false,\n" +
          "});",
        sql:
          "CREATE MATERIALIZED VIEW IF NOT EXISTS atlas.census (country, cities) USING heap WITH (fillfactor = 70) " +
          "TABLESPACE fast AS SELECT country, count(*) FROM city GROUP BY country WITH NO DATA;",
      },
    ],
    manual: ["sql-creatematerializedview"],
  },
});
