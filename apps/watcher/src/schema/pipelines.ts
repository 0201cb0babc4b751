import { boolean, foreignKey, integer, jsonb, pgTable, serial, varchar } from "drizzle-orm/pg-core";
import { datePart, madeAt, moment } from "./types.ts";

/** A kind of pipeline, with the limits that its pipelines fall back to. */
export const pipelineType = pgTable("pipeline_type", {
  id: serial("id").primaryKey(),
  name: varchar("name", { length: 150 }).notNull(),
  freshnessNumber: integer("freshness_number"),
  freshnessDatepart: datePart("freshness_datepart"),
  muteFreshnessCheck: boolean("mute_freshness_check").notNull().default(false),
  timelinessNumber: integer("timeliness_number"),
  timelinessDatepart: datePart("timeliness_datepart"),
  muteTimelinessCheck: boolean("mute_timeliness_check").notNull().default(false),
  createdAt: madeAt("created_at"),
  updatedAt: moment("updated_at"),
});

/** A pipeline as its own code describes it, with its watermarks and the times of its last changes to its target. */
export const pipeline = pgTable(
  "pipeline",
  {
    id: serial("id").primaryKey(),
    name: varchar("name", { length: 150 }).notNull(),
    pipelineTypeId: integer("pipeline_type_id").notNull(),
    watermark: varchar("watermark", { length: 50 }),
    nextWatermark: varchar("next_watermark", { length: 50 }),
    pipelineMetadata: jsonb("pipeline_metadata"),
    lastTargetInsert: moment("last_target_insert"),
    lastTargetUpdate: moment("last_target_update"),
    lastTargetSoftDelete: moment("last_target_soft_delete"),
    freshnessNumber: integer("freshness_number"),
    freshnessDatepart: datePart("freshness_datepart"),
    muteFreshnessCheck: boolean("mute_freshness_check").notNull().default(false),
    timelinessNumber: integer("timeliness_number"),
    timelinessDatepart: datePart("timeliness_datepart"),
    muteTimelinessCheck: boolean("mute_timeliness_check").notNull().default(false),
    loadLineage: boolean("load_lineage").notNull().default(true),
    active: boolean("active").notNull().default(true),
    inputHash: varchar("input_hash", { length: 20 }).notNull(),
    createdAt: madeAt("created_at"),
    updatedAt: moment("updated_at"),
  },
  (table) => [
    foreignKey({
      name: "pipeline_pipeline_type_id_fkey",
      columns: [table.pipelineTypeId],
      foreignColumns: [pipelineType.id],
    }),
  ],
);
