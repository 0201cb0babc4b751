import { createHash } from "node:crypto";
import type { Database } from "../store/database.ts";
import { momentSql, type JsonText } from "./json-rows.ts";
import { canonicalJson, printJson } from "./json.ts";
import { pipelineTypeId } from "./pipeline-types.ts";
import { Refusal } from "./refusal.ts";

/** The units of freshness and timeliness, as the API says them. */
export const dateParts = ["minute", "hour", "day", "week", "month", "year"] as const;

export type DatePart = (typeof dateParts)[number];

/** A pipeline as its own code describes it. What is not there was not sent; null clears. */
export interface PipelineInput {
  readonly name: string;
  readonly pipeline_type_name: string;
  readonly next_watermark?: string | null;
  readonly pipeline_metadata?: object | null;
  readonly freshness_number?: number | null;
  readonly freshness_datepart?: DatePart | null;
  readonly timeliness_number?: number | null;
  readonly timeliness_datepart?: DatePart | null;
}

export interface PipelineAnswer {
  readonly id: number;
  readonly active: boolean;
  readonly load_lineage: boolean;
  /** What the run that now begins starts from. Null for a new pipeline, and when no next watermark was sent. */
  readonly watermark: string | null;
}

/**
 * Gets the pipeline of that name, or creates it. A pipeline that exists is brought to what was sent if that differs
 * from the last time, told by a hash of it; a next watermark is written in any case.
 */
export async function getOrCreatePipeline(
  database: Database,
  input: PipelineInput,
): Promise<{ created: boolean; pipeline: PipelineAnswer }> {
  const hash = inputHash(input);
  for (;;) {
    const existing = await syncPipeline(database, input, hash);
    if (existing !== undefined) return { created: false, pipeline: existing };
    const pipeline = await createPipeline(database, input, hash);
    if (pipeline !== undefined) return { created: true, pipeline };
    // Another request created it between the two statements: it is found on the next turn.
  }
}

/** Every pipeline, as a JSON list. */
export async function listPipelines(database: Database): Promise<JsonText> {
  const [row] = await database.query<{ pipelines: JsonText }>(
    `SELECT coalesce(json_agg(row), '[]') AS pipelines FROM (SELECT ${rowColumns} FROM pipeline ORDER BY id) AS row`,
  );
  return row?.pipelines ?? "[]";
}

/** One pipeline, as a JSON object. */
export async function getPipeline(database: Database, id: string): Promise<JsonText> {
  const [row] = await database.query<{ pipeline: JsonText }>(
    `SELECT row_to_json(row) AS pipeline FROM (SELECT ${rowColumns} FROM pipeline WHERE id = $1::bigint) AS row`,
    [id],
  );
  if (row === undefined) throw pipelineNotFound();
  return row.pipeline;
}

export function pipelineNotFound(): Refusal {
  return new Refusal("not found", "PIPELINE_NOT_FOUND", "Pipeline Not Found");
}

const rowColumns = `
  id, name, pipeline_type_id, watermark, next_watermark, pipeline_metadata,
  ${momentSql("last_target_insert")} AS last_target_insert,
  ${momentSql("last_target_update")} AS last_target_update,
  ${momentSql("last_target_soft_delete")} AS last_target_soft_delete,
  freshness_number, lower(freshness_datepart::text) AS freshness_datepart, mute_freshness_check,
  timeliness_number, lower(timeliness_datepart::text) AS timeliness_datepart, mute_timeliness_check,
  load_lineage, active, input_hash,
  ${momentSql("created_at")} AS created_at,
  ${momentSql("updated_at")} AS updated_at`;

async function syncPipeline(
  database: Database,
  input: PipelineInput,
  hash: string,
): Promise<PipelineAnswer | undefined> {
  const next = input.next_watermark ?? null;
  const [found] = await database.query<PipelineAnswer & { unchanged: boolean }>(findAndMove, [input.name, hash, next]);
  if (found === undefined) return undefined;
  if (!found.unchanged) await changePipeline(database, found.id, input, hash);
  const { id, active, load_lineage, watermark } = found;
  return { id, active, load_lineage, watermark: next === null ? null : watermark };
}

/** The common case in one statement: nothing changed but the next watermark. */
const findAndMove = `
  WITH found AS (
    SELECT id, active, load_lineage, watermark, input_hash = $2 AS unchanged FROM pipeline WHERE name = $1
  ), moved AS (
    UPDATE pipeline SET next_watermark = $3::varchar FROM found
    WHERE pipeline.id = found.id AND found.unchanged AND $3::varchar IS NOT NULL
  )
  SELECT * FROM found`;

async function changePipeline(database: Database, id: number, input: PipelineInput, hash: string): Promise<void> {
  const typeId = await pipelineTypeId(database, input.pipeline_type_name);
  await database.query(
    `UPDATE pipeline SET
      pipeline_type_id = $2,
      input_hash = $3,
      updated_at = now(),
      (${sentColumns}) = (SELECT ${sentColumns} FROM jsonb_populate_record(pipeline, $4::jsonb))
    WHERE id = $1`,
    [id, typeId, hash, sentJson(input)],
  );
}

/** Gives nothing when a pipeline of that name was there already. */
async function createPipeline(
  database: Database,
  input: PipelineInput,
  hash: string,
): Promise<PipelineAnswer | undefined> {
  const typeId = await pipelineTypeId(database, input.pipeline_type_name);
  const [created] = await database.query<PipelineAnswer>(
    `INSERT INTO pipeline (name, pipeline_type_id, input_hash, ${sentColumns})
    SELECT $1::varchar, $2::integer, $3::varchar, ${sentColumns}
    FROM jsonb_populate_record(NULL::pipeline, $4::jsonb)
    ON CONFLICT (name) DO NOTHING
    RETURNING id, active, load_lineage, NULL AS watermark`,
    [input.name, typeId, hash, sentJson(input)],
  );
  return created;
}

/** The columns that a client may send as they are. */
const sentColumns = `
  next_watermark, pipeline_metadata, freshness_number, freshness_datepart, timeliness_number, timeliness_datepart`;

/** The input as a record of the table: what was not sent is not in it, so that jsonb_populate_record leaves it alone. */
function sentJson(input: PipelineInput): JsonText {
  const { freshness_datepart: freshness, timeliness_datepart: timeliness } = input;
  return printJson({
    ...input,
    ...(freshness && { freshness_datepart: freshness.toUpperCase() }),
    ...(timeliness && { timeliness_datepart: timeliness.toUpperCase() }),
  });
}

/** The same for the same input in every process and for ever, and short enough for its column. */
function inputHash({ next_watermark: _, ...described }: PipelineInput): string {
  return createHash("sha256").update(canonicalJson(described)).digest("base64url").slice(0, 20);
}
