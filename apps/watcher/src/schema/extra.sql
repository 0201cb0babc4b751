-- What Drizzle has no words for in the target schema: indexes with INCLUDE, and a view with indexes.

CREATE UNIQUE INDEX ux_address_type_name_include ON address_type (name) INCLUDE (id);
CREATE UNIQUE INDEX ux_pipeline_type_name_include ON pipeline_type (name) INCLUDE (id);
CREATE UNIQUE INDEX ux_address_name_include ON address (name) INCLUDE (id);
CREATE UNIQUE INDEX ux_pipeline_name_include ON pipeline (name) INCLUDE (load_lineage, active, id);
CREATE INDEX ix_pipeline_pipeline_type_id_include ON pipeline (pipeline_type_id) INCLUDE (id);

CREATE INDEX ix_anomaly_detection_rule_pipeline_id_include
  ON anomaly_detection_rule (pipeline_id, active) INCLUDE (id);
CREATE UNIQUE INDEX ux_anomaly_detection_rule_composite_key_include
  ON anomaly_detection_rule (pipeline_id, metric_field) INCLUDE (id);

CREATE INDEX ix_pipeline_execution_date_recorded_seek
  ON pipeline_execution (date_recorded, pipeline_id) INCLUDE (id);
CREATE INDEX ix_pipeline_execution_start_date
  ON pipeline_execution (start_date) INCLUDE (id);
CREATE INDEX ix_pipeline_execution_hour_recorded
  ON pipeline_execution (pipeline_id, hour_recorded, end_date) INCLUDE (completed_successfully, id)
  WHERE end_date IS NOT NULL;

CREATE MATERIALIZED VIEW daily_pipeline_report AS
SELECT
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
GROUP BY execution.date_recorded, pipeline.id, pipeline.name, type.name;

CREATE UNIQUE INDEX ux_daily_pipeline_report ON daily_pipeline_report (pipeline_name, date_recorded);
CREATE INDEX ix_daily_pipeline_report_date ON daily_pipeline_report (date_recorded DESC, pipeline_name);
CREATE INDEX ix_daily_pipeline_report_type
  ON daily_pipeline_report (pipeline_type_name, date_recorded DESC, pipeline_name);
