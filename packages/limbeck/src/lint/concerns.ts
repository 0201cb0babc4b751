/**
 * The words without one of which no rule that is on by default has anything to say of a statement. What PostgreSQL reads as
 * a keyword stands in the text as it is, whatever the quotes and comments around it.
 */
const WORDS =
  /\b(?:alter|begin|cluster|concurrently|do(?!\s+nothing\b)|drop|index|limbeck|lock|partition|refresh|reindex|start|truncate|vacuum)\b|(?<!\bon[ \t])\b(?:delete|update)\b/i;

/** A name that may have more than 63 bytes. Other characters than ASCII's have several each. */
const LONG_NAME = /[\w$]{64}|"(?:[^"]|""){64}|[^\0-\x7f]/;

/**
 * Whether lint, with its rules as they are by default, may find anything in a text of SQL. It asks the text alone, and is
 * sure of a no.
 */
export function mayConcernLint(sql: string): boolean {
  return WORDS.test(sql) || LONG_NAME.test(sql);
}
