import { identifier } from "./identifiers.ts";
import { isSql, type Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

export interface IndexColumnOptions {
  readonly collation?: string;
  /** An operator class, with its parameters if it has any: `"gin_trgm_ops"`. */
  readonly opclass?: string;
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

export interface IndexColumn extends IndexColumnOptions {
  /** A column's name, or sql`…` for an expression. */
  readonly column: string | Sql;
}

/** A column or an expression as it stands in an index or in EXCLUDE. */
export function indexColumnSql(column: string | Sql, options: IndexColumnOptions): string {
  return clauses(
    isSql(column) ? `(${column.$sql})` : identifier(column),
    options.collation && `COLLATE ${identifier(options.collation)}`,
    options.opclass,
    options.order?.toUpperCase(),
    options.nulls && `NULLS ${options.nulls.toUpperCase()}`,
  );
}
