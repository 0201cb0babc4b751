import type { Queries } from "../store/database.ts";
import { statusSql, type ExecutionStatus } from "./executions.ts";
import { momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { conditions, pageJson } from "./pages.ts";

/** What needs a look now: what runs, what failed within a day, which alerts are open. At most 50 of each, and how many. */
export async function getOverview(database: Queries): Promise<JsonText> {
  return (await rowJson(database, overview, [])) ?? "{}";
}

const lastDay = "execution.start_date >= now() - interval '24 hours'";

/** The newest rows of a table under a condition, each with the name of its pipeline, as a JSON list. */
const newest = (table: string, columns: string, condition: string) => `(
  SELECT coalesce(json_agg(row), '[]') FROM (
    SELECT ${table}.id, ${table}.pipeline_id, pipeline.name AS pipeline_name, ${columns}
    FROM ${table} LEFT JOIN pipeline ON pipeline.id = ${table}.pipeline_id
    WHERE ${condition} ORDER BY ${table}.id DESC LIMIT 50
  ) AS row)`;

/** The usual time is that of the last successes. */
const runningColumns = `
  execution.parent_id, ${momentSql("execution.start_date")} AS start_date, (
    SELECT avg(past.duration_seconds)::float8 FROM (
      SELECT duration_seconds FROM pipeline_execution
      WHERE pipeline_id = execution.pipeline_id AND id < execution.id AND completed_successfully
      ORDER BY id DESC LIMIT 20
    ) AS past
  ) AS usual_seconds`;

const failedColumns = `
  ${momentSql("execution.start_date")} AS start_date, ${momentSql("execution.end_date")} AS end_date,
  execution.duration_seconds, EXISTS (
    SELECT FROM pipeline_execution AS later
    WHERE later.pipeline_id = execution.pipeline_id AND later.id > execution.id AND later.completed_successfully
  ) AS recovered`;

const alertColumns = `
  alert.kind, alert.level, alert.pipeline_execution_id, alert.summary, alert.details,
  ${momentSql("alert.opened_at")} AS opened_at`;

const executions = (columns: string, condition: string) =>
  newest("execution", columns, condition).replace("FROM execution", "FROM pipeline_execution AS execution");

const overview = `
  SELECT ${momentSql("now()")} AS now,
    (SELECT count(*) FROM pipeline) AS pipelines,
    (SELECT count(*) FROM pipeline_execution WHERE end_date IS NULL) AS running_count,
    ${executions(runningColumns, "execution.end_date IS NULL")} AS running,
    (SELECT count(*) FROM pipeline_execution AS execution WHERE NOT completed_successfully AND ${lastDay})
      AS failed_count,
    ${executions(failedColumns, `NOT execution.completed_successfully AND ${lastDay}`)} AS failed,
    (SELECT coalesce(json_object_agg(kind, open), '{}') FROM (
      SELECT kind, count(*) AS open FROM alert WHERE resolved_at IS NULL GROUP BY kind
    ) AS kinds) AS alert_counts,
    ${newest("alert", alertColumns, "alert.resolved_at IS NULL AND alert.kind IN ('freshness', 'timeliness', 'queue')")}
      AS late,
    ${newest("alert", alertColumns, "alert.resolved_at IS NULL AND alert.kind = 'anomaly'")} AS anomalies`;

/** How many executions started in each of the last 24 hours, and how they ended. */
export async function getActivity(database: Queries): Promise<JsonText> {
  return (await rowJson(database, activity, [])) ?? "{}";
}

const activity = `
  SELECT json_agg(json_build_object('hour', ${momentSql("hour")}, 'succeeded', coalesce(succeeded, 0),
    'failed', coalesce(failed, 0), 'running', coalesce(running, 0)) ORDER BY hour) AS hours
  FROM generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), '1 hour') AS hour
  LEFT JOIN (
    SELECT date_trunc('hour', start_date) AS hour,
      count(*) FILTER (WHERE ${statusSql.succeeded}) AS succeeded,
      count(*) FILTER (WHERE ${statusSql.failed}) AS failed,
      count(*) FILTER (WHERE ${statusSql.running}) AS running
    FROM pipeline_execution
    WHERE start_date >= date_trunc('hour', now()) - interval '23 hours' AND start_date < now() + interval '1 hour'
    GROUP BY 1
  ) AS started USING (hour)`;

/** Which pipelines to list. */
export interface PipelineOverviewFilter {
  /** Part of a name. */
  readonly search?: string;
  /** How the last execution stands. */
  readonly status?: ExecutionStatus;
  /** The last name of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

/** A page of pipelines by name, each with its last executions, the latest first, and the kinds of its open alerts. */
export function listPipelineOverviews(database: Queries, filter: PipelineOverviewFilter): Promise<JsonText> {
  const { status, limit = 50 } = filter;
  const { where, values } = conditions([
    ["strpos(pipeline.name, ?) > 0", filter.search?.toLowerCase()],
    ["pipeline.name > ?", filter.cursor],
  ]);
  const ofStatus =
    status === undefined
      ? ""
      : `JOIN LATERAL (
      SELECT FROM (
        SELECT * FROM pipeline_execution WHERE pipeline_id = pipeline.id ORDER BY id DESC LIMIT 1
      ) AS last WHERE ${statusSql[status]}
    ) AS wanted ON true`;
  const query = `
    SELECT pipeline.id, pipeline.name, type.name AS pipeline_type_name, pipeline.active, pipeline.watermark, (
      SELECT coalesce(json_agg(run ORDER BY run.id DESC), '[]') FROM (
        SELECT id, ${momentSql("start_date")} AS start_date, duration_seconds, completed_successfully, total_rows
        FROM pipeline_execution WHERE pipeline_id = pipeline.id ORDER BY id DESC LIMIT 24
      ) AS run
    ) AS runs, (
      SELECT coalesce(json_agg(DISTINCT kind), '[]') FROM alert
      WHERE pipeline_id = pipeline.id AND resolved_at IS NULL
    ) AS alerts
    FROM pipeline
    JOIN pipeline_type AS type ON type.id = pipeline.pipeline_type_id
    ${ofStatus} ${where} ORDER BY pipeline.name`;
  return pageJson(database, { query, values, cursor: "row.name", limit });
}
