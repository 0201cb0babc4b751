import { sqlState, type Queries } from "../store/database.ts";
import type { JsonText } from "./json-rows.ts";
import { printJson } from "./json.ts";
import { Refusal } from "./refusal.ts";

/** A table whose rows clients change. */
export interface Patchable {
  readonly table: string;
  /** As people call one row of it: "Pipeline". */
  readonly noun: string;
  /** The columns that a client may send. */
  readonly columns: readonly string[];
  /** The row as the API answers with it, as a list of SQL expressions. */
  readonly row: string;
  /** Whether a change is dated. */
  readonly dated: boolean;
}

/** A change of the row with an id or, without one, with a name. What is not there was not sent; null clears. */
export interface Patch {
  readonly id?: string | null;
  readonly name?: string | null;
}

/** Changes one row in one statement and gives it as a JSON object, or nothing if there is none. */
export async function patchRow(
  database: Queries,
  { table, noun, columns, row, dated }: Patchable,
  patch: Patch,
): Promise<JsonText | undefined> {
  const { id = null, ...sent } = patch;
  const list = columns.join(", ");
  const key = id === null ? "name = $1::varchar" : "id = $1::bigint";
  const statement = `
    WITH changed AS (
      UPDATE ${table} SET ${dated ? "updated_at = now()," : ""}
        (${list}) = (SELECT ${list} FROM jsonb_populate_record(${table}, $2::jsonb))
      WHERE ${key}
      RETURNING *
    )
    SELECT row_to_json(row) AS object FROM (SELECT ${row} FROM changed) AS row`;
  try {
    const [changed] = await database.query<{ object: JsonText }>(statement, [id ?? sent.name ?? null, printJson(sent)]);
    return changed?.object;
  } catch (error) {
    throw patchRefusal(error, noun) ?? error;
  }
}

function patchRefusal(cause: unknown, noun: string): Refusal | undefined {
  switch (sqlState(cause)) {
    case "23505":
      return new Refusal("invalid", "ALREADY_EXISTS", `${noun} already exists`, { cause });
    case "23503":
      return new Refusal("invalid", "REFERENCE_NOT_FOUND", "Something referred to is not there", { cause });
    default:
      return undefined;
  }
}
