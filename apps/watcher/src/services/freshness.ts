import type { Database, Queries } from "../store/database.ts";
import { openAlertsSql, resolveAlertsSql, type Channels } from "./alerts.ts";
import { laterSql } from "./dateparts.ts";
import { momentSql, type JsonText } from "./json-rows.ts";
import { conditions, pageJson } from "./pages.ts";

/**
 * Logs the active pipelines whose targets have not changed for longer than they or their types allow, once for each
 * last change, and gives how many are new. Alerts of pipelines that changed since are resolved.
 */
export function checkFreshness(database: Database, channels: Channels): Promise<{ readonly overdue: number }> {
  return database.transaction(async (transaction) => {
    await transaction.query(resolveAlertsSql(isFresh));
    const [check] = await transaction.query<{ overdue: number }>(logOverdue, [JSON.stringify(channels)]);
    return { overdue: check?.overdue ?? 0 };
  });
}

const lastChange = "greatest(last_target_insert, last_target_update, last_target_soft_delete)";

/** Nothing is left to say: the target has changed since the alert, or nobody wants to know any more. */
const isFresh = `kind = 'freshness' AND EXISTS (
  SELECT FROM pipeline JOIN pipeline_type AS type ON type.id = pipeline.pipeline_type_id
  WHERE pipeline.id = alert.pipeline_id AND (
    ${lastChange} > (alert.details ->> 'last_change')::timestamptz
    OR NOT pipeline.active OR pipeline.mute_freshness_check OR type.mute_freshness_check
  )
)`;

const logOverdue = `
  WITH watched AS (
    SELECT pipeline.id, pipeline.name, ${lastChange} AS last_change, own.complete AS used_child_config,
      CASE WHEN own.complete THEN pipeline.freshness_number ELSE type.freshness_number END AS number,
      CASE WHEN own.complete THEN pipeline.freshness_datepart ELSE type.freshness_datepart END AS datepart
    FROM pipeline
    JOIN pipeline_type AS type ON type.id = pipeline.pipeline_type_id
    CROSS JOIN LATERAL (
      SELECT pipeline.freshness_number IS NOT NULL AND pipeline.freshness_datepart IS NOT NULL AS complete
    ) AS own
    WHERE pipeline.active AND NOT pipeline.mute_freshness_check AND NOT type.mute_freshness_check
  ), logged AS (
    INSERT INTO freshness_pipeline_log
      (pipeline_id, last_dml_timestamp, evaluation_timestamp, freshness_number, freshness_datepart, used_child_config)
    SELECT id, last_change, now(), number, datepart, used_child_config FROM watched
    WHERE last_change IS NOT NULL AND number IS NOT NULL AND datepart IS NOT NULL
      AND ${laterSql("last_change", "number", "datepart")} < now()
    ORDER BY id
    ON CONFLICT (last_dml_timestamp, pipeline_id) DO NOTHING
    RETURNING *
  ), news AS (
    SELECT 'freshness' AS kind, 'freshness:pipeline:' || watched.id AS subject, 'warning' AS level,
      watched.id AS pipeline_id, NULL::bigint AS pipeline_execution_id,
      format('%s (ID: %s): Last DML %s, Expected within %s %s', watched.name, watched.id,
        ${momentSql("last_change")}, number, lower(datepart::text) || CASE number WHEN 1 THEN '' ELSE 's' END) AS summary,
      jsonb_build_object('last_change', last_change, 'number', number, 'datepart', lower(datepart::text)) AS details,
      NULL::timestamptz AS resolved_at
    FROM logged JOIN watched ON watched.id = logged.pipeline_id
  ), ${openAlertsSql("news", "$1")}
  SELECT count(*) AS overdue FROM logged`;

export interface LogFilter {
  readonly pipeline_id?: string;
  /** The last id of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

/** A page of the log, the latest first. */
export function listFreshnessLog(database: Queries, { limit = 50, ...filter }: LogFilter): Promise<JsonText> {
  const { where, values } = conditions([
    ["pipeline_id = ?::bigint", filter.pipeline_id],
    ["id < ?::bigint", filter.cursor],
  ]);
  const query = `
    SELECT id, pipeline_id, ${momentSql("last_dml_timestamp")} AS last_dml_timestamp,
      ${momentSql("evaluation_timestamp")} AS evaluation_timestamp, freshness_number,
      lower(freshness_datepart::text) AS freshness_datepart, used_child_config, ${momentSql("created_at")} AS created_at
    FROM freshness_pipeline_log ${where} ORDER BY id DESC`;
  return pageJson(database, { query, values, cursor: "row.id", limit });
}
