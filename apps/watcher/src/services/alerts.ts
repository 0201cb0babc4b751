import type { Queries } from "../store/database.ts";
import { momentSql, type JsonText } from "./json-rows.ts";
import { conditions, pageJson } from "./pages.ts";

export const alertKinds = ["anomaly", "freshness", "timeliness", "queue"] as const;

export type AlertKind = (typeof alertKinds)[number];

/** The names of the channels that alerts go to. */
export type Channels = readonly string[];

/**
 * CTEs that open an alert for each row of another CTE, with the columns kind, subject, level, pipeline_id,
 * pipeline_execution_id, summary, details and resolved_at, and ask for its delivery. A subject whose alert is open
 * already gets no second one. `channels` is the parameter with the channels' names as a JSON list.
 */
export function openAlertsSql(rows: string, channels: string): string {
  return `opened AS (
    INSERT INTO alert
      (kind, subject, level, pipeline_id, pipeline_execution_id, summary, details, resolved_at)
    SELECT kind, subject, level, pipeline_id, pipeline_execution_id, summary, details, resolved_at FROM ${rows}
    ON CONFLICT (subject) WHERE resolved_at IS NULL DO NOTHING
    RETURNING id
  ), announced AS (
    INSERT INTO alert_delivery (alert_id, channel, event)
    SELECT opened.id, channel, 'opened' FROM opened CROSS JOIN jsonb_array_elements_text(${channels}::jsonb) AS channel
  )`;
}

/** Resolves the open alerts for which a condition on `alert` holds; channels that were told of one are told of it. */
export function resolveAlertsSql(condition: string): string {
  return `
    WITH resolved AS (
      UPDATE alert SET resolved_at = now() WHERE resolved_at IS NULL AND ${condition} RETURNING id
    ), announced AS (
      INSERT INTO alert_delivery (alert_id, channel, event)
      SELECT alert_id, channel, 'resolved' FROM alert_delivery JOIN resolved ON resolved.id = alert_id
      WHERE event = 'opened'
      ON CONFLICT DO NOTHING
    )
    SELECT count(*) FROM resolved`;
}

export interface AlertFilter {
  readonly kind?: AlertKind;
  readonly pipeline_id?: string;
  readonly open?: boolean;
  /** The last id of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

/** A page of alerts, the latest first. */
export function listAlerts(database: Queries, { limit = 50, ...filter }: AlertFilter): Promise<JsonText> {
  const { where, values } = conditions([
    ["kind = ?", filter.kind],
    ["pipeline_id = ?::bigint", filter.pipeline_id],
    ["(resolved_at IS NULL) = ?", filter.open],
    ["id < ?::bigint", filter.cursor],
  ]);
  const query = `
    SELECT id, kind, level, pipeline_id, pipeline_execution_id, summary, details,
      ${momentSql("opened_at")} AS opened_at, ${momentSql("resolved_at")} AS resolved_at
    FROM alert ${where} ORDER BY id DESC`;
  return pageJson(database, { query, values, cursor: "row.id", limit });
}
