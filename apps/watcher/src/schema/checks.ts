import {
  bigint,
  bigserial,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  serial,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { pipelineExecution } from "./executions.ts";
import { pipeline } from "./pipelines.ts";
import { anomalyMetric, datePart, madeAt, measure, moment } from "./types.ts";

/** How far one measure of a pipeline's executions may stray from its own history. */
export const anomalyDetectionRule = pgTable(
  "anomaly_detection_rule",
  {
    id: serial("id").primaryKey(),
    pipelineId: integer("pipeline_id").notNull(),
    metricField: anomalyMetric("metric_field").notNull(),
    zThreshold: numeric("z_threshold", { precision: 4, scale: 2 }),
    lookbackDays: integer("lookback_days").notNull(),
    minimumExecutions: integer("minimum_executions").notNull(),
    active: boolean("active").notNull().default(true),
    createdAt: madeAt("created_at"),
    updatedAt: moment("updated_at"),
  },
  (table) => [
    foreignKey({
      name: "anomaly_detection_rule_pipeline_id_fkey",
      columns: [table.pipelineId],
      foreignColumns: [pipeline.id],
    }),
  ],
);

/** An execution that broke a rule, with the numbers that say why. */
export const anomalyDetectionResult = pgTable(
  "anomaly_detection_result",
  {
    pipelineExecutionId: bigint("pipeline_execution_id", { mode: "number" }).notNull(),
    ruleId: integer("rule_id").notNull(),
    violationValue: measure("violation_value"),
    zScore: measure("z_score"),
    historicalMean: measure("historical_mean"),
    stdDeviationValue: measure("std_deviation_value"),
    zThreshold: measure("z_threshold"),
    thresholdMinValue: measure("threshold_min_value"),
    thresholdMaxValue: measure("threshold_max_value"),
    context: jsonb("context"),
    detectedAt: madeAt("detected_at"),
  },
  (table) => [
    primaryKey({
      name: "anomaly_detection_result_pkey",
      columns: [table.pipelineExecutionId, table.ruleId],
    }),
    foreignKey({
      name: "anomaly_detection_result_pipeline_execution_id_fkey",
      columns: [table.pipelineExecutionId],
      foreignColumns: [pipelineExecution.id],
    }),
    foreignKey({
      name: "anomaly_detection_result_rule_id_fkey",
      columns: [table.ruleId],
      foreignColumns: [anomalyDetectionRule.id],
    }),
    index("ix_anomaly_detection_result_rule_id").on(table.ruleId, table.pipelineExecutionId),
  ],
);

/** An execution whose end was recorded, and whose measures have still to be held to the rules. */
export const anomalyCheck = pgTable(
  "anomaly_check",
  {
    pipelineExecutionId: bigint("pipeline_execution_id", { mode: "number" }).primaryKey(),
    requestedAt: madeAt("requested_at"),
  },
  (table) => [
    foreignKey({
      name: "anomaly_check_pipeline_execution_id_fkey",
      columns: [table.pipelineExecutionId],
      foreignColumns: [pipelineExecution.id],
    }).onDelete("cascade"),
  ],
);

/** A pipeline whose target went without a change for too long, once for each last change. */
export const freshnessPipelineLog = pgTable(
  "freshness_pipeline_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    pipelineId: integer("pipeline_id").notNull(),
    lastDmlTimestamp: moment("last_dml_timestamp"),
    evaluationTimestamp: moment("evaluation_timestamp"),
    freshnessNumber: integer("freshness_number").notNull(),
    freshnessDatepart: datePart("freshness_datepart").notNull(),
    usedChildConfig: boolean("used_child_config").notNull(),
    createdAt: madeAt("created_at"),
  },
  (table) => [
    foreignKey({
      name: "freshness_pipeline_log_pipeline_id_fkey",
      columns: [table.pipelineId],
      foreignColumns: [pipeline.id],
    }),
    index("ix_freshness_pipeline_log_pipeline_id").on(table.pipelineId, table.id),
    uniqueIndex("ux_freshness_pipeline_log").on(table.lastDmlTimestamp, table.pipelineId),
  ],
);

/** An execution that ran for too long, at most one row for each. */
export const timelinessPipelineExecutionLog = pgTable(
  "timeliness_pipeline_execution_log",
  {
    pipelineExecutionId: bigint("pipeline_execution_id", { mode: "number" }).primaryKey(),
    pipelineId: integer("pipeline_id").notNull(),
    durationSeconds: integer("duration_seconds").notNull(),
    secondsThreshold: integer("seconds_threshold").notNull(),
    executionStatus: text("execution_status").notNull(),
    timelyNumber: integer("timely_number").notNull(),
    timelyDatepart: datePart("timely_datepart").notNull(),
    usedChildConfig: boolean("used_child_config").notNull(),
    createdAt: madeAt("created_at"),
  },
  (table) => [
    foreignKey({
      name: "timeliness_pipeline_execution_log_pipeline_execution_id_fkey",
      columns: [table.pipelineExecutionId],
      foreignColumns: [pipelineExecution.id],
    }),
    foreignKey({
      name: "timeliness_pipeline_execution_log_pipeline_id_fkey",
      columns: [table.pipelineId],
      foreignColumns: [pipeline.id],
    }),
    index("ix_timeliness_log_pipeline_id").on(table.pipelineId, table.pipelineExecutionId),
  ],
);
