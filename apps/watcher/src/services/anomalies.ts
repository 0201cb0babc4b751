import type { Database, Queries } from "../store/database.ts";
import { resolveAlertsSql } from "./alerts.ts";
import type { Metric } from "./anomaly-rules.ts";
import { executionNotFound } from "./executions.ts";
import { momentSql, type JsonText } from "./json-rows.ts";
import { conditions, pageJson } from "./pages.ts";
import { Refusal } from "./refusal.ts";

/** Takes back that metrics of an execution are anomalies: it counts as history again, and its alert is resolved. */
export function unflagAnomalies(database: Database, execution: string, metrics: readonly Metric[]): Promise<void> {
  return database.transaction(async (transaction) => {
    const [found] = await transaction.query<{ flagged: string }>(
      `SELECT coalesce((
          SELECT jsonb_agg(metric) FROM jsonb_array_elements_text($2::jsonb) AS metric
          WHERE anomaly_flags ->> metric = 'true'
        ), '[]') AS flagged
      FROM pipeline_execution WHERE id = $1::bigint FOR NO KEY UPDATE`,
      [execution, JSON.stringify(metrics)],
    );
    if (found === undefined) throw executionNotFound();
    if (found.flagged === "[]") {
      throw new Refusal("not found", "ANOMALY_NOT_FOUND", "No anomaly of these metrics is flagged for this execution");
    }
    await transaction.query(unflag, [execution, found.flagged]);
    await transaction.query(
      resolveAlertsSql(`subject = 'anomaly:execution:' || $1::bigint AND NOT EXISTS (
        SELECT FROM anomaly_detection_result WHERE pipeline_execution_id = $1::bigint
      )`),
      [execution],
    );
  });
}

const unflag = `
  WITH gone AS (
    DELETE FROM anomaly_detection_result AS result USING anomaly_detection_rule AS rule
    WHERE result.pipeline_execution_id = $1::bigint AND rule.id = result.rule_id
      AND $2::jsonb ? lower(rule.metric_field::text)
  )
  UPDATE pipeline_execution SET anomaly_flags = anomaly_flags || (
    SELECT jsonb_object_agg(metric, false) FROM jsonb_array_elements_text($2::jsonb) AS metric
  )
  WHERE id = $1::bigint`;

export interface AnomalyFilter {
  readonly pipeline_id?: string;
  readonly pipeline_execution_id?: string;
  readonly metric_field?: Metric;
  /** Where the page before ended: an execution's id and a rule's. */
  readonly cursor?: readonly [execution: string, rule: string];
  readonly limit?: number;
}

/** A page of anomalies, those of the latest executions first. */
export function listAnomalies(database: Queries, { limit = 50, cursor, ...filter }: AnomalyFilter): Promise<JsonText> {
  const { where, values } = conditions([
    ["rule.pipeline_id = ?::bigint", filter.pipeline_id],
    ["result.pipeline_execution_id = ?::bigint", filter.pipeline_execution_id],
    ["rule.metric_field = ?::anomalymetricfieldenum", filter.metric_field?.toUpperCase()],
    ["result.pipeline_execution_id <= ?::bigint", cursor?.[0]],
    [
      "(result.pipeline_execution_id, -result.rule_id::bigint) < ((?::text::jsonb ->> 0)::bigint, -(?::text::jsonb ->> 1)::bigint)",
      cursor && JSON.stringify(cursor),
    ],
  ]);
  const query = `
    SELECT result.pipeline_execution_id, result.rule_id, rule.pipeline_id, lower(rule.metric_field::text) AS metric_field,
      result.violation_value::float8, result.z_score::float8, result.historical_mean::float8,
      result.std_deviation_value::float8, result.z_threshold::float8, result.threshold_min_value::float8,
      result.threshold_max_value::float8, result.context, ${momentSql("result.detected_at")} AS detected_at
    FROM anomaly_detection_result AS result
    JOIN anomaly_detection_rule AS rule ON rule.id = result.rule_id
    ${where}
    ORDER BY result.pipeline_execution_id DESC, result.rule_id`;
  return pageJson(database, { query, values, cursor: "row.pipeline_execution_id || '-' || row.rule_id", limit });
}
