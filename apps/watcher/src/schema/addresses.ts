import {
  bigserial,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { pipeline } from "./pipelines.ts";
import { madeAt, moment } from "./types.ts";

/** A kind of place that data lives in: a table of one database product, a file store, a report. */
export const addressType = pgTable("address_type", {
  id: serial("id").primaryKey(),
  name: varchar("name", { length: 150 }).notNull(),
  groupName: varchar("group_name", { length: 150 }).notNull(),
  createdAt: madeAt("created_at"),
  updatedAt: moment("updated_at"),
});

/** A place that pipelines read from or write to. */
export const address = pgTable(
  "address",
  {
    id: serial("id").primaryKey(),
    name: varchar("name", { length: 150 }).notNull(),
    addressTypeId: integer("address_type_id").notNull(),
    databaseName: varchar("database_name", { length: 50 }),
    schemaName: varchar("schema_name", { length: 50 }),
    tableName: varchar("table_name", { length: 50 }),
    primaryKey: varchar("primary_key", { length: 50 }),
    addressMetadata: jsonb("address_metadata"),
    inputHash: varchar("input_hash", { length: 20 }).notNull(),
    createdAt: madeAt("created_at"),
    updatedAt: moment("updated_at"),
  },
  (table) => [
    foreignKey({
      name: "address_address_type_id_fkey",
      columns: [table.addressTypeId],
      foreignColumns: [addressType.id],
    }),
    index("ix_address_address_type_id").on(table.addressTypeId),
  ],
);

/** An edge of the lineage: a pipeline moves data from one address to another. */
export const addressLineage = pgTable(
  "address_lineage",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    pipelineId: integer("pipeline_id").notNull(),
    sourceAddressId: integer("source_address_id").notNull(),
    targetAddressId: integer("target_address_id").notNull(),
  },
  (table) => [
    foreignKey({
      name: "address_lineage_pipeline_id_fkey",
      columns: [table.pipelineId],
      foreignColumns: [pipeline.id],
    }),
    foreignKey({
      name: "address_lineage_source_address_id_fkey",
      columns: [table.sourceAddressId],
      foreignColumns: [address.id],
    }),
    foreignKey({
      name: "address_lineage_target_address_id_fkey",
      columns: [table.targetAddressId],
      foreignColumns: [address.id],
    }),
    index("ix_address_lineage_pipeline_id").on(table.pipelineId),
    uniqueIndex("ux_address_lineage_edge").on(table.sourceAddressId, table.targetAddressId, table.pipelineId),
    index("ix_address_lineage_target_source").on(table.targetAddressId, table.sourceAddressId),
  ],
);
