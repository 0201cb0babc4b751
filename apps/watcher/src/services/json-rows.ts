import type { Queries, Value } from "../store/database.ts";

/**
 * JSON as PostgreSQL printed it. Rows go from the database to the client in this form: integers beyond 2^53 in their
 * metadata and the microseconds of their moments stay whole, and nothing is parsed only to be printed again.
 */
export type JsonText = string;

/** SQL that prints a moment as the API writes it: `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`. */
export function momentSql(column: string): string {
  const utc = `${column} AT TIME ZONE 'UTC'`;
  return `to_char(${utc}, CASE WHEN date_trunc('second', ${column}) = ${column}
    THEN 'YYYY-MM-DD"T"HH24:MI:SS"Z"' ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' END)`;
}

/** The rows of a query, as a JSON list. */
export async function listJson(database: Queries, query: string, values: readonly Value[] = []): Promise<JsonText> {
  const [row] = await database.query<{ list: JsonText }>(
    `SELECT coalesce(json_agg(row), '[]') AS list FROM (${query}) AS row`,
    values,
  );
  return row?.list ?? "[]";
}

/** The one row of a query, as a JSON object. */
export async function rowJson(
  database: Queries,
  query: string,
  values: readonly Value[],
): Promise<JsonText | undefined> {
  const [row] = await database.query<{ object: JsonText }>(
    `SELECT row_to_json(row) AS object FROM (${query}) AS row`,
    values,
  );
  return row?.object;
}
