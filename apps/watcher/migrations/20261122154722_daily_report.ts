import type { Operations } from "limbeck";

export const revision = "20261122154722";
export const downRevision = "20261122154719";
export const branchLabels = null;
export const dependsOn = null;

const report = "daily_pipeline_report";

/** Keep the daily report of the last 30 days, which the API reads and a job refreshes. */
export function upgrade(op: Operations): void {
  op.createMaterializedView(
    report,
    `SELECT
      execution.date_recorded,
      pipeline.id AS pipeline_id,
      pipeline.name AS pipeline_name,
      type.name AS pipeline_type_name,
      count(*) AS total_executions,
      count(*) FILTER (WHERE NOT execution.completed_successfully) AS failed_executions,
      round(count(*) FILTER (WHERE NOT execution.completed_successfully) * 100.0 / count(*), 2) AS error_percentage,
      coalesce(sum(execution.inserts), 0) AS daily_inserts,
      coalesce(sum(execution.updates), 0) AS daily_updates,
      coalesce(sum(execution.soft_deletes), 0) AS daily_soft_deletes,
      coalesce(sum(execution.total_rows), 0) AS daily_total_rows,
      round(avg(coalesce(execution.duration_seconds, 0)), 2) AS avg_duration_seconds,
      round(sum(execution.total_rows)::numeric / nullif(sum(execution.duration_seconds), 0), 4) AS daily_throughput,
      count(*) OVER (PARTITION BY execution.date_recorded) AS rows_of_day,
      count(*) OVER (PARTITION BY execution.date_recorded, type.name) AS rows_of_type
    FROM pipeline_execution AS execution
    JOIN pipeline ON pipeline.id = execution.pipeline_id
    JOIN pipeline_type AS type ON type.id = pipeline.pipeline_type_id
    WHERE execution.date_recorded >= (now() AT TIME ZONE 'UTC')::date - 30
      AND execution.date_recorded < (now() AT TIME ZONE 'UTC')::date
    GROUP BY execution.date_recorded, pipeline.id, pipeline.name, type.name`,
  );
  op.createIndex("ux_daily_pipeline_report", report, ["pipeline_name", "date_recorded"], { unique: true });
  const newestFirst = { column: "date_recorded", order: "desc" } as const;
  op.createIndex("ix_daily_pipeline_report_date", report, [newestFirst, "pipeline_name"]);
  op.createIndex("ix_daily_pipeline_report_type", report, ["pipeline_type_name", newestFirst, "pipeline_name"]);
}

export function downgrade(op: Operations): void {
  op.dropMaterializedView(report);
}
