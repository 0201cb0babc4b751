import { includeSql } from "./language/constraint.ts";
import { define, notReversible, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { indexColumnSql, type IndexColumn } from "./language/index-column.ts";
import { checkColumns, invalid } from "./language/invalid.ts";
import { isSql, sqlText, type Sql } from "./language/sql-text.ts";
import { clauses, lock, standaloneStatement, statement, type Statement } from "./language/statement.ts";
import { storageSql, type StorageParameters } from "./language/storage.ts";

export interface CreateIndexOptions {
  readonly schema?: string;
  readonly unique?: boolean;
  /** Builds the index without holding up writers. Runs outside a transaction, which the runner takes care of. */
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
  /** The index method; btree by default. */
  readonly using?: string;
  /** Columns that the index carries beside its key. */
  readonly include?: readonly string[];
  /** Two NULLs count as equal in a unique index (PostgreSQL 15). */
  readonly nullsNotDistinct?: boolean;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  /** The condition of a partial index, as SQL. */
  readonly where?: string | Sql;
  /** On a partitioned table: not on its partitions. */
  readonly only?: boolean;
}

export interface CreateIndex extends CreateIndexOptions {
  readonly kind: "createIndex";
  readonly name: string | null;
  readonly table: string;
  readonly columns: readonly (string | Sql | IndexColumn)[];
}

/**
 * Creates an index. PostgreSQL chooses the name when it is null.
 *
 * @example
 * op.createIndex("ix_city_name", "city", ["name"]);
 * // CREATE INDEX ix_city_name ON city (name);
 */
export function createIndex(
  name: string | null,
  table: string,
  columns: readonly (string | Sql | IndexColumn)[],
  options: CreateIndexOptions = {},
): CreateIndex {
  checkColumns("op.createIndex", columns);
  return frozen({ kind: "createIndex", name, table, columns, ...options });
}

function statements(op: CreateIndex): Statement[] {
  if (op.name === null && (op.concurrently || op.ifNotExists)) {
    throw invalid(
      `op.createIndex on "${op.table}" has no name, and ${op.concurrently ? "concurrently" : "ifNotExists"}: it could not be found again.`,
      "Give the index a name, or the configuration a namingConvention with a template for ix.",
    );
  }
  const table = qualified(op.schema, op.table);
  const text = clauses(
    "CREATE",
    op.unique && "UNIQUE",
    "INDEX",
    op.concurrently && "CONCURRENTLY",
    op.ifNotExists && "IF NOT EXISTS",
    op.name !== null && identifier(op.name),
    "ON",
    op.only && "ONLY",
    table,
    op.using && `USING ${identifier(op.using)}`,
    `(${op.columns.map(columnSql).join(", ")})`,
    includeSql(op.include),
    op.nullsNotDistinct && "NULLS NOT DISTINCT",
    op.with && storageSql(op.with),
    op.tablespace && `TABLESPACE ${identifier(op.tablespace)}`,
    op.where !== undefined && `WHERE ${sqlText(op.where)}`,
  );
  return op.concurrently
    ? [standaloneStatement(text, lock("SHARE UPDATE EXCLUSIVE", table))]
    : [statement(text, lock("SHARE", table))];
}

function columnSql(column: string | Sql | IndexColumn): string {
  if (typeof column === "string" || isSql(column)) return indexColumnSql(column, {});
  return indexColumnSql(column.column, column);
}

export const createIndexDefinition = define({
  build: createIndex,
  statements,
  reverse: ({ name, table, schema, concurrently }) =>
    name === null
      ? notReversible("PostgreSQL chooses the index's name: only one with a name in the call can be dropped again.")
      : reversedBy(frozen({ kind: "dropIndex", name, schema, concurrently, table })),
  args: ({ name, table, columns, ...options }) => [name, table, columns, options],
  fields: {
    name: true,
    table: true,
    columns: true,
    schema: true,
    unique: true,
    concurrently: true,
    ifNotExists: true,
    using: true,
    include: true,
    nullsNotDistinct: true,
    with: true,
    tablespace: true,
    where: true,
    only: true,
  },
  docs: {
    summary: "Creates an index. PostgreSQL chooses the name when it is null.",
    examples: [
      {
        call: `op.createIndex("ix_city_name", "city", ["name"]);`,
        sql: "CREATE INDEX ix_city_name ON city (name);",
      },
      {
        call: `op.createIndex("ux_city_code", "city", [sql\`lower(code)\`], { unique: true, concurrently: true });`,
        sql: "CREATE UNIQUE INDEX CONCURRENTLY ux_city_code ON city ((lower(code)));",
      },
      {
        call: `op.createIndex("ux_city_code", "city", ["code"], { unique: true, nullsNotDistinct: true, include: ["name"] });`,
        sql: "CREATE UNIQUE INDEX ux_city_code ON city (code) INCLUDE (name) NULLS NOT DISTINCT;",
      },
      {
        call:
          `op.createIndex("ix_city_size", "city", [{ column: "size", order: "desc", nulls: "last" }, "name"], {\n` +
          `  schema: "atlas",\n` +
          `  ifNotExists: true,\n` +
          `  only: true,\n` +
          `  where: "size > 0",\n` +
          `});`,
        sql: "CREATE INDEX IF NOT EXISTS ix_city_size ON ONLY atlas.city (size DESC NULLS LAST, name) WHERE size > 0;",
      },
      {
        call:
          `op.createIndex("ix_city_name", "city", [{ column: "name", opclass: "gin_trgm_ops" }], {\n` +
          `  using: "gin",\n` +
          `  with: { fastupdate: false },\n` +
          `  tablespace: "fast",\n` +
          `});`,
        sql: "CREATE INDEX ix_city_name ON city USING gin (name gin_trgm_ops) WITH (fastupdate = false) TABLESPACE fast;",
      },
    ],
    manual: ["sql-createindex"],
  },
});
