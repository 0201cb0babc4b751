import type { Queries } from "../store/database.ts";
import { storedLimits, type Limits } from "./dateparts.ts";
import { listJson, momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { printJson } from "./json.ts";
import { patchRow, type Patch } from "./patches.ts";
import { Refusal } from "./refusal.ts";

/** A kind of pipeline, with the limits that its pipelines fall back to. */
export interface PipelineTypeInput extends Limits {
  readonly name: string;
  readonly mute_freshness_check?: boolean;
  readonly mute_timeliness_check?: boolean;
}

/** Gets the pipeline type of that name, or creates it. One that exists stays as it is. */
export async function getOrCreatePipelineType(
  database: Queries,
  input: PipelineTypeInput,
): Promise<{ created: boolean; id: number }> {
  for (;;) {
    const [type] = await database.query<{ created: boolean; id: number }>(getOrCreate, [
      input.name,
      printJson({ mute_freshness_check: false, mute_timeliness_check: false, ...storedLimits(input) }),
    ]);
    if (type !== undefined) return type;
  }
}

const sentColumns = `
  freshness_number, freshness_datepart, mute_freshness_check,
  timeliness_number, timeliness_datepart, mute_timeliness_check`;

/** Gives no row only when another request created the type meanwhile; the next try sees it. */
const getOrCreate = `
  WITH found AS (
    SELECT id FROM pipeline_type WHERE name = $1::varchar
  ), created AS (
    INSERT INTO pipeline_type (name, ${sentColumns})
    SELECT $1, ${sentColumns} FROM jsonb_populate_record(NULL::pipeline_type, $2::jsonb)
    WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT (name) DO NOTHING
    RETURNING id
  )
  SELECT id, false AS created FROM found
  UNION ALL
  SELECT id, true FROM created`;

/** Every pipeline type, as a JSON list. */
export function listPipelineTypes(database: Queries): Promise<JsonText> {
  return listJson(database, `SELECT ${row} FROM pipeline_type ORDER BY id`);
}

/** One pipeline type, as a JSON object. */
export async function getPipelineType(database: Queries, id: string): Promise<JsonText> {
  const type = await rowJson(database, `SELECT ${row} FROM pipeline_type WHERE id = $1::bigint`, [id]);
  return type ?? notFound();
}

export async function patchPipelineType(database: Queries, patch: Patch & Limits): Promise<JsonText> {
  return (await patchRow(database, patchable, storedLimits(patch))) ?? notFound();
}

const row = `
  id, name,
  freshness_number, lower(freshness_datepart::text) AS freshness_datepart, mute_freshness_check,
  timeliness_number, lower(timeliness_datepart::text) AS timeliness_datepart, mute_timeliness_check,
  ${momentSql("created_at")} AS created_at,
  ${momentSql("updated_at")} AS updated_at`;

const patchable = {
  table: "pipeline_type",
  noun: "Pipeline type",
  columns: ["name", sentColumns],
  row,
  dated: true,
};

function notFound(): never {
  throw new Refusal("not found", "PIPELINE_TYPE_NOT_FOUND", "Pipeline Type Not Found");
}
