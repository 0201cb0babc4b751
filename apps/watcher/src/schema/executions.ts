import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  varchar,
} from "drizzle-orm/pg-core";
import { pipeline } from "./pipelines.ts";
import { madeAt, measure, moment } from "./types.ts";

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
    throughput: measure("throughput"),
  },
  (table) => [
    foreignKey({
      name: "pipeline_execution_pipeline_id_fkey",
      columns: [table.pipelineId],
      foreignColumns: [pipeline.id],
    }),
    index("ix_pipeline_execution_parent_id")
      .on(table.parentId)
      .where(sql`parent_id IS NOT NULL`),
    index("ix_pipeline_execution_pipeline_id").on(table.pipelineId, table.id),
    index("ix_pipeline_execution_running")
      .on(table.id)
      .where(sql`end_date IS NULL`),
    index("ix_pipeline_execution_failed")
      .on(table.id)
      .where(sql`NOT completed_successfully`),
    index("ix_pipeline_execution_end_date").using("brin", table.endDate),
    check("ck_check_end_after_start", sql`end_date IS NULL OR end_date > start_date`),
    check("ck_check_parent_not_self", sql`parent_id IS NULL OR parent_id <> id`),
  ],
);

/** A start that may be sent again: the execution that the first one made. Hashes are SHA-256 in base64url. */
export const startRequest = pgTable(
  "start_request",
  {
    keyHash: varchar("key_hash", { length: 43 }).primaryKey(),
    bodyHash: varchar("body_hash", { length: 43 }).notNull(),
    pipelineExecutionId: bigint("pipeline_execution_id", { mode: "number" }).notNull(),
    createdAt: madeAt("created_at"),
  },
  (table) => [index("ix_start_request_created_at").on(table.createdAt)],
);
