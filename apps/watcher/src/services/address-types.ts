import type { Queries } from "../store/database.ts";
import { listJson, momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { patchRow, type Patch } from "./patches.ts";
import { Refusal } from "./refusal.ts";

export interface AddressTypeInput {
  readonly name: string;
  readonly group_name: string;
}

/** Gets the address type of that name, or creates it. The group of one that exists stays as it is. */
export async function getOrCreateAddressType(
  database: Queries,
  { name, group_name: group }: AddressTypeInput,
): Promise<{ created: boolean; id: number }> {
  for (;;) {
    const [type] = await database.query<{ created: boolean; id: number }>(getOrCreate, [name, group]);
    if (type !== undefined) return type;
  }
}

/** Gives no row only when another request created the type meanwhile; the next try sees it. */
const getOrCreate = `
  WITH found AS (
    SELECT id FROM address_type WHERE name = $1::varchar
  ), created AS (
    INSERT INTO address_type (name, group_name) SELECT $1, $2::varchar WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT (name) DO NOTHING
    RETURNING id
  )
  SELECT id, false AS created FROM found
  UNION ALL
  SELECT id, true FROM created`;

/** Every address type, as a JSON list. */
export function listAddressTypes(database: Queries): Promise<JsonText> {
  return listJson(database, `SELECT ${row} FROM address_type ORDER BY id`);
}

/** One address type, as a JSON object. */
export async function getAddressType(database: Queries, id: string): Promise<JsonText> {
  return (await rowJson(database, `SELECT ${row} FROM address_type WHERE id = $1::bigint`, [id])) ?? notFound();
}

export async function patchAddressType(database: Queries, patch: Patch): Promise<JsonText> {
  return (await patchRow(database, patchable, patch)) ?? notFound();
}

const row = `
  id, name, group_name, ${momentSql("created_at")} AS created_at, ${momentSql("updated_at")} AS updated_at`;

const patchable = { table: "address_type", noun: "Address type", columns: ["name", "group_name"], row, dated: true };

function notFound(): never {
  throw new Refusal("not found", "ADDRESS_TYPE_NOT_FOUND", "Address Type Not Found");
}
