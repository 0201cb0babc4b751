import type { Operations } from "limbeck";

export const revision = "20261122154714";
export const downRevision = "20261122154711";
export const branchLabels = null;
export const dependsOn = null;

/** Indexes for the lists of executions, anomalies and logs, and for the checks that look for late executions. */
const indexes: readonly [name: string, table: string, columns: readonly string[], where?: string][] = [
  ["ix_pipeline_execution_pipeline_id", "pipeline_execution", ["pipeline_id", "id"]],
  ["ix_pipeline_execution_running", "pipeline_execution", ["id"], "end_date IS NULL"],
  ["ix_pipeline_execution_failed", "pipeline_execution", ["id"], "NOT completed_successfully"],
  ["ix_anomaly_detection_result_rule_id", "anomaly_detection_result", ["rule_id", "pipeline_execution_id"]],
  ["ix_freshness_pipeline_log_pipeline_id", "freshness_pipeline_log", ["pipeline_id", "id"]],
  ["ix_timeliness_log_pipeline_id", "timeliness_pipeline_execution_log", ["pipeline_id", "pipeline_execution_id"]],
];

/** The end of an execution is near those of its neighbours on disk: a few pages of BRIN find the last hour's. */
const endIndex = "ix_pipeline_execution_end_date";

/** Give lists and checks indexes by which they find their executions. */
export function upgrade(op: Operations): void {
  for (const [name, table, columns, where] of indexes) {
    op.createIndex(name, table, columns, { concurrently: true, ...(where !== undefined && { where }) });
  }
  op.createIndex(endIndex, "pipeline_execution", ["end_date"], { using: "brin", concurrently: true });
}

export function downgrade(op: Operations): void {
  op.dropIndex(endIndex, { table: "pipeline_execution", concurrently: true });
  for (const [name, table] of indexes.toReversed()) op.dropIndex(name, { table, concurrently: true });
}
