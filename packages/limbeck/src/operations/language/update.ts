import { identifier } from "./identifiers.ts";
import { literal, type Literal } from "./literals.ts";
import { sqlText, type Sql } from "./sql-text.ts";

/** What an UPDATE sets. */
export function assignmentsSql(set: Readonly<Record<string, Literal | Sql>>): string {
  return Object.entries(set)
    .map(([column, value]) => `${identifier(column)} = ${literal(value)}`)
    .join(", ");
}

/** A condition in parentheses, which a comment at its end does not swallow. */
export function whereSql(where: string | Sql): string {
  const text = sqlText(where);
  return text.includes("--") ? `(${text}\n)` : `(${text})`;
}
