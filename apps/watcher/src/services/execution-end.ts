import { sqlState, type Database } from "../store/database.ts";
import { executionNotFound } from "./executions.ts";
import { printJson } from "./json.ts";
import { Refusal } from "./refusal.ts";

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

/** What the end of an execution leaves to be done. */
export interface EndedExecution {
  /** Whether its measures are waiting to be held to the pipeline's anomaly rules. */
  readonly to_check: boolean;
}

/**
 * Records that an execution ended; again, if it had ended before. A successful end moves the pipeline's watermark on,
 * marks when its target last changed, and asks for the check of its measures: all in one statement, so that none of it
 * is ever missing.
 */
export async function endExecution(database: Database, end: ExecutionEnd): Promise<EndedExecution> {
  const [execution] = await database
    .query<EndedExecution>(updateExecution, [end.id, printJson(end)])
    .catch((error: unknown) => {
      throw endRefusal(error) ?? error;
    });
  if (execution === undefined) throw executionNotFound();
  return execution;
}

/** Rounds half away from zero, as numeric does and double precision does not. */
const duration = "round(extract(epoch FROM sent.end_date - execution.start_date)::numeric)";

/** jsonb_populate_record leaves the columns alone that were not sent; jsonb_to_record makes them NULL. */
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
      throughput = CASE ${duration} WHEN 0 THEN sent.total_rows * 0.0 ELSE sent.total_rows / ${duration} END
    FROM sent
    WHERE execution.id = $1::bigint
    RETURNING execution.id, execution.pipeline_id, sent.*
  ), advanced AS (
    UPDATE pipeline SET
      watermark = pipeline.next_watermark,
      load_lineage = false,
      last_target_insert = CASE WHEN ended.inserts > 0 THEN ended.end_date ELSE last_target_insert END,
      last_target_update = CASE WHEN ended.updates > 0 THEN ended.end_date ELSE last_target_update END,
      last_target_soft_delete = CASE WHEN ended.soft_deletes > 0 THEN ended.end_date ELSE last_target_soft_delete END
    FROM ended
    WHERE pipeline.id = ended.pipeline_id AND ended.completed_successfully
  ), to_check AS (
    INSERT INTO anomaly_check (pipeline_execution_id)
    SELECT ended.id FROM ended
    WHERE ended.completed_successfully
      AND EXISTS (SELECT FROM anomaly_detection_rule AS rule WHERE rule.pipeline_id = ended.pipeline_id AND rule.active)
    ON CONFLICT DO NOTHING
    RETURNING true
  )
  SELECT EXISTS (SELECT FROM to_check) AS to_check FROM ended`;

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
