import { identifier } from "./identifiers.ts";
import { literal } from "./literals.ts";
import { lock, statement, type Statement } from "./statement.ts";

/** What puts a comment on a table that exists; null takes it away. */
export function tableComment(table: string, comment: string | null): Statement {
  return commentStatement(tableCommentSql(table, comment), table);
}

/** What puts a comment on a column of a table that exists; null takes it away. */
export function columnComment(table: string, column: string, comment: string | null): Statement {
  return commentStatement(columnCommentSql(table, column, comment), table);
}

function commentStatement(text: string, table: string): Statement {
  return { ...statement(text, lock("SHARE UPDATE EXCLUSIVE", table)), comments: true };
}

export function tableCommentSql(table: string, comment: string | null): string {
  return `COMMENT ON TABLE ${table} IS ${literal(comment)}`;
}

export function columnCommentSql(table: string, column: string, comment: string | null): string {
  return `COMMENT ON COLUMN ${table}.${identifier(column)} IS ${literal(comment)}`;
}
