import { sqlState, type Queries } from "../store/database.ts";
import { listJson, momentSql, rowJson, type JsonText } from "./json-rows.ts";
import { patchRow, type Patch } from "./patches.ts";
import { pipelineNotFound } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";

/** The measures of an execution that a rule can watch, as the API says them. */
export const metrics = ["duration_seconds", "inserts", "updates", "soft_deletes", "total_rows", "throughput"] as const;

export type Metric = (typeof metrics)[number];

export interface AnomalyRuleInput {
  readonly pipeline_id: string;
  readonly metric_field: Metric;
  readonly z_threshold?: number;
  readonly lookback_days?: number;
  readonly minimum_executions?: number;
  readonly active?: boolean;
}

/** Gets a pipeline's rule for a metric, or creates it. One that exists stays as it is. */
export async function getOrCreateAnomalyRule(
  database: Queries,
  input: AnomalyRuleInput,
): Promise<{ created: boolean; id: number }> {
  const { z_threshold: z = 3, lookback_days: days = 30, minimum_executions: least = 30, active = true } = input;
  const values = [input.pipeline_id, input.metric_field.toUpperCase(), z, days, least, active];
  for (;;) {
    const [rule] = await database
      .query<{ created: boolean; id: number }>(getOrCreate, values)
      .catch((error: unknown) => {
        throw sqlState(error) === "23503" || sqlState(error) === "22003" ? pipelineNotFound() : error;
      });
    if (rule !== undefined) return rule;
  }
}

/** Gives no row only when another request created the rule meanwhile; the next try sees it. */
const getOrCreate = `
  WITH found AS (
    SELECT id FROM anomaly_detection_rule
    WHERE pipeline_id = $1::bigint AND metric_field = $2::anomalymetricfieldenum
  ), created AS (
    INSERT INTO anomaly_detection_rule
      (pipeline_id, metric_field, z_threshold, lookback_days, minimum_executions, active)
    SELECT $1::bigint, $2::anomalymetricfieldenum, $3::numeric, $4::integer, $5::integer, $6::boolean
    WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT (pipeline_id, metric_field) DO NOTHING
    RETURNING id
  )
  SELECT id, false AS created FROM found
  UNION ALL
  SELECT id, true FROM created`;

/** Every rule, as a JSON list. */
export function listAnomalyRules(database: Queries): Promise<JsonText> {
  return listJson(database, `SELECT ${row} FROM anomaly_detection_rule ORDER BY id`);
}

/** One rule, as a JSON object. */
export async function getAnomalyRule(database: Queries, id: string): Promise<JsonText> {
  const rule = await rowJson(database, `SELECT ${row} FROM anomaly_detection_rule WHERE id = $1::bigint`, [id]);
  return rule ?? notFound();
}

export async function patchAnomalyRule(
  database: Queries,
  patch: Patch & { readonly metric_field?: Metric | null },
): Promise<JsonText> {
  const metric = patch.metric_field && { metric_field: patch.metric_field.toUpperCase() };
  return (await patchRow(database, patchable, { ...patch, ...metric })) ?? notFound();
}

/** The threshold is text, as clients of the original know it. */
const row = `
  id, pipeline_id, lower(metric_field::text) AS metric_field, z_threshold::text AS z_threshold,
  lookback_days, minimum_executions, active,
  ${momentSql("created_at")} AS created_at,
  ${momentSql("updated_at")} AS updated_at`;

const patchable = {
  table: "anomaly_detection_rule",
  noun: "Anomaly detection rule",
  columns: ["pipeline_id", "metric_field", "z_threshold", "lookback_days", "minimum_executions", "active"],
  row,
  dated: false,
};

function notFound(): never {
  throw new Refusal("not found", "ANOMALY_RULE_NOT_FOUND", "Anomaly detection rule not found");
}
