import { identifier } from "./identifiers.ts";
import { invalid } from "./invalid.ts";
import { literal, type Literal } from "./literals.ts";
import { isSql, Sql } from "./sql-text.ts";

function template(strings: TemplateStringsArray, ...values: readonly (Literal | Sql)[]): Sql {
  let text = written(strings, 0);
  values.forEach((value, index) => {
    text = append(text, isSql(value) ? value.$sql : embedded(value)) + written(strings, index + 1);
  });
  return new Sql(text);
}

function written(strings: TemplateStringsArray, index: number): string {
  const text: string | undefined = strings[index];
  if (text !== undefined) return text;
  throw invalid(
    `A sql template has a backslash that begins no JavaScript escape: ${strings.raw[index]}`,
    "Write each backslash of the SQL twice, as in every JavaScript text.",
  );
}

/** A negative number in parentheses: `5 -${-1}` would otherwise begin a comment. */
function embedded(value: Literal): string {
  const negative = (typeof value === "number" || typeof value === "bigint") && value < 0;
  return negative ? `(${literal(value)})` : literal(value);
}

/** `LIKE${"\\_"}` must not become the name `LIKEE`. */
function append(text: string, next: string): string {
  return next.startsWith("E'") && /[\w$]$/.test(text) ? `${text} ${next}` : text + next;
}

/**
 * SQL with values in it, each put in as a literal.
 *
 * @example
 * sql`UPDATE t SET a = ${"it's"} WHERE b = ${5}`;
 * // UPDATE t SET a = 'it''s' WHERE b = 5
 */
export const sql = Object.assign(template, {
  /** SQL as it stands. */
  raw: (text: string): Sql => new Sql(text),
  /** A name, or a name with its schema, quoted where needed. */
  identifier: (...names: readonly string[]): Sql => new Sql(names.map(identifier).join(".")),
  /** Pieces joined by a separator, a comma if none is given. */
  join: (pieces: readonly (Literal | Sql)[], separator = ", "): Sql =>
    new Sql(pieces.map((piece) => (isSql(piece) ? piece.$sql : embedded(piece))).join(separator)),
});
