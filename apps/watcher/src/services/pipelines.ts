import type { Database, Queries } from "../store/database.ts";
import { storedLimits, type Limits } from "./dateparts.ts";
import { inputHash } from "./input-hash.ts";
import { listJson, momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { printJson } from "./json.ts";
import { patchRow, type Patch } from "./patches.ts";
import { conditions } from "./pages.ts";
import { getOrCreatePipelineType } from "./pipeline-types.ts";
import { Refusal } from "./refusal.ts";

/** A pipeline as its own code describes it. What is not there was not sent; null clears. */
export interface PipelineInput extends Limits {
  readonly name: string;
  readonly pipeline_type_name: string;
  readonly next_watermark?: string | null;
  readonly pipeline_metadata?: object | null;
}

export interface PipelineAnswer {
  readonly id: number;
  readonly active: boolean;
  readonly load_lineage: boolean;
  /** What the run that now begins starts from. Null for a new pipeline, and when no next watermark was sent. */
  readonly watermark: string | null;
}

/** What a new pipeline gets beside what was sent. */
export interface PipelineDefaults {
  /** One anomaly rule for each metric. */
  readonly anomalyRules: boolean;
}

/**
 * Gets the pipeline of that name, or creates it. A pipeline that exists is brought to what was sent if that differs
 * from the last time, told by a hash of it; a next watermark is written in any case.
 */
export async function getOrCreatePipeline(
  database: Database,
  input: PipelineInput,
  defaults: PipelineDefaults,
): Promise<{ created: boolean; pipeline: PipelineAnswer }> {
  const { next_watermark: _, ...described } = input;
  const hash = inputHash(described);
  for (;;) {
    const existing = await syncPipeline(database, input, hash);
    if (existing !== undefined) return { created: false, pipeline: existing };
    const pipeline = await createPipeline(database, input, hash, defaults);
    if (pipeline !== undefined) return { created: true, pipeline };
    // Another request created it between the two statements: it is found on the next turn.
  }
}

/** Which pipelines to list; all of them by default. */
export interface PipelineFilter {
  /** Part of a name. */
  readonly search?: string;
  readonly active?: boolean;
  readonly pipeline_type_id?: string;
  /** With a limit: the last id of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

/** Pipelines by their ids, as a JSON list. */
export function listPipelines(database: Queries, filter: PipelineFilter = {}): Promise<JsonText> {
  const { where, values } = conditions([
    ["strpos(name, ?) > 0", filter.search?.toLowerCase()],
    ["active = ?", filter.active],
    ["pipeline_type_id = ?::bigint", filter.pipeline_type_id],
    ["id > ?::bigint", filter.after],
  ]);
  const query = `SELECT ${rowColumns} FROM pipeline ${where} ORDER BY id LIMIT $${values.length + 1}::integer`;
  return listJson(database, query, [...values, filter.limit ?? null]);
}

/** One pipeline, as a JSON object. */
export async function getPipeline(database: Queries, id: string): Promise<JsonText> {
  const pipeline = await rowJson(database, `SELECT ${rowColumns} FROM pipeline WHERE id = $1::bigint`, [id]);
  if (pipeline === undefined) throw pipelineNotFound();
  return pipeline;
}

/** Changes what was sent of a pipeline, and nothing else. */
export async function patchPipeline(database: Queries, patch: Patch & Limits): Promise<JsonText> {
  const pipeline = await patchRow(database, patchable, storedLimits(patch));
  if (pipeline === undefined) throw pipelineNotFound();
  return pipeline;
}

export function pipelineNotFound(): Refusal {
  return new Refusal("not found", "PIPELINE_NOT_FOUND", "Pipeline Not Found");
}

/** The columns that a client may send as they are. */
const sentColumns = `
  next_watermark, pipeline_metadata, freshness_number, freshness_datepart, timeliness_number, timeliness_datepart`;

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
  const type = await getOrCreatePipelineType(database, { name: input.pipeline_type_name });
  await database.query(
    `UPDATE pipeline SET
      pipeline_type_id = $2,
      input_hash = $3,
      updated_at = now(),
      (${sentColumns}) = (SELECT ${sentColumns} FROM jsonb_populate_record(pipeline, $4::jsonb))
    WHERE id = $1`,
    [id, type.id, hash, printJson(storedLimits(input))],
  );
}

/** Gives nothing when a pipeline of that name was there already. */
async function createPipeline(
  database: Database,
  input: PipelineInput,
  hash: string,
  defaults: PipelineDefaults,
): Promise<PipelineAnswer | undefined> {
  const type = await getOrCreatePipelineType(database, { name: input.pipeline_type_name });
  const [created] = await database.query<PipelineAnswer>(insertPipeline, [
    input.name,
    type.id,
    hash,
    printJson(storedLimits(input)),
    defaults.anomalyRules,
  ]);
  return created;
}

const insertPipeline = `
  WITH created AS (
    INSERT INTO pipeline (name, pipeline_type_id, input_hash, ${sentColumns})
    SELECT $1::varchar, $2::integer, $3::varchar, ${sentColumns}
    FROM jsonb_populate_record(NULL::pipeline, $4::jsonb)
    ON CONFLICT (name) DO NOTHING
    RETURNING id, active, load_lineage
  ), rules AS (
    INSERT INTO anomaly_detection_rule (pipeline_id, metric_field, z_threshold, lookback_days, minimum_executions)
    SELECT created.id, metric, 3, 30, 30
    FROM created CROSS JOIN unnest(enum_range(NULL::anomalymetricfieldenum)) AS metric
    WHERE $5::boolean
  )
  SELECT id, active, load_lineage, NULL AS watermark FROM created`;

const patchable = {
  table: "pipeline",
  noun: "Pipeline name",
  columns: [
    "name",
    "pipeline_type_id",
    "watermark",
    sentColumns,
    "mute_freshness_check",
    "mute_timeliness_check",
    "load_lineage",
    "active",
  ],
  row: rowColumns,
  dated: true,
};
