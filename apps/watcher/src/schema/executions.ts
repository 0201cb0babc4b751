import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  date,
  foreignKey,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  varchar,
} from "drizzle-orm/pg-core";
import { pipeline } from "./pipelines.ts";
import { moment } from "./types.ts";

/** One run of a pipeline. The recorded date and hour are those of its start, in UTC. */
export const pipelineExecution = pgTable(
  "pipeline_execution",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    parentId: integer("parent_id"),
    pipelineId: integer("pipeline_id").notNull(),
    startDate: moment("start_date").notNull(),
    dateRecorded: date("date_recorded").notNull(),
    hourRecorded: integer("hour_recorded").notNull(),
    endDate: moment("end_date"),
    durationSeconds: integer("duration_seconds"),
    completedSuccessfully: boolean("completed_successfully"),
    inserts: integer("inserts"),
    updates: integer("updates"),
    softDeletes: integer("soft_deletes"),
    totalRows: integer("total_rows"),
    watermark: varchar("watermark", { length: 50 }),
    nextWatermark: varchar("next_watermark", { length: 50 }),
    executionMetadata: jsonb("execution_metadata"),
    anomalyFlags: jsonb("anomaly_flags"),
    throughput: numeric("throughput", { precision: 12, scale: 4 }),
  },
  (table) => [
    foreignKey({
      name: "pipeline_execution_pipeline_id_fkey",
      columns: [table.pipelineId],
      foreignColumns: [pipeline.id],
    }),
    check("ck_check_end_after_start", sql`end_date IS NULL OR end_date > start_date`),
    check("ck_check_parent_not_self", sql`parent_id IS NULL OR parent_id <> id`),
  ],
);

/** Every pair of an execution and one that it started, directly or through others. */
export const pipelineExecutionClosure = pgTable(
  "pipeline_execution_closure",
  {
    parentExecutionId: bigint("parent_execution_id", { mode: "number" }).notNull(),
    childExecutionId: bigint("child_execution_id", { mode: "number" }).notNull(),
    depth: integer("depth").notNull(),
  },
  (table) => [
    primaryKey({
      name: "pipeline_execution_closure_pkey",
      columns: [table.parentExecutionId, table.childExecutionId],
    }),
    foreignKey({
      name: "pipeline_execution_closure_parent_execution_id_fkey",
      columns: [table.parentExecutionId],
      foreignColumns: [pipelineExecution.id],
    }),
    foreignKey({
      name: "pipeline_execution_closure_child_execution_id_fkey",
      columns: [table.childExecutionId],
      foreignColumns: [pipelineExecution.id],
    }),
  ],
);
