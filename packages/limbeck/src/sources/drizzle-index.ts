import type { SQL } from "drizzle-orm";
import type { Index, PgTable } from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { createIndex, type CreateIndexOptions } from "../operations/create-index.ts";
import { execute } from "../operations/execute.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { indexColumnSql, type IndexColumnOptions } from "../operations/language/index-column.ts";
import { sqlText } from "../operations/language/sql-text.ts";
import { clauses } from "../operations/language/statement.ts";
import { storageSql } from "../operations/language/storage.ts";
import type { Operation } from "../operations/operation.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";
import { keptName } from "./drizzle-names.ts";

/** A column of an index as Drizzle keeps it; its types do not tell. */
interface IndexedColumn {
  readonly name: string;
  readonly indexConfig: {
    readonly order?: "asc" | "desc";
    readonly nulls?: "first" | "last";
    readonly opClass?: string;
  };
}

/** An index with the name that drizzle-kit gives it. */
export function indexOperation({ config }: Index, table: PgTable, library: DrizzleLibrary): Operation {
  const { name: tableName, schema } = library.pg.getTableConfig(table);
  const columns = config.columns as readonly (SQL | IndexedColumn)[];
  const plain = columns.filter((column): column is IndexedColumn => !library.orm.is(column, library.orm.SQL));
  const isPlain = plain.length === columns.length;
  if (config.name === undefined && !isPlain) throw unnamed(qualified(schema, tableName));
  const name = keptName(config.name ?? `${tableName}_${plain.map((column) => column.name).join("_")}_index`);
  const options: CreateIndexOptions = {
    ...(schema === undefined ? {} : { schema }),
    ...(config.unique ? { unique: true } : {}),
    using: config.method ?? "btree",
    ...(Object.keys(config.with ?? {}).length === 0 ? {} : { with: config.with }),
    ...(config.where === undefined ? {} : { where: library.render(config.where) }),
  };
  if (isPlain) {
    const parts = plain.map((column) => ({ column: column.name, ...optionsOf(column) }));
    return createIndex(name, tableName, parts, options);
  }
  const parts = columns.map((column) =>
    library.orm.is(column, library.orm.SQL)
      ? library.render(column, { columnsOnly: true })
      : indexColumnSql(column.name, optionsOf(column)),
  );
  return execute(expressionIndexSql(name, qualified(schema, tableName), parts, options));
}

/** NULLS LAST belongs to an ascending column by itself, and only btree takes these words at all. */
function optionsOf({ indexConfig: { order, nulls, opClass } }: IndexedColumn): IndexColumnOptions {
  return {
    ...(opClass === undefined ? {} : { opclass: opClass }),
    ...(order === "desc" ? { order, ...(nulls === undefined ? {} : { nulls }) } : {}),
    ...(order !== "desc" && nulls === "first" ? { nulls } : {}),
  };
}

/** Drizzle puts an expression into the SQL as it stands, so it may bring its own parentheses, collation and order. */
function expressionIndexSql(
  name: string,
  table: string,
  parts: readonly string[],
  options: CreateIndexOptions,
): string {
  return clauses(
    "CREATE",
    options.unique && "UNIQUE",
    `INDEX ${identifier(name)} ON ${table}`,
    options.using && `USING ${identifier(options.using)}`,
    `(${parts.join(", ")})`,
    options.with && storageSql(options.with),
    options.where !== undefined && `WHERE ${sqlText(options.where)}`,
  );
}

function unnamed(table: string): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `An index of the table ${table} has an expression and no name, and none can be made from an expression.`,
    hint: 'Name it, as in index("city_lower_name").on(sql`lower(name)`).',
  });
}
