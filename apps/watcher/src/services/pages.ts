import type { Queries, Value } from "../store/database.ts";
import type { JsonText } from "./json-rows.ts";

/** A WHERE clause of those conditions that have a value, each with a `?` for it. */
export function conditions(list: readonly (readonly [sql: string, value: Value | undefined])[]): {
  readonly where: string;
  readonly values: readonly Value[];
} {
  const given = list.filter((condition): condition is readonly [string, Value] => condition[1] !== undefined);
  const clauses = given.map(([sql], index) => sql.replaceAll("?", `$${index + 1}`));
  return {
    where: clauses.length === 0 ? "" : `WHERE ${clauses.join(" AND ")}`,
    values: given.map(([, value]) => value),
  };
}

export interface PageQuery {
  /** A query whose rows are those of the page and after it, in their order. */
  readonly query: string;
  readonly values: readonly Value[];
  /** SQL over `row` that says where a row stands in the order. */
  readonly cursor: string;
  readonly limit: number;
}

/** One page of a list: `{ data, next_cursor }`, where the cursor is null on the last page. */
export async function pageJson(database: Queries, { query, values, cursor, limit }: PageQuery): Promise<JsonText> {
  // One row more than wanted tells whether there is another page.
  const rows = await database.query<{ cursor: string; object: JsonText }>(
    `SELECT (${cursor})::text AS cursor, row_to_json(row) AS object FROM (${query} LIMIT $${values.length + 1}::integer) AS row`,
    [...values, limit + 1],
  );
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? (page.at(-1)?.cursor ?? null) : null;
  return `{"data":[${page.map(({ object }) => object).join(",")}],"next_cursor":${JSON.stringify(next)}}`;
}
