import { LimbeckError } from "../../errors/limbeck-error.ts";
import { isSql, type Sql } from "./sql-text.ts";

/**
 * The words that PostgreSQL 18 does not take as a bare name everywhere: every keyword of `pg_get_keywords()` that is
 * not "unreserved". What `quote_ident()` quotes on any supported version is among them.
 */
const KEYWORDS = new Set(
  (
    "all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both " +
    "case cast char character check coalesce collate collation column concurrently constraint create cross " +
    "current_catalog current_date current_role current_schema current_time current_timestamp current_user dec " +
    "decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign " +
    "freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect " +
    "interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg " +
    "json_query json_scalar json_serialize json_table json_value lateral leading least left like limit " +
    "localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif " +
    "numeric offset on only or order out outer overlaps overlay placing position precision primary real " +
    "references returning right row select session_user setof similar smallint some substring symmetric " +
    "system_user table tablesample then time timestamp to trailing treat trim true union unique user using " +
    "values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists " +
    "xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable"
  ).split(" "),
);

const BARE = /^[a-z_][a-z0-9_$]*$/;

/** The longest name PostgreSQL keeps, in bytes (NAMEDATALEN - 1); what is longer it cuts off without an error. */
export const MAX_BYTES = 63;

/** A name as SQL: bare where PostgreSQL takes it bare, in double quotes otherwise. Throws on a name that it would cut. */
export function identifier(name: string): string {
  const bare = typeof name === "string" && BARE.test(name);
  if (!bare || name.length > MAX_BYTES) checkIdentifier(name);
  return bare && !KEYWORDS.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A name with its schema, when it has one. */
export function qualified(schema: string | undefined, name: string): string {
  return schema === undefined ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;
}

/** A name given as a text, which is quoted, or as SQL, which says more: `sql.identifier("pg_catalog", "C")`. */
export function nameSql(name: string | Sql): string {
  return isSql(name) ? name.$sql : identifier(name);
}

/** Names in a list, separated by commas. */
export function identifiers(names: readonly string[]): string {
  return names.map(identifier).join(", ");
}

function checkIdentifier(name: string): void {
  if (typeof name !== "string" || name === "" || /[\0\p{Surrogate}]/u.test(name)) {
    throw new LimbeckError("IDENTIFIER_INVALID", {
      message: `A name has to be a non-empty text of whole characters, without NUL, and ${JSON.stringify(name)} is not.`,
      hint: "Give the table, column, constraint or index a name.",
    });
  }
  const bytes = utf8Length(name);
  if (bytes > MAX_BYTES) {
    throw new LimbeckError("IDENTIFIER_INVALID", {
      message: `The name "${name}" has ${bytes} bytes, and PostgreSQL cuts names off after ${MAX_BYTES}.`,
      hint: `Choose a name of at most ${MAX_BYTES} bytes.`,
    });
  }
}

export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** As much of a made-up name as PostgreSQL keeps. */
export function shortened(name: string): string {
  let kept = name;
  while (utf8Length(kept) > MAX_BYTES) kept = kept.slice(0, -1);
  return kept;
}
