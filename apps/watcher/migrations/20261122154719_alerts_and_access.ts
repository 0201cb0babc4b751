import { check, column, primaryKey, sql, type Operations } from "limbeck";

export const revision = "20261122154719";
export const downRevision = "20261122154716";
export const branchLabels = null;
export const dependsOn = null;

const id = (name: string, type: "serial" | "bigserial") => column(name, type, { nullable: false });
const madeAt = (name: string) => column(name, "timestamptz", { nullable: false, default: sql`CURRENT_TIMESTAMP` });
const execution = { table: "pipeline_execution", columns: ["id"], onDelete: "cascade" } as const;

/** Add alerts with their deliveries, access tokens, the keys of retried starts, and the executions to be checked. */
export function upgrade(op: Operations): void {
  op.createTable(
    "alert",
    id("id", "bigserial"),
    column("kind", "varchar(20)", { nullable: false }),
    column("subject", "varchar(100)", { nullable: false }),
    column("level", "varchar(10)", { nullable: false }),
    column("pipeline_id", "integer", { references: { table: "pipeline", columns: ["id"] } }),
    column("pipeline_execution_id", "bigint", { references: execution }),
    column("summary", "text", { nullable: false }),
    column("details", "jsonb"),
    madeAt("opened_at"),
    column("resolved_at", "timestamptz"),
    primaryKey(["id"]),
    check("level IN ('warning', 'critical')", { name: "ck_alert_level" }),
  );
  op.createIndex("ux_alert_open_subject", "alert", ["subject"], { unique: true, where: "resolved_at IS NULL" });
  op.createIndex("ix_alert_pipeline_id", "alert", ["pipeline_id"]);
  op.createIndex("ix_alert_pipeline_execution_id", "alert", ["pipeline_execution_id"]);
  op.createTable(
    "alert_delivery",
    column("alert_id", "bigint", {
      nullable: false,
      references: { table: "alert", columns: ["id"], onDelete: "cascade" },
    }),
    column("channel", "varchar(20)", { nullable: false }),
    column("event", "varchar(10)", { nullable: false }),
    column("attempts", "integer", { nullable: false, default: 0 }),
    madeAt("due_at"),
    column("delivered_at", "timestamptz"),
    primaryKey(["alert_id", "channel", "event"]),
    check("event IN ('opened', 'resolved')", { name: "ck_alert_delivery_event" }),
  );
  op.createIndex("ix_alert_delivery_due", "alert_delivery", ["due_at"], { where: "delivered_at IS NULL" });
  op.createTable(
    "access_token",
    id("id", "serial"),
    column("name", "varchar(100)", { nullable: false }),
    column("role", "varchar(10)", { nullable: false }),
    column("token_hash", "varchar(64)", { nullable: false }),
    madeAt("created_at"),
    column("revoked_at", "timestamptz"),
    primaryKey(["id"]),
    check("role IN ('read', 'write', 'admin')", { name: "ck_access_token_role" }),
  );
  op.createIndex("ux_access_token_token_hash", "access_token", ["token_hash"], { unique: true });
  op.createTable(
    "start_request",
    column("key_hash", "varchar(43)", { nullable: false }),
    column("body_hash", "varchar(43)", { nullable: false }),
    column("pipeline_execution_id", "bigint", { nullable: false }),
    madeAt("created_at"),
    primaryKey(["key_hash"]),
  );
  op.createIndex("ix_start_request_created_at", "start_request", ["created_at"]);
  op.createTable(
    "anomaly_check",
    column("pipeline_execution_id", "bigint", { nullable: false, references: execution }),
    madeAt("requested_at"),
    primaryKey(["pipeline_execution_id"]),
  );
}

export function downgrade(op: Operations): void {
  for (const table of ["anomaly_check", "start_request", "access_token", "alert_delivery", "alert"]) {
    op.dropTable(table);
  }
}
