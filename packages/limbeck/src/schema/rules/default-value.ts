import type { Literal } from "../../operations/language/literals.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Sql } from "../../operations/language/sql-text.ts";

/** A default as somebody would write it: a plain value where PostgreSQL reads that as just this expression. */
export function defaultValue(printed: string, type: string): Literal | Sql {
  if (printed === "true" || printed === "false") return printed === "true";
  if (isPlainNumber(printed)) return Number(printed);
  const [, quoted, cast] = /^'((?:[^'\\]|'')*)'::(.+)$/s.exec(printed) ?? [];
  if (quoted === undefined || cast !== withoutModifier(type)) return sql.raw(printed);
  const text = quoted.replaceAll("''", "'");
  if (cast === "integer") return isPlainNumber(text) && text.startsWith("-") ? Number(text) : sql.raw(printed);
  return AS_TEXT.test(cast) ? text : sql.raw(printed);
}

/** Types whose constants PostgreSQL prints as quoted texts, whatever they were written as. */
const AS_TEXT =
  /^(?:text|character varying|character|bpchar|name|citext|uuid|jsonb?|inet|cidr|[\w".]+\.[\w"]+)(?:\[\])?$/;

function isPlainNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)) === text;
}

/** `character varying(50)` as its constants are cast. */
function withoutModifier(type: string): string {
  return type.replace(/\(\d+(?:,\d+)?\)/, "").replace(/^character(?=\[|$)/, "bpchar");
}
