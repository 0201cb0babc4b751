import type { Database, Queries } from "../store/database.ts";
import { inputHash } from "./input-hash.ts";
import { listJson, momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { printJson } from "./json.ts";
import { patchRow, type Patch } from "./patches.ts";
import { Refusal } from "./refusal.ts";

/** An address as a pipeline's code describes it. What is not there was not sent; null clears. */
export interface AddressInput {
  readonly name: string;
  readonly address_type_name: string;
  readonly address_type_group_name: string;
  readonly database_name?: string | null;
  readonly schema_name?: string | null;
  readonly table_name?: string | null;
  readonly primary_key?: string | null;
  readonly address_metadata?: object | null;
}

export interface AddressAnswer {
  readonly id: number;
  readonly created: boolean;
}

/** Gets the address of that name, or creates it; brings it to what was sent if that differs from the last time. */
export async function getOrCreateAddress(database: Database, input: AddressInput): Promise<AddressAnswer> {
  const known = await findAddresses(database, [hashed(input)]);
  const [address] = known.has(input.name) ? [known.get(input.name)] : [];
  if (address?.unchanged) return { id: address.id, created: false };
  const [answer] = await database.transaction((transaction) => syncAddresses(transaction, [input]));
  return answer as AddressAnswer;
}

/**
 * Gets or creates the addresses of a list, in as many statements as one takes. Rows are locked in the order of their
 * names, so that transactions with overlapping lists wait for each other and do not deadlock.
 */
export async function syncAddresses(
  transaction: Queries,
  inputs: readonly AddressInput[],
): Promise<readonly AddressAnswer[]> {
  // The last description of an address is the one that stays.
  const described = [...new Map(inputs.map((input) => [input.name, hashed(input)])).values()];
  const created = new Set<string>();
  for (;;) {
    const known = await findAddresses(transaction, described);
    const missing = described.filter(({ name }) => !known.has(name));
    const changed = described.filter(({ name }) => known.get(name)?.unchanged === false);
    if (missing.length + changed.length === 0) return answers(inputs, known, created);

    await createTypes(transaction, [...missing, ...changed]);
    for (const name of await insertAddresses(transaction, missing)) created.add(name);
    if (changed.length > 0) await transaction.query(updateAddresses, [printJson(changed)]);
  }
}

function answers(
  inputs: readonly AddressInput[],
  known: ReadonlyMap<string, Known>,
  created: Set<string>,
): readonly AddressAnswer[] {
  return inputs.map(({ name }) => ({ id: known.get(name)?.id as number, created: created.delete(name) }));
}

interface Known {
  readonly id: number;
  readonly unchanged: boolean;
}

type Described = AddressInput & { readonly input_hash: string };

function hashed(input: AddressInput): Described {
  return { ...input, ...partsOfName(input), input_hash: inputHash(input) };
}

const longestPart = 50;

/** A table of a database is named by database, schema and table, with dots between. */
function partsOfName({ name, address_type_group_name: group }: AddressInput): object {
  const [database, schema, table, ...more] = name.split(".");
  if (group !== "database" || table === undefined || more.length > 0) return {};
  if ([database, schema, table].some((part) => Array.from(part ?? "").length > longestPart)) return {};
  return { database_name: database, schema_name: schema, table_name: table };
}

async function findAddresses(database: Queries, described: readonly Described[]): Promise<ReadonlyMap<string, Known>> {
  const found = await database.query<Known & { name: string }>(
    `SELECT address.id, address.name, address.input_hash = sent.input_hash AS unchanged
    FROM jsonb_to_recordset($1::jsonb) AS sent (name varchar, input_hash varchar)
    JOIN address ON address.name = sent.name`,
    [JSON.stringify(described.map(({ name, input_hash }) => ({ name, input_hash })))],
  );
  return new Map(found.map((address) => [address.name, address]));
}

async function createTypes(transaction: Queries, described: readonly Described[]): Promise<void> {
  const types = described.map(({ address_type_name, address_type_group_name }) => ({
    name: address_type_name,
    group_name: address_type_group_name,
  }));
  await transaction.query(
    `INSERT INTO address_type (name, group_name)
    SELECT DISTINCT ON (sent.name) sent.name, sent.group_name
    FROM jsonb_to_recordset($1::jsonb) AS sent (name varchar, group_name varchar)
    WHERE NOT EXISTS (SELECT FROM address_type WHERE address_type.name = sent.name)
    ORDER BY sent.name
    ON CONFLICT (name) DO NOTHING`,
    [JSON.stringify(types)],
  );
}

const sentColumns = "database_name, schema_name, table_name, primary_key, address_metadata, input_hash";

/** Gives the names of those that it created; the others were created by somebody else meanwhile. */
async function insertAddresses(transaction: Queries, missing: readonly Described[]): Promise<readonly string[]> {
  if (missing.length === 0) return [];
  const rows = await transaction.query<{ name: string }>(
    `INSERT INTO address (name, address_type_id, ${sentColumns})
    SELECT address.name, type.id, ${sentColumns}
    FROM jsonb_array_elements($1::jsonb) AS sent
    CROSS JOIN jsonb_populate_record(NULL::address, sent) AS address
    JOIN address_type AS type ON type.name = sent ->> 'address_type_name'
    ORDER BY address.name
    ON CONFLICT (name) DO NOTHING
    RETURNING name`,
    [printJson(missing)],
  );
  return rows.map(({ name }) => name);
}

const updateAddresses = `
  WITH locked AS (
    SELECT address.id, type.id AS type_id, sent
    FROM jsonb_array_elements($1::jsonb) AS sent
    JOIN address ON address.name = sent ->> 'name'
    JOIN address_type AS type ON type.name = sent ->> 'address_type_name'
    ORDER BY address.name
    FOR UPDATE OF address
  )
  UPDATE address SET
    address_type_id = locked.type_id,
    updated_at = now(),
    (${sentColumns}) = (SELECT ${sentColumns} FROM jsonb_populate_record(address, locked.sent))
  FROM locked
  WHERE address.id = locked.id`;

/** Every address, as a JSON list. */
export function listAddresses(database: Queries): Promise<JsonText> {
  return listJson(database, `SELECT ${row} FROM address ORDER BY id`);
}

/** One address, as a JSON object. */
export async function getAddress(database: Queries, id: string): Promise<JsonText> {
  return (await rowJson(database, `SELECT ${row} FROM address WHERE id = $1::bigint`, [id])) ?? notFound();
}

export async function patchAddress(database: Queries, patch: Patch): Promise<JsonText> {
  return (await patchRow(database, patchable, patch)) ?? notFound();
}

const row = `
  id, name, address_type_id, database_name, schema_name, table_name, primary_key, address_metadata, input_hash,
  ${momentSql("created_at")} AS created_at,
  ${momentSql("updated_at")} AS updated_at`;

const patchable = {
  table: "address",
  noun: "Address name",
  columns: ["name", "address_type_id", "database_name", "schema_name", "table_name", "primary_key"],
  row,
  dated: true,
};

function notFound(): never {
  throw new Refusal("not found", "ADDRESS_NOT_FOUND", "Address not found");
}
