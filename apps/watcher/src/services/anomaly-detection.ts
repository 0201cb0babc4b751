import type { Queries } from "../store/database.ts";
import { openAlertsSql, type Channels } from "./alerts.ts";

/**
 * Holds executions that ended to the anomaly rules of their pipelines until none is waiting, and gives how many there
 * were. Each is one statement: taken from the queue, compared with its history, flagged, announced. A worker that dies
 * leaves an execution either waiting or done.
 */
export async function detectAnomalies(
  database: Queries,
  channels: Channels,
  signal?: AbortSignal,
): Promise<{ readonly checked: number; readonly flagged: number }> {
  let [checked, flagged] = [0, 0];
  while (!signal?.aborted) {
    const [done] = await database.query<{ checked: number; flagged: number }>(checkNext, [JSON.stringify(channels)]);
    if (done === undefined || done.checked === 0) break;
    checked++;
    flagged += done.flagged;
  }
  return { checked, flagged };
}

/** The value of the metric that a rule watches. */
const valueOf = (execution: string) => `(CASE rule.metric_field
  WHEN 'DURATION_SECONDS' THEN ${execution}.duration_seconds WHEN 'INSERTS' THEN ${execution}.inserts
  WHEN 'UPDATES' THEN ${execution}.updates WHEN 'SOFT_DELETES' THEN ${execution}.soft_deletes
  WHEN 'TOTAL_ROWS' THEN ${execution}.total_rows WHEN 'THROUGHPUT' THEN ${execution}.throughput END)::numeric`;

/**
 * The history of a rule are the successful executions of the pipeline that started in the same hour of the day and
 * ended within its lookback. The mean and the deviation leave out the execution itself and those flagged before.
 */
const checkNext = `
  WITH next AS MATERIALIZED (
    SELECT pipeline_execution_id FROM anomaly_check ORDER BY pipeline_execution_id LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    DELETE FROM anomaly_check USING next WHERE anomaly_check.pipeline_execution_id = next.pipeline_execution_id
    RETURNING anomaly_check.pipeline_execution_id AS id
  ), execution AS MATERIALIZED (
    SELECT execution.* FROM taken JOIN pipeline_execution AS execution ON execution.id = taken.id
    WHERE execution.completed_successfully
  ), rule AS MATERIALIZED (
    SELECT rule.* FROM execution
    JOIN anomaly_detection_rule AS rule ON rule.pipeline_id = execution.pipeline_id AND rule.active
  ), history AS MATERIALIZED (
    SELECT past.* FROM execution
    JOIN pipeline_execution AS past ON past.pipeline_id = execution.pipeline_id
      AND past.hour_recorded = execution.hour_recorded
      AND past.end_date IS NOT NULL
      AND past.end_date >= now() - (SELECT max(lookback_days) FROM rule) * interval '1 day'
    WHERE past.completed_successfully
  ), baseline AS (
    SELECT rule.id AS rule_id,
      count(*) - 1 AS others,
      count(${valueOf("history")}) FILTER (WHERE usable) AS executions,
      avg(${valueOf("history")}) FILTER (WHERE usable) AS mean,
      stddev_samp(${valueOf("history")}) FILTER (WHERE usable) AS deviation
    FROM rule
    JOIN history ON history.end_date >= now() - rule.lookback_days * interval '1 day'
    CROSS JOIN LATERAL (
      SELECT history.id <> (SELECT id FROM execution)
        AND history.anomaly_flags ->> lower(rule.metric_field::text) IS DISTINCT FROM 'true' AS usable
    ) AS use
    GROUP BY rule.id
  ), verdict AS (
    SELECT rule.*, execution.id AS execution_id, lower(rule.metric_field::text) AS metric, baseline.*,
      ${valueOf("execution")} AS value,
      greatest(0, mean - rule.z_threshold * deviation) AS lowest,
      mean + rule.z_threshold * deviation AS highest
    FROM baseline JOIN rule ON rule.id = baseline.rule_id CROSS JOIN execution
    WHERE others >= rule.minimum_executions AND executions >= rule.minimum_executions AND deviation > 0
  ), hit AS MATERIALIZED (
    SELECT * FROM verdict WHERE value < lowest OR value > highest
  ), cleared AS (
    DELETE FROM anomaly_detection_result AS result USING execution
    WHERE result.pipeline_execution_id = execution.id AND result.rule_id NOT IN (SELECT rule_id FROM hit)
  ), recorded AS (
    INSERT INTO anomaly_detection_result AS result
      (pipeline_execution_id, rule_id, violation_value, z_score, historical_mean, std_deviation_value, z_threshold,
        threshold_min_value, threshold_max_value, context)
    SELECT execution_id, rule_id, value, (value - mean) / deviation, mean, deviation, z_threshold, lowest, highest,
      jsonb_build_object(
        'lookback_days', lookback_days, 'minimum_executions', minimum_executions, 'execution_count', executions
      )
    FROM hit
    ON CONFLICT (pipeline_execution_id, rule_id) DO UPDATE SET
      (violation_value, z_score, historical_mean, std_deviation_value, z_threshold, threshold_min_value,
        threshold_max_value, context, detected_at)
      = (excluded.violation_value, excluded.z_score, excluded.historical_mean, excluded.std_deviation_value,
        excluded.z_threshold, excluded.threshold_min_value, excluded.threshold_max_value, excluded.context, now())
  ), flags AS (
    SELECT execution.id, (
      SELECT jsonb_object_agg(metric, is_hit) FROM (
        SELECT metric, bool_or(is_hit) AS is_hit FROM (
          SELECT metric, true AS is_hit FROM hit
          UNION ALL
          SELECT jsonb_object_keys(execution.anomaly_flags), false WHERE jsonb_typeof(execution.anomaly_flags) = 'object'
        ) AS metric GROUP BY metric
      ) AS metric
    ) AS flags
    FROM execution
  ), flagged AS (
    UPDATE pipeline_execution SET anomaly_flags = flags.flags FROM flags
    WHERE pipeline_execution.id = flags.id AND flags.flags IS DISTINCT FROM pipeline_execution.anomaly_flags
      AND flags.flags IS NOT NULL
  ), news AS (
    SELECT 'anomaly' AS kind, 'anomaly:execution:' || execution.id AS subject, 'warning' AS level,
      pipeline.id AS pipeline_id, execution.id AS pipeline_execution_id,
      format('%s (ID: %s), execution %s: %s', pipeline.name, pipeline.id, execution.id, string_agg(
        format('%s is %s, expected %s to %s', hit.metric, trim_scale(hit.value), round(hit.lowest, 2),
          round(hit.highest, 2)), '; ' ORDER BY hit.metric)) AS summary,
      jsonb_agg(jsonb_build_object('metric', hit.metric, 'value', hit.value, 'lowest', round(hit.lowest, 4),
        'highest', round(hit.highest, 4), 'z_score', round((hit.value - hit.mean) / hit.deviation, 4))
        ORDER BY hit.metric) AS details,
      NULL::timestamptz AS resolved_at
    FROM hit CROSS JOIN execution JOIN pipeline ON pipeline.id = execution.pipeline_id AND pipeline.active
    GROUP BY pipeline.id, pipeline.name, execution.id
  ), ${openAlertsSql("news", "$1")}, resolved AS (
    UPDATE alert SET resolved_at = now() FROM execution
    WHERE alert.resolved_at IS NULL AND alert.subject = 'anomaly:execution:' || execution.id
      AND NOT EXISTS (SELECT FROM hit)
  )
  SELECT (SELECT count(*) FROM taken) AS checked, (SELECT count(*) FROM hit) AS flagged`;
