import type { Database, Queries } from "../store/database.ts";
import { openAlertsSql, resolveAlertsSql, type Channels } from "./alerts.ts";
import { laterSql } from "./dateparts.ts";
import type { LogFilter } from "./freshness.ts";
import { momentSql, type JsonText } from "./json-rows.ts";
import { conditions, pageJson } from "./pages.ts";

/**
 * Logs the executions of active pipelines that take, or took, longer than their pipelines or its types allow, each
 * once, and gives how many are new. It looks at executions that started within the lookback; where more time is
 * allowed than that, as far back as a run may take. Alerts of executions that have ended since are resolved.
 */
export function checkTimeliness(
  database: Database,
  lookbackMinutes: number,
  channels: Channels,
): Promise<{ readonly overdue: number }> {
  return database.transaction(async (transaction) => {
    await transaction.query(resolveAlertsSql(hasEnded));
    const [check] = await transaction.query<{ overdue: number }>(logOverdue, [
      JSON.stringify(channels),
      Math.min(lookbackMinutes, mostMinutes),
    ]);
    return { overdue: check?.overdue ?? 0 };
  });
}

/** A thousand years, which PostgreSQL can subtract from any of its moments that matters. */
const mostMinutes = 525_960_000;

const hasEnded = `kind = 'timeliness' AND EXISTS (
  SELECT FROM pipeline_execution WHERE id = alert.pipeline_execution_id AND end_date IS NOT NULL
)`;

const logOverdue = `
  WITH watched AS MATERIALIZED (
    SELECT pipeline.id, pipeline.name, own.complete AS used_child_config,
      CASE WHEN own.complete THEN pipeline.timeliness_number ELSE type.timeliness_number END AS number,
      CASE WHEN own.complete THEN pipeline.timeliness_datepart ELSE type.timeliness_datepart END AS datepart
    FROM pipeline
    JOIN pipeline_type AS type ON type.id = pipeline.pipeline_type_id
    CROSS JOIN LATERAL (
      SELECT pipeline.timeliness_number IS NOT NULL AND pipeline.timeliness_datepart IS NOT NULL AS complete
    ) AS own
    WHERE pipeline.active AND NOT pipeline.mute_timeliness_check AND NOT type.mute_timeliness_check
  ), patient AS MATERIALIZED (
    SELECT *, ${laterSql("now()", "number", "datepart")} - now() AS allowed FROM watched
    WHERE ${laterSql("now()", "number", "datepart")} >= now() + $2::integer * interval '1 minute'
  ), looked_at AS (
    SELECT id FROM pipeline_execution WHERE start_date >= now() - $2::integer * interval '1 minute'
    UNION
    SELECT execution.id FROM patient JOIN pipeline_execution AS execution ON execution.pipeline_id = patient.id
    WHERE (execution.end_date IS NULL OR execution.end_date >= now() - $2::integer * interval '1 minute')
      AND now() - execution.start_date <= patient.allowed + $2::integer * interval '1 minute'
  ), late AS MATERIALIZED (
    SELECT execution.id, execution.pipeline_id, watched.name, watched.number, watched.datepart,
      watched.used_child_config, execution.end_date,
      least(extract(epoch FROM coalesce(execution.end_date, now()) - execution.start_date), 2147483647)::integer
        AS seconds,
      least(extract(epoch FROM due - execution.start_date), 2147483647)::integer AS allowed_seconds
    FROM looked_at
    JOIN pipeline_execution AS execution ON execution.id = looked_at.id
    JOIN watched ON watched.id = execution.pipeline_id
    CROSS JOIN LATERAL (SELECT ${laterSql("execution.start_date", "watched.number", "watched.datepart")} AS due) AS limits
    WHERE (execution.end_date IS NULL OR execution.completed_successfully) AND coalesce(execution.end_date, now()) > due
  ), logged AS (
    INSERT INTO timeliness_pipeline_execution_log
      (pipeline_execution_id, pipeline_id, duration_seconds, seconds_threshold, execution_status, timely_number,
        timely_datepart, used_child_config)
    SELECT id, pipeline_id, seconds, allowed_seconds, CASE WHEN end_date IS NULL THEN 'running' ELSE 'completed' END,
      number, datepart, used_child_config
    FROM late
    ORDER BY id
    ON CONFLICT (pipeline_execution_id) DO NOTHING
    RETURNING *
  ), news AS (
    SELECT 'timeliness' AS kind, 'timeliness:execution:' || late.id AS subject, 'warning' AS level,
      late.pipeline_id, late.id AS pipeline_execution_id,
      format('Pipeline Execution ID: %s - ''%s'' (ID: %s): %s seconds (%s), Expected within %s %s', late.id, late.name,
        late.pipeline_id, seconds, logged.execution_status, number,
        lower(datepart::text) || CASE number WHEN 1 THEN '' ELSE 's' END) AS summary,
      jsonb_build_object('status', logged.execution_status, 'seconds', seconds, 'allowed_seconds', allowed_seconds)
        AS details,
      -- What has ended is told of once, and nothing is left to wait for.
      CASE WHEN end_date IS NOT NULL THEN now() END AS resolved_at
    FROM logged JOIN late ON late.id = logged.pipeline_execution_id
  ), ${openAlertsSql("news", "$1")}
  SELECT count(*) AS overdue FROM logged`;

/** A page of the log, the latest executions first. */
export function listTimelinessLog(database: Queries, { limit = 50, ...filter }: LogFilter): Promise<JsonText> {
  const { where, values } = conditions([
    ["pipeline_id = ?::bigint", filter.pipeline_id],
    ["pipeline_execution_id < ?::bigint", filter.cursor],
  ]);
  const query = `
    SELECT pipeline_execution_id, pipeline_id, duration_seconds, seconds_threshold, execution_status, timely_number,
      lower(timely_datepart::text) AS timely_datepart, used_child_config, ${momentSql("created_at")} AS created_at
    FROM timeliness_pipeline_execution_log ${where} ORDER BY pipeline_execution_id DESC`;
  return pageJson(database, { query, values, cursor: "row.pipeline_execution_id", limit });
}
