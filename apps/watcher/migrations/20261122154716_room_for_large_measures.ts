import { sql, type Operations } from "limbeck";

export const revision = "20261122154716";
export const downRevision = "20261122154714";
export const branchLabels = null;
export const dependsOn = null;

const measures = [
  "violation_value",
  "z_score",
  "historical_mean",
  "std_deviation_value",
  "z_threshold",
  "threshold_min_value",
  "threshold_max_value",
] as const;

const narrow = "numeric(12,4)";
const wide = "numeric(24,4)";
const free = "it is numeric(12,4): more digits before the point change nothing stored, and PostgreSQL rewrites nothing";

/** Make room for large measures, and turn the JSON nulls of earlier versions into SQL's. */
export function upgrade(op: Operations): void {
  op.execute(sql`UPDATE pipeline SET pipeline_metadata = NULL WHERE pipeline_metadata = 'null'`);
  op.execute(sql`UPDATE address SET address_metadata = NULL WHERE address_metadata = 'null'`);
  for (const measure of measures) {
    op.allow("alter-column-type", free);
    op.alterColumn("anomaly_detection_result", measure, { type: wide, existing: { type: narrow } });
  }
  op.allow("alter-column-type", free);
  op.alterColumn("pipeline_execution", "throughput", { type: wide, existing: { type: narrow } });
}

/** What the narrow columns have no room for is lost. */
export function downgrade(op: Operations): void {
  op.execute(sql`UPDATE pipeline_execution SET throughput = NULL WHERE throughput >= 99999999.99995`);
  op.alterColumn("pipeline_execution", "throughput", { type: narrow, existing: { type: wide } });
  for (const measure of measures) {
    op.execute(`UPDATE anomaly_detection_result SET ${measure} = NULL WHERE abs(${measure}) >= 99999999.99995`);
    op.alterColumn("anomaly_detection_result", measure, { type: narrow, existing: { type: wide } });
  }
}
