import { sqlText, type Sql } from "./sql-text.ts";

/** A query as it stands inside of another statement, which goes on behind it. */
export function querySql(query: string | Sql): string {
  const text = sqlText(query)
    .trim()
    .replace(/(?:\s*;)+$/, "");
  return /--.*$/.test(text) ? `${text}\n` : text;
}
