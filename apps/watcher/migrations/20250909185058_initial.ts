import { column, primaryKey, sql, type Operations } from "limbeck";

export const revision = "20250909185058";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

const now = sql`CURRENT_TIMESTAMP`;

/** Create the core tables: pipelines, executions, addresses and their lineage. */
export function upgrade(op: Operations): void {
  op.createEnum("datepartenum", ["MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR"]);
  createTypes(op);
  createPipelinesAndAddresses(op);
  createLineage(op);
  createExecutions(op);
}

export function downgrade(op: Operations): void {
  op.dropTable("timeliness_pipeline_execution_log");
  op.dropTable("pipeline_execution");
  op.dropTable("address_lineage_closure");
  op.dropTable("address_lineage");
  op.dropTable("pipeline");
  op.dropTable("address");
  op.dropTable("pipeline_type");
  op.dropTable("address_type");
  op.dropEnum("datepartenum");
}

function createTypes(op: Operations): void {
  op.createTable(
    "address_type",
    column("id", "serial", { primaryKey: true }),
    column("name", "varchar(150)", { nullable: false }),
    column("group_name", "varchar(150)", { nullable: false }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
    column("updated_at", "timestamptz"),
  );
  op.createIndex("ix_address_type_name", "address_type", ["name"], { unique: true });

  op.createTable(
    "pipeline_type",
    column("id", "serial", { primaryKey: true }),
    column("name", "varchar(150)", { nullable: false }),
    column("group_name", "varchar(150)", { nullable: false }),
    column("timely_number", "integer"),
    column("timely_datepart", "datepartenum"),
    column("mute_timely_check", "boolean", { nullable: false, default: false }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
    column("updated_at", "timestamptz"),
  );
  op.createIndex("ix_pipeline_type_name", "pipeline_type", ["name"], { unique: true });
}

function createPipelinesAndAddresses(op: Operations): void {
  op.createTable(
    "address",
    column("id", "serial", { primaryKey: true }),
    column("name", "varchar(150)", { nullable: false }),
    column("address_type_id", "integer", { nullable: false, references: { table: "address_type", columns: ["id"] } }),
    column("database_name", "varchar(50)"),
    column("schema_name", "varchar(50)"),
    column("table_name", "varchar(50)"),
    column("primary_key", "varchar(50)"),
    column("deprecated", "boolean", { nullable: false, default: false }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
    column("updated_at", "timestamptz"),
  );
  op.createIndex("ix_address_address_type_id", "address", ["address_type_id"]);
  op.createIndex("ix_address_name", "address", ["name"], { unique: true });

  op.createTable(
    "pipeline",
    column("id", "serial", { primaryKey: true }),
    column("name", "varchar(150)", { nullable: false }),
    column("pipeline_type_id", "integer", { nullable: false, references: { table: "pipeline_type", columns: ["id"] } }),
    column("watermark", "varchar(50)"),
    column("next_watermark", "varchar(50)"),
    column("pipeline_args", "jsonb"),
    column("last_target_insert", "timestamptz"),
    column("last_target_update", "timestamptz"),
    column("last_target_soft_delete", "timestamptz"),
    column("timely_number", "integer"),
    column("timely_datepart", "datepartenum"),
    column("mute_timely_check", "boolean", { nullable: false, default: false }),
    column("load_lineage", "boolean", { nullable: false, default: false }),
    column("active", "boolean", { nullable: false, default: true }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
    column("updated_at", "timestamptz"),
  );
  op.createIndex("ix_pipeline_name_includes", "pipeline", ["name"], {
    unique: true,
    include: ["load_lineage", "active"],
  });
  op.createIndex("ix_pipeline_pipeline_type_id", "pipeline", ["pipeline_type_id"]);
}

function createLineage(op: Operations): void {
  const address = { table: "address", columns: ["id"] };

  op.createTable(
    "address_lineage",
    column("id", "bigserial", { primaryKey: true }),
    column("pipeline_id", "integer", { nullable: false, references: { table: "pipeline", columns: ["id"] } }),
    column("source_address_id", "integer", { nullable: false, references: address }),
    column("target_address_id", "integer", { nullable: false, references: address }),
  );
  op.createIndex("ix_address_lineage_pipeline", "address_lineage", ["pipeline_id"]);
  op.createIndex("ix_address_lineage_source_target", "address_lineage", ["source_address_id", "target_address_id"], {
    unique: true,
  });
  op.createIndex("ix_address_lineage_target_source", "address_lineage", ["target_address_id", "source_address_id"], {
    unique: true,
  });

  op.createTable(
    "address_lineage_closure",
    column("source_address_id", "integer", { nullable: false, references: address }),
    column("target_address_id", "integer", { nullable: false, references: address }),
    column("depth", "integer", { nullable: false }),
    primaryKey(["source_address_id", "target_address_id"]),
  );
  op.createIndex("ix_address_lineage_closure_depth_source", "address_lineage_closure", ["source_address_id", "depth"], {
    include: ["target_address_id"],
  });
  op.createIndex("ix_address_lineage_closure_depth_target", "address_lineage_closure", ["target_address_id", "depth"], {
    include: ["source_address_id"],
  });
}

function createExecutions(op: Operations): void {
  op.createTable(
    "pipeline_execution",
    column("id", "bigserial", { primaryKey: true }),
    column("parent_id", "integer"),
    column("pipeline_id", "integer", { nullable: false, references: { table: "pipeline", columns: ["id"] } }),
    column("start_date", "timestamptz", { nullable: false }),
    column("end_date", "timestamptz"),
    column("duration_seconds", "integer"),
    column("completed_successfully", "boolean", { nullable: false, default: false }),
    column("inserts", "integer"),
    column("updates", "integer"),
    column("soft_deletes", "integer"),
    column("total_rows", "integer"),
    column("full_load", "boolean"),
    column("watermark", "varchar(50)"),
    column("next_watermark", "varchar(50)"),
  );
  op.createIndex("ix_pipeline_execution_end_date_filter", "pipeline_execution", ["end_date"], {
    where: "end_date IS NOT NULL",
  });

  op.createTable(
    "timeliness_pipeline_execution_log",
    column("id", "bigserial", { primaryKey: true }),
    column("pipeline_execution_id", "integer", {
      nullable: false,
      references: { table: "pipeline_execution", columns: ["id"] },
    }),
    column("pipeline_id", "integer", { nullable: false, references: { table: "pipeline", columns: ["id"] } }),
    column("duration_seconds", "integer", { nullable: false }),
    column("seconds_threshold", "integer", { nullable: false }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
  );
  op.createIndex(
    "ix_timeliness_pipeline_execution_log_pipeline_execution_id",
    "timeliness_pipeline_execution_log",
    ["pipeline_execution_id"],
    { unique: true },
  );
}
