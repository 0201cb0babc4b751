import type { Queries } from "../store/database.ts";
import { momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { conditions, pageJson } from "./pages.ts";
import { Refusal } from "./refusal.ts";

/** One execution with those that it started itself, as a JSON object. */
export async function getExecution(database: Queries, id: string): Promise<JsonText> {
  const execution = await rowJson(
    database,
    `SELECT ${rowColumns}, (
      SELECT coalesce(json_agg(child), '[]') FROM (
        SELECT ${rowColumns}, '[]'::json AS child_executions
        FROM pipeline_execution WHERE parent_id = $1::bigint ORDER BY id
      ) AS child
    ) AS child_executions
    FROM pipeline_execution WHERE id = $1::bigint`,
    [id],
  );
  if (execution === undefined) throw executionNotFound();
  return execution;
}

/** Which executions to list. Moments are in UTC. */
export interface ExecutionFilter {
  readonly pipeline_id?: string;
  readonly parent_id?: string;
  readonly status?: ExecutionStatus;
  readonly anomalous?: boolean;
  /** Started at this moment or later. */
  readonly started_from?: string;
  /** Started before this moment. */
  readonly started_before?: string;
  /** The last id of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

export const executionStatuses = ["running", "succeeded", "failed"] as const;

export type ExecutionStatus = (typeof executionStatuses)[number];

/** The condition on an execution that has a status. */
export const statusSql: Readonly<Record<ExecutionStatus, string>> = {
  running: "end_date IS NULL",
  succeeded: "completed_successfully",
  failed: "NOT completed_successfully",
};

/** A page of executions, the latest first. */
export function listExecutions(database: Queries, filter: ExecutionFilter): Promise<JsonText> {
  const { status, limit = 50 } = filter;
  const { where, values } = conditions([
    ["pipeline_id = ?::bigint", filter.pipeline_id],
    ["parent_id = ?::bigint", filter.parent_id],
    ["start_date >= ?::timestamptz", filter.started_from],
    ["start_date < ?::timestamptz", filter.started_before],
    ["coalesce(anomaly_flags::text LIKE '%true%', false) = ?", filter.anomalous],
    ["id < ?::bigint", filter.cursor],
  ]);
  // Written out, since the planner knows an index with a condition by the condition's own words.
  const ofStatus = status === undefined ? "" : `${where === "" ? "WHERE" : "AND"} ${statusSql[status]}`;
  const query = `SELECT ${rowColumns} FROM pipeline_execution ${where} ${ofStatus} ORDER BY id DESC`;
  return pageJson(database, { query, values, cursor: "row.id", limit });
}

const rowColumns = `
  id, parent_id, pipeline_id,
  ${momentSql("start_date")} AS start_date,
  ${momentSql("end_date")} AS end_date,
  duration_seconds, completed_successfully, inserts, updates, soft_deletes, total_rows,
  watermark, next_watermark, execution_metadata, anomaly_flags, throughput::float8 AS throughput`;

export function executionNotFound(): Refusal {
  return new Refusal("not found", "EXECUTION_NOT_FOUND", "Pipeline execution not found");
}
