import { anyObject, boolean, dateTime, integer, list, nullable, number, object, string } from "./description.ts";

// What the rows of the API look like, for its description.

const datePart = { type: "string", enum: ["minute", "hour", "day", "week", "month", "year"] };
const dated = { created_at: dateTime, updated_at: nullable(dateTime) };
const limits = {
  freshness_number: nullable(integer),
  freshness_datepart: nullable(datePart),
  mute_freshness_check: boolean,
  timeliness_number: nullable(integer),
  timeliness_datepart: nullable(datePart),
  mute_timeliness_check: boolean,
};

export const pipelineRow = object({
  id: integer,
  name: string,
  pipeline_type_id: integer,
  watermark: nullable(string),
  next_watermark: nullable(string),
  pipeline_metadata: nullable(anyObject),
  last_target_insert: nullable(dateTime),
  last_target_update: nullable(dateTime),
  last_target_soft_delete: nullable(dateTime),
  ...limits,
  load_lineage: boolean,
  active: boolean,
  input_hash: string,
  ...dated,
});

export const pipelineTypeRow = object({ id: integer, name: string, ...limits, ...dated });

export const addressTypeRow = object({ id: integer, name: string, group_name: string, ...dated });

export const addressRow = object({
  id: integer,
  name: string,
  address_type_id: integer,
  database_name: nullable(string),
  schema_name: nullable(string),
  table_name: nullable(string),
  primary_key: nullable(string),
  address_metadata: nullable(anyObject),
  input_hash: string,
  ...dated,
});

export const executionRow = object({
  id: integer,
  parent_id: nullable(integer),
  pipeline_id: integer,
  start_date: dateTime,
  end_date: nullable(dateTime),
  duration_seconds: nullable(integer),
  completed_successfully: nullable(boolean),
  inserts: nullable(integer),
  updates: nullable(integer),
  soft_deletes: nullable(integer),
  total_rows: nullable(integer),
  watermark: nullable(string),
  next_watermark: nullable(string),
  execution_metadata: nullable(anyObject),
  anomaly_flags: nullable({ type: "object", additionalProperties: boolean }),
  throughput: nullable(number),
});

export const executionTree = object({
  root: integer,
  truncated: boolean,
  executions: list(
    object({
      id: integer,
      parent_id: nullable(integer),
      pipeline_id: integer,
      pipeline_name: string,
      start_date: dateTime,
      end_date: nullable(dateTime),
      duration_seconds: nullable(integer),
      completed_successfully: nullable(boolean),
      total_rows: nullable(integer),
      anomalous: boolean,
    }),
  ),
});

export const ruleRow = object({
  id: integer,
  pipeline_id: integer,
  metric_field: string,
  z_threshold: nullable(string),
  lookback_days: integer,
  minimum_executions: integer,
  active: boolean,
  ...dated,
});

export const anomalyRow = object({
  pipeline_execution_id: integer,
  rule_id: integer,
  pipeline_id: integer,
  metric_field: string,
  violation_value: nullable(number),
  z_score: nullable(number),
  historical_mean: nullable(number),
  std_deviation_value: nullable(number),
  z_threshold: nullable(number),
  threshold_min_value: nullable(number),
  threshold_max_value: nullable(number),
  context: nullable(anyObject),
  detected_at: dateTime,
});

export const freshnessRow = object({
  id: integer,
  pipeline_id: integer,
  last_dml_timestamp: nullable(dateTime),
  evaluation_timestamp: nullable(dateTime),
  freshness_number: integer,
  freshness_datepart: datePart,
  used_child_config: boolean,
  created_at: dateTime,
});

export const timelinessRow = object({
  pipeline_execution_id: integer,
  pipeline_id: integer,
  duration_seconds: integer,
  seconds_threshold: integer,
  execution_status: string,
  timely_number: integer,
  timely_datepart: datePart,
  used_child_config: boolean,
  created_at: dateTime,
});

export const alertRow = object({
  id: integer,
  kind: string,
  level: string,
  pipeline_id: nullable(integer),
  pipeline_execution_id: nullable(integer),
  summary: string,
  details: {},
  opened_at: dateTime,
  resolved_at: nullable(dateTime),
});

export const lineageGraph = object({
  nodes: list(
    object({
      id: integer,
      name: string,
      address_type_name: string,
      address_type_group_name: string,
      address_metadata: nullable(anyObject),
    }),
  ),
  edges: list(
    object({
      source_address_id: integer,
      target_address_id: integer,
      depth: integer,
      lineage_path: list(integer),
      pipeline_id: integer,
      pipeline_name: string,
      pipeline_type_name: string,
      pipeline_metadata: nullable(anyObject),
      pipeline_active: boolean,
    }),
  ),
});

export const dailyReport = object({
  data: list(
    object({
      date_recorded: { type: "string", format: "date" },
      pipeline_name: string,
      pipeline_type_name: string,
      total_executions: integer,
      failed_executions: integer,
      error_percentage: number,
      daily_inserts: integer,
      daily_updates: integer,
      daily_soft_deletes: integer,
      daily_total_rows: integer,
      avg_duration_seconds: number,
      daily_throughput: number,
    }),
  ),
  pagination: object({
    page: integer,
    page_size: integer,
    total_records: integer,
    total_pages: integer,
    has_next: boolean,
    has_prev: boolean,
  }),
});
