import type { Database, Queries } from "../store/database.ts";

/** What a cleanup deleted, under the original's names. There are no closure tables any more: those two stay zero. */
export interface CleanupTotals {
  readonly total_pipeline_executions_deleted: number;
  readonly total_timeliness_pipeline_execution_logs_deleted: number;
  readonly total_anomaly_detection_results_deleted: number;
  readonly total_pipeline_execution_closure_parent_deleted: number;
  readonly total_pipeline_execution_closure_child_deleted: number;
  readonly total_freshness_pipeline_logs_deleted: number;
}

export interface CleanupOptions {
  /** Days to keep, counted back from today in UTC. */
  readonly retentionDays: number;
  /** The most rows of a table that one transaction deletes. */
  readonly batchSize: number;
  readonly signal?: AbortSignal;
}

/**
 * Deletes the executions that started on the day before the retention or earlier, with what was recorded of them, and
 * logs as old. Each batch is committed by itself: a cleanup that is interrupted goes on where it was.
 */
export async function cleanUp(database: Database, options: CleanupOptions): Promise<CleanupTotals> {
  const freshness = await inBatches(database, options, freshnessBatch);
  const executions = await inBatches(database, options, executionsBatch);
  await inBatches(database, options, alertsBatch);
  await inBatches(database, { ...options, retentionDays: 1 }, startsBatch);
  return {
    total_pipeline_executions_deleted: executions["executions"] ?? 0,
    total_timeliness_pipeline_execution_logs_deleted: executions["timeliness"] ?? 0,
    total_anomaly_detection_results_deleted: executions["results"] ?? 0,
    total_pipeline_execution_closure_parent_deleted: 0,
    total_pipeline_execution_closure_child_deleted: 0,
    total_freshness_pipeline_logs_deleted: freshness["logs"] ?? 0,
  };
}

/** A hundred thousand years: nothing is older, and PostgreSQL can count that far back from nothing less. */
const mostDays = 700_000;

async function inBatches(
  database: Queries,
  { retentionDays, batchSize, signal }: CleanupOptions,
  batch: string,
): Promise<Record<string, number>> {
  const totals: Record<string, number> = {};
  while (!signal?.aborted) {
    const [deleted] = await database.query<{ batch: number }>(batch, [Math.min(retentionDays, mostDays), batchSize]);
    const { batch: size = 0, ...counts } = { ...deleted };
    for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + Number(count);
    if (size < batchSize) break;
  }
  return totals;
}

const cutoff = "((now() AT TIME ZONE 'UTC')::date - $1::integer)::timestamp AT TIME ZONE 'UTC'";

const freshnessBatch = `
  WITH batch AS (
    SELECT id FROM freshness_pipeline_log WHERE last_dml_timestamp <= ${cutoff} LIMIT $2::integer
  ), gone AS (
    DELETE FROM freshness_pipeline_log USING batch WHERE freshness_pipeline_log.id = batch.id RETURNING 1
  )
  SELECT (SELECT count(*) FROM batch) AS batch, (SELECT count(*) FROM gone) AS logs`;

/** A younger child of a deleted execution becomes a root. */
const executionsBatch = `
  WITH batch AS MATERIALIZED (
    SELECT id FROM pipeline_execution WHERE start_date <= ${cutoff} ORDER BY start_date LIMIT $2::integer
  ), timeliness AS (
    DELETE FROM timeliness_pipeline_execution_log AS log USING batch WHERE log.pipeline_execution_id = batch.id
    RETURNING 1
  ), results AS (
    DELETE FROM anomaly_detection_result AS result USING batch WHERE result.pipeline_execution_id = batch.id
    RETURNING 1
  ), orphans AS (
    UPDATE pipeline_execution AS child SET parent_id = NULL FROM batch
    WHERE child.parent_id = batch.id AND child.id NOT IN (SELECT id FROM batch)
  ), executions AS (
    DELETE FROM pipeline_execution AS execution USING batch WHERE execution.id = batch.id
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM batch) AS batch, (SELECT count(*) FROM executions) AS executions,
    (SELECT count(*) FROM timeliness) AS timeliness, (SELECT count(*) FROM results) AS results`;

const alertsBatch = `
  WITH batch AS (
    SELECT id FROM alert WHERE resolved_at <= ${cutoff} LIMIT $2::integer
  ), gone AS (
    DELETE FROM alert USING batch WHERE alert.id = batch.id
  )
  SELECT (SELECT count(*) FROM batch) AS batch`;

const startsBatch = `
  WITH batch AS (
    SELECT key_hash FROM start_request WHERE created_at <= now() - $1::integer * interval '1 day' LIMIT $2::integer
  ), gone AS (
    DELETE FROM start_request USING batch WHERE start_request.key_hash = batch.key_hash
  )
  SELECT (SELECT count(*) FROM batch) AS batch`;
