import { identifier } from "./identifiers.ts";
import { literal } from "./literals.ts";

/** The comment on a table; null takes it away. */
export function tableCommentSql(table: string, comment: string | null): string {
  return `COMMENT ON TABLE ${table} IS ${literal(comment)}`;
}

/** The comment on a column; null takes it away. */
export function columnCommentSql(table: string, column: string, comment: string | null): string {
  return `COMMENT ON COLUMN ${table}.${identifier(column)} IS ${literal(comment)}`;
}
