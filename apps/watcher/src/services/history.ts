import type { Queries } from "../store/database.ts";
import type { Metric } from "./anomaly-rules.ts";
import { momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { pipelineNotFound } from "./pipelines.ts";

/** Which of a pipeline's executions to measure. */
export interface HistoryFilter {
  readonly metric: Metric;
  /** How many of the latest. */
  readonly limit?: number;
}

/**
 * What a metric was in the latest executions of a pipeline, the oldest first, each with the limits between which its
 * anomaly rule expected it: those that the check computes from the successes of the same hour within the lookback.
 * Limits are null without a rule, and while there are fewer executions than the rule asks for.
 */
export async function getHistory(
  database: Queries,
  pipeline: string,
  { metric, limit = 200 }: HistoryFilter,
): Promise<JsonText> {
  const history = await rowJson(database, historySql(metric), [pipeline, metric, limit]);
  if (history === undefined) throw pipelineNotFound();
  return history;
}

// A metric has the name of its column.
const historySql = (metric: Metric) => `
  WITH rule AS MATERIALIZED (
    SELECT * FROM anomaly_detection_rule
    WHERE pipeline_id = $1::bigint AND metric_field = upper($2::text)::anomalymetricfieldenum AND active
  ), shown AS MATERIALIZED (
    SELECT * FROM pipeline_execution WHERE pipeline_id = $1::bigint ORDER BY id DESC LIMIT $3::integer
  ), past AS (
    SELECT execution.id, count(usable) OVER earlier AS executions,
      avg(usable) OVER earlier AS mean, stddev_samp(usable) OVER earlier AS deviation
    FROM rule
    CROSS JOIN LATERAL (
      SELECT id, hour_recorded, coalesce(end_date, now()) AS ended,
        CASE WHEN completed_successfully AND anomaly_flags ->> $2 IS DISTINCT FROM 'true' THEN ${metric}::float8 END
          AS usable
      FROM pipeline_execution
      WHERE pipeline_id = $1::bigint
        AND start_date >= (SELECT min(start_date) FROM shown) - rule.lookback_days * interval '1 day'
    ) AS execution
    WINDOW earlier AS (
      PARTITION BY hour_recorded ORDER BY ended
      RANGE BETWEEN coalesce((SELECT lookback_days FROM rule), 0) * interval '1 day' PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW
    )
  )
  SELECT (
    SELECT json_build_object('id', id, 'z_threshold', z_threshold::float8, 'lookback_days', lookback_days,
      'minimum_executions', minimum_executions) FROM rule
  ) AS rule, (
    SELECT coalesce(json_agg(row ORDER BY row.id), '[]') FROM (
      SELECT shown.id, ${momentSql("shown.start_date")} AS start_date, shown.completed_successfully,
        ${metric}::float8 AS value, coalesce(anomaly_flags ->> $2 = 'true', false) AS anomalous,
        CASE WHEN enough THEN greatest(0, mean - z_threshold * deviation) END AS lowest,
        CASE WHEN enough THEN mean + z_threshold * deviation END AS highest
      FROM shown LEFT JOIN past ON past.id = shown.id LEFT JOIN rule ON true
      CROSS JOIN LATERAL (SELECT executions >= minimum_executions AND deviation > 0 AS enough) AS said
    ) AS row
  ) AS data
  FROM pipeline WHERE id = $1::bigint`;
