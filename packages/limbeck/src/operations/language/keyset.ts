import { identifiers, qualified } from "./identifiers.ts";
import { quote } from "./literals.ts";

/** How a table is walked along an index: pieces of SQL for a key's columns, in the index's order. */
export interface Keyset {
  /** The columns' names. */
  readonly key: readonly string[];
  /** What ORDER BY sorts by. */
  readonly order: string;
  /** The columns as `key_1`, `key_2`, …. */
  readonly columns: string;
  /** Those columns as one array of texts, which are read as the same values whatever the session's DateStyle. */
  readonly texts: string;
  /** The condition for rows behind a key, and the one for rows as far as a key: `format()` with the key's texts. */
  readonly behind: string;
  readonly upTo: string;
}

/** The table to walk, and what is wanted of its key. */
export interface KeysetOptions {
  readonly table: string;
  readonly schema: string | undefined;
  /** The columns to walk along; those of the primary key, or of the smallest unique index, when undefined. */
  readonly key: readonly string[] | undefined;
  /** Columns whose values change on the way, so that no walk can go along them. */
  readonly changing: readonly string[];
}

/**
 * The query for a table's Keyset: one row, or none when no index will do. It has to be a valid B-tree over whole rows
 * (no partial one), its columns plain and NOT NULL, in the columns' own order and collation: then ranges of keys miss
 * no row, and ORDER BY walks the index. A row comparison is a condition on such an index only if all columns go in the
 * same direction; for others the first column bounds the scan (PostgreSQL manual, "Row and Array Comparisons").
 */
export function keysetSql({ table, schema, key, changing }: KeysetOptions): string {
  const wanted =
    key === undefined
      ? "is_unique AND width = indexed"
      : `names[1:${key.length}] = ${textArray(key)} AND width = ${key.length}`;
  return `SELECT names AS key, sorting AS "order", columns, texts,
  CASE WHEN directions = 1 THEN format('(%s) %s (%s)', list, strict, list_values) ELSE format('%s AND (%s)', first_behind, behind) END AS behind,
  CASE WHEN directions = 1 THEN format('(%s) %s= (%s)', list, reversed, list_values) ELSE format('%s AND (%s OR %s)', first_up_to, up_to, same) END AS "upTo"
FROM (
  SELECT is_primary, is_unique, index, indexed, count(*) AS width, count(DISTINCT descending) AS directions,
    array_agg(name ORDER BY position) AS names,
    string_agg(name_sql || CASE WHEN descending THEN ' DESC' ELSE '' END || CASE WHEN nulls_first THEN ' NULLS FIRST' ELSE ' NULLS LAST' END, ', ' ORDER BY position) AS sorting,
    string_agg(format('%s AS key_%s', name_sql, position), ', ' ORDER BY position) AS columns,
    format('ARRAY[%s]', string_agg(format(text_of, position), ', ' ORDER BY position)) AS texts,
    string_agg(template_sql, ', ' ORDER BY position) AS list,
    string_agg(value, ', ' ORDER BY position) AS list_values,
    min(later) AS strict, min(earlier) AS reversed,
    string_agg(format('%s = %s', template_sql, value), ' AND ' ORDER BY position) AS same,
    min(format('%s %s= %s', template_sql, later, value)) FILTER (WHERE position = 1) AS first_behind,
    min(format('%s %s= %s', template_sql, earlier, value)) FILTER (WHERE position = 1) AS first_up_to,
    string_agg(format('(%s%s %s %s)', equal_before, template_sql, later, value), ' OR ' ORDER BY position) AS behind,
    string_agg(format('(%s%s %s %s)', equal_before, template_sql, earlier, value), ' OR ' ORDER BY position) AS up_to
  FROM (
    SELECT *, coalesce(string_agg(format('%s = %s AND ', template_sql, value), '') OVER (
      PARTITION BY index ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '') AS equal_before
    FROM (
      SELECT i.indisprimary AS is_primary, i.indisunique AS is_unique, i.indexrelid AS index, i.indnkeyatts AS indexed,
        position, a.attname::text AS name, quote_ident(a.attname) AS name_sql,
        replace(quote_ident(a.attname), '%', '%%') AS template_sql,
        format('%%%s$L::%s', position, replace(format_type(a.atttypid, a.atttypmod), '%', '%%')) AS value,
        CASE t.typcategory WHEN 'D' THEN 'to_jsonb(key_%s) #>> ''{}''' ELSE 'key_%s::text' END AS text_of,
        o.bits & 1 = 1 AS descending, o.bits & 2 = 2 AS nulls_first,
        CASE o.bits & 1 WHEN 1 THEN '<' ELSE '>' END AS later, CASE o.bits & 1 WHEN 1 THEN '>' ELSE '<' END AS earlier
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
      CROSS JOIN LATERAL generate_series(1, ${key === undefined ? "i.indnkeyatts" : `least(i.indnkeyatts, ${key.length})`}) AS position
      CROSS JOIN LATERAL (SELECT i.indoption[position - 1] AS bits) AS o
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[position - 1]
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_opclass p ON p.oid = i.indclass[position - 1]
      WHERE i.indrelid = to_regclass(${quote(qualified(schema, table))})
        AND i.indisvalid AND i.indpred IS NULL AND a.attnotnull AND p.opcdefault
        AND i.indcollation[position - 1] = a.attcollation AND a.attname <> ALL (${textArray(changing)})
    ) AS part
  ) AS part
  GROUP BY is_primary, is_unique, index, indexed
) AS candidate
WHERE ${wanted}
ORDER BY is_primary DESC, is_unique DESC, width, index
LIMIT 1`;
}

function textArray(values: readonly string[]): string {
  return `ARRAY[${values.map(quote).join(", ")}]::text[]`;
}

/** What is asked for in words, for the error when there is none. */
export function wantedKey(key: readonly string[] | undefined): string {
  return key === undefined
    ? "a primary key, or a unique index over NOT NULL columns"
    : `an index that begins with the columns ${identifiers(key)}, all of them NOT NULL`;
}
