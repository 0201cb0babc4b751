import { invalid } from "./invalid.ts";
import { isSql, type Sql } from "./sql-text.ts";

/** A JavaScript value that has a PostgreSQL literal. `undefined` has none: a forgotten value is never a NULL. */
export type Literal =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly Literal[]
  | { readonly [key: string]: unknown };

/**
 * A value as an SQL literal, read by PostgreSQL as the driver's parameter would be: text, dates, arrays and JSON are
 * literals of unknown type, which take the type of the place where they stand. An array becomes PostgreSQL's array
 * text (`'{1,2}'`), any other object becomes JSON text.
 */
export function literal(value: Literal | Sql): string {
  if (isSql(value)) return value.$sql;
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      return Number.isFinite(value) ? String(value) : quote(String(value));
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "NULL" : quote(objectText(value));
    default:
      throw invalid(
        `A value of type ${typeof value} has no SQL literal.`,
        "Pass a text, number, bigint, boolean, null, Date, bytes, array, plain object or sql`…`; for NULL write null.",
      );
  }
}

/** A column's default as SQL. In a JSON column an array is JSON, not PostgreSQL's array text. */
export function defaultSql(value: Literal | Sql, type: string | undefined): string {
  return Array.isArray(value) && /^jsonb?$/i.test(type ?? "") ? quote(JSON.stringify(value)) : literal(value);
}

/** A text in quotes. One with a backslash is an escape literal, so that standard_conforming_strings does not matter. */
export function quote(text: string): string {
  checkText(text);
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

/** Refuses a text that PostgreSQL cannot store. */
export function checkText(text: string): void {
  if (!/[\0\uD800-\uDFFF]/.test(text) || !/[\0\p{Surrogate}]/u.test(text)) return;
  throw invalid(
    `PostgreSQL cannot store a text with a NUL character or half a surrogate pair: ${JSON.stringify(text)}.`,
    "Take the character out, or store the value as bytea.",
  );
}

type ObjectLiteral = Exclude<Extract<Literal, object>, null>;

function objectText(value: ObjectLiteral): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) {
      throw invalid("An invalid Date has no SQL literal.", "Check how the date was made.");
    }
    return dateText(value);
  }
  if (value instanceof Uint8Array) {
    return `\\x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }
  return Array.isArray(value) ? arrayText(value as readonly Literal[]) : JSON.stringify(value);
}

/** JavaScript writes years before 1 and after 9999 with a sign, which PostgreSQL does not read. */
function dateText(value: Date): string {
  const text = value.toISOString();
  if (!/^[+-]/.test(text)) return text.startsWith("0000") ? `0001${text.slice(4)} BC` : text;
  const year = value.getUTCFullYear();
  const rest = text.slice(7);
  return year > 0 ? `${year}${rest}` : `${String(1 - year).padStart(4, "0")}${rest} BC`;
}

function arrayText(values: readonly Literal[]): string {
  return `{${values.map(elementText).join(",")}}`;
}

function elementText(value: Literal | undefined): string {
  if (isSql(value) || value === undefined) {
    throw invalid(
      `An array with ${isSql(value) ? "sql`…`" : "undefined"} in it has no SQL literal.`,
      "Write the whole array as sql`ARRAY[…]`, or use null where a NULL is meant.",
    );
  }
  if (value === null) return "NULL";
  if (Array.isArray(value)) return arrayText(value as readonly Literal[]);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : objectText(value);
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
