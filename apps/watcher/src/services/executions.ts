import { sqlState, type Database } from "../store/database.ts";
import { momentSql, type JsonText } from "./json-rows.ts";
import { printJson } from "./json.ts";
import { pipelineNotFound } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";

/** The start of an execution. Ids are decimal text, moments are in UTC. */
export interface ExecutionStart {
  readonly pipeline_id: string;
  readonly parent_id?: string | null;
  /** Now, when it is left out. */
  readonly start_date?: string | null;
  readonly watermark?: string | null;
  readonly next_watermark?: string | null;
}

/** The end of an execution. A count that is not there was not sent, and stays as it is. */
export interface ExecutionEnd {
  readonly id: string;
  readonly end_date: string;
  readonly completed_successfully: boolean;
  readonly inserts?: number | null;
  readonly updates?: number | null;
  readonly soft_deletes?: number | null;
  readonly total_rows?: number | null;
  readonly execution_metadata?: object | null;
}

/** Records that an execution began, and gives its id. */
export async function startExecution(database: Database, start: ExecutionStart): Promise<{ id: number }> {
  const [execution] = await database.query<{ id: number }>(insertExecution, [
    start.pipeline_id,
    start.parent_id ?? null,
    start.start_date ?? null,
    start.watermark ?? null,
    start.next_watermark ?? null,
  ]);
  if (execution !== undefined) return execution;

  const [pipeline] = await database.query("SELECT FROM pipeline WHERE id = $1::bigint", [start.pipeline_id]);
  if (pipeline === undefined) throw pipelineNotFound();
  throw new Refusal("not found", "PARENT_EXECUTION_NOT_FOUND", "Parent execution not found");
}

/** Gives no row when the pipeline or the parent is missing. */
const insertExecution = `
  WITH start AS (
    SELECT moment, moment AT TIME ZONE 'UTC' AS utc FROM (SELECT coalesce($3::timestamptz, now()) AS moment) AS given
  )
  INSERT INTO pipeline_execution
    (pipeline_id, parent_id, start_date, date_recorded, hour_recorded, watermark, next_watermark)
  SELECT pipeline.id, parent.id, start.moment, start.utc::date, extract(hour FROM start.utc), $4::varchar, $5::varchar
  FROM start
  JOIN pipeline ON pipeline.id = $1::bigint
  LEFT JOIN pipeline_execution AS parent ON parent.id = $2::bigint
  WHERE $2::bigint IS NULL OR parent.id IS NOT NULL
  RETURNING id`;

/**
 * Records that an execution ended; again, if it had ended before. A successful end moves the pipeline's watermark on
 * and marks when its target last changed.
 */
export async function endExecution(database: Database, end: ExecutionEnd): Promise<void> {
  const [execution] = await database.query(updateExecution, [end.id, printJson(end)]).catch((error: unknown) => {
    throw endRefusal(error) ?? error;
  });
  if (execution === undefined) throw executionNotFound();
}

/** Rounds half away from zero, as numeric does and double precision does not. */
const duration = "round(extract(epoch FROM sent.end_date - execution.start_date)::numeric)";

/** Rows a second. */
const throughput = `CASE ${duration} WHEN 0 THEN sent.total_rows * 0.0 ELSE sent.total_rows / ${duration} END`;

/**
 * jsonb_populate_record leaves the columns alone that were not sent; jsonb_to_record makes them NULL. A throughput
 * that numeric(12,4) has no room for is left out, so that such an execution can end at all.
 */
const updateExecution = `
  WITH sent AS (
    SELECT * FROM jsonb_to_record($2::jsonb) AS sent (
      end_date timestamptz, completed_successfully boolean,
      inserts integer, updates integer, soft_deletes integer, total_rows integer
    )
  ), ended AS (
    UPDATE pipeline_execution AS execution SET
      (end_date, completed_successfully, inserts, updates, soft_deletes, total_rows, execution_metadata) = (
        SELECT end_date, completed_successfully, inserts, updates, soft_deletes, total_rows, execution_metadata
        FROM jsonb_populate_record(execution, $2::jsonb)
      ),
      duration_seconds = ${duration},
      throughput = CASE WHEN ${throughput} < 99999999.99995 THEN ${throughput} END
    FROM sent
    WHERE execution.id = $1::bigint
    RETURNING execution.pipeline_id, sent.*
  ), advanced AS (
    UPDATE pipeline SET
      watermark = pipeline.next_watermark,
      load_lineage = false,
      last_target_insert = CASE WHEN ended.inserts > 0 THEN ended.end_date ELSE last_target_insert END,
      last_target_update = CASE WHEN ended.updates > 0 THEN ended.end_date ELSE last_target_update END,
      last_target_soft_delete = CASE WHEN ended.soft_deletes > 0 THEN ended.end_date ELSE last_target_soft_delete END
    FROM ended
    WHERE pipeline.id = ended.pipeline_id AND ended.completed_successfully
  )
  SELECT FROM ended`;

function endRefusal(error: unknown): Refusal | undefined {
  switch (sqlState(error)) {
    case "23514":
      return new Refusal("invalid", "END_NOT_AFTER_START", "end_date must be greater than start_date");
    case "22003":
      return new Refusal("invalid", "DURATION_OUT_OF_RANGE", "end_date is too far away from start_date");
    default:
      return undefined;
  }
}

/** One execution with those that it started itself, as a JSON object. */
export async function getExecution(database: Database, id: string): Promise<JsonText> {
  const [row] = await database.query<{ execution: JsonText }>(
    `SELECT row_to_json(row) AS execution FROM (
      SELECT ${rowColumns}, (
        SELECT coalesce(json_agg(child), '[]') FROM (
          SELECT ${rowColumns}, '[]'::json AS child_executions
          FROM pipeline_execution WHERE parent_id = $1::bigint ORDER BY id
        ) AS child
      ) AS child_executions
      FROM pipeline_execution WHERE id = $1::bigint
    ) AS row`,
    [id],
  );
  if (row === undefined) throw executionNotFound();
  return row.execution;
}

const rowColumns = `
  id, parent_id, pipeline_id,
  ${momentSql("start_date")} AS start_date,
  ${momentSql("end_date")} AS end_date,
  duration_seconds, completed_successfully, inserts, updates, soft_deletes, total_rows,
  watermark, next_watermark, execution_metadata, anomaly_flags, throughput::float8 AS throughput`;

function executionNotFound(): Refusal {
  return new Refusal("not found", "EXECUTION_NOT_FOUND", "Pipeline execution not found");
}
