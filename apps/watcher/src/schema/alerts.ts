import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { pipelineExecution } from "./executions.ts";
import { pipeline } from "./pipelines.ts";
import { madeAt, moment } from "./types.ts";

/** Something wrong that people are told of, until it is resolved. Of one subject at most one alert is open. */
export const alert = pgTable(
  "alert",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    kind: varchar("kind", { length: 20 }).notNull(),
    subject: varchar("subject", { length: 100 }).notNull(),
    level: varchar("level", { length: 10 }).notNull(),
    pipelineId: integer("pipeline_id"),
    pipelineExecutionId: bigint("pipeline_execution_id", { mode: "number" }),
    summary: text("summary").notNull(),
    details: jsonb("details"),
    openedAt: madeAt("opened_at"),
    resolvedAt: moment("resolved_at"),
  },
  (table) => [
    foreignKey({ name: "alert_pipeline_id_fkey", columns: [table.pipelineId], foreignColumns: [pipeline.id] }),
    foreignKey({
      name: "alert_pipeline_execution_id_fkey",
      columns: [table.pipelineExecutionId],
      foreignColumns: [pipelineExecution.id],
    }).onDelete("cascade"),
    uniqueIndex("ux_alert_open_subject")
      .on(table.subject)
      .where(sql`resolved_at IS NULL`),
    index("ix_alert_pipeline_id").on(table.pipelineId),
    index("ix_alert_pipeline_execution_id").on(table.pipelineExecutionId),
    check("ck_alert_level", sql`level IN ('warning', 'critical')`),
  ],
);

/** What one channel has to be told of an alert, and whether it has been. */
export const alertDelivery = pgTable(
  "alert_delivery",
  {
    alertId: bigint("alert_id", { mode: "number" }).notNull(),
    channel: varchar("channel", { length: 20 }).notNull(),
    event: varchar("event", { length: 10 }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    dueAt: madeAt("due_at"),
    deliveredAt: moment("delivered_at"),
  },
  (table) => [
    primaryKey({ name: "alert_delivery_pkey", columns: [table.alertId, table.channel, table.event] }),
    foreignKey({
      name: "alert_delivery_alert_id_fkey",
      columns: [table.alertId],
      foreignColumns: [alert.id],
    }).onDelete("cascade"),
    index("ix_alert_delivery_due")
      .on(table.dueAt)
      .where(sql`delivered_at IS NULL`),
    check("ck_alert_delivery_event", sql`event IN ('opened', 'resolved')`),
  ],
);
