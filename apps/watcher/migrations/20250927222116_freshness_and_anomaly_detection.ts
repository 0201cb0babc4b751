import { column, primaryKey, sql, type Operations } from "limbeck";

export const revision = "20250927222116";
export const downRevision = "20250909185058";
export const branchLabels = null;
export const dependsOn = null;

const now = sql`CURRENT_TIMESTAMP`;
const timelinessLog = "timeliness_pipeline_execution_log";

/** Before Watcher there was the original, which stands still while its database is brought here. */
function still(op: Operations, ...rules: readonly string[]): Operations {
  for (const rule of rules)
    op.allow(rule, "the original is stopped for this revision: nobody waits, and nobody asks for old names");
  return op;
}

/** Tell freshness from timeliness, record when executions ran, and add anomaly detection. */
export function upgrade(op: Operations): void {
  op.createEnum("anomalymetricfieldenum", [
    "DURATION_SECONDS",
    "INSERTS",
    "UPDATES",
    "SOFT_DELETES",
    "TOTAL_ROWS",
    "THROUGHPUT",
  ]);
  for (const table of ["pipeline_type", "pipeline"]) splitFreshnessFromTimeliness(op, table);
  op.allow("drop-column", "no version of Watcher has ever read it");
  op.dropColumn("pipeline_type", "group_name");
  still(op, "rename-column").renameColumn("pipeline", "pipeline_args", "pipeline_metadata");
  op.alterColumn("pipeline", "load_lineage", { default: true });
  widenIndexes(op);
  upgradeExecutions(op);
  upgradeTimelinessLog(op);
  createChecks(op);
}

export function downgrade(op: Operations): void {
  op.dropTable("anomaly_detection_result");
  op.dropTable("freshness_pipeline_log");
  op.dropTable("anomaly_detection_rule");
  downgradeTimelinessLog(op);
  downgradeExecutions(op);
  narrowIndexes(op);
  op.alterColumn("pipeline", "load_lineage", { default: false });
  op.renameColumn("pipeline", "pipeline_metadata", "pipeline_args");
  // The groups are gone; each type becomes its own.
  op.addColumn("pipeline_type", column("group_name", "varchar(150)"));
  op.execute(sql`UPDATE pipeline_type SET group_name = name`);
  op.alterColumn("pipeline_type", "group_name", { nullable: false });
  for (const table of ["pipeline", "pipeline_type"]) joinFreshnessAndTimeliness(op, table);
  op.dropEnum("anomalymetricfieldenum");
}

/** What was called timely measured the age of a pipeline's last change, which is freshness. */
function splitFreshnessFromTimeliness(op: Operations, table: string): void {
  still(op, "rename-column").renameColumn(table, "timely_number", "freshness_number");
  still(op, "rename-column").renameColumn(table, "timely_datepart", "freshness_datepart");
  renameRequired(op, table, "mute_timely_check", "mute_freshness_check");
  op.addColumn(table, column("timeliness_number", "integer"));
  op.addColumn(table, column("timeliness_datepart", "datepartenum"));
  op.addColumn(table, column("mute_timeliness_check", "boolean", { nullable: false, default: false }));
}

function joinFreshnessAndTimeliness(op: Operations, table: string): void {
  op.dropColumn(table, "mute_timeliness_check");
  op.dropColumn(table, "timeliness_datepart");
  op.dropColumn(table, "timeliness_number");
  renameRequired(op, table, "mute_freshness_check", "mute_timely_check");
  op.renameColumn(table, "freshness_datepart", "timely_datepart");
  op.renameColumn(table, "freshness_number", "timely_number");
}

/** PostgreSQL 18 names a NOT NULL constraint after its column, and leaves the old name when the column is renamed. */
function renameRequired(op: Operations, table: string, from: string, to: string): void {
  still(op, "drop-not-null").alterColumn(table, from, { nullable: true });
  still(op, "rename-column").renameColumn(table, from, to);
  still(op, "set-not-null").alterColumn(table, to, { nullable: false });
}

function widenIndexes(op: Operations): void {
  for (const table of ["address_type", "pipeline_type", "address"]) {
    still(op, "create-index-blocking").createIndex(`ix_${table}_name_includes`, table, ["name"], {
      unique: true,
      include: ["id"],
    });
    still(op, "drop-index-blocking").dropIndex(`ix_${table}_name`);
  }
  still(op, "drop-index-blocking").dropIndex("ix_pipeline_name_includes");
  still(op, "create-index-blocking").createIndex("ix_pipeline_name_includes", "pipeline", ["name"], {
    unique: true,
    include: ["load_lineage", "active", "id"],
  });
  still(op, "create-index-blocking").createIndex(
    "ix_pipeline_pipeline_type_id_includes",
    "pipeline",
    ["pipeline_type_id"],
    { include: ["id"] },
  );
  still(op, "drop-index-blocking").dropIndex("ix_pipeline_pipeline_type_id");
}

function narrowIndexes(op: Operations): void {
  op.createIndex("ix_pipeline_pipeline_type_id", "pipeline", ["pipeline_type_id"]);
  op.dropIndex("ix_pipeline_pipeline_type_id_includes");
  op.dropIndex("ix_pipeline_name_includes");
  op.createIndex("ix_pipeline_name_includes", "pipeline", ["name"], {
    unique: true,
    include: ["load_lineage", "active"],
  });
  for (const table of ["address", "pipeline_type", "address_type"]) {
    op.createIndex(`ix_${table}_name`, table, ["name"], { unique: true });
    op.dropIndex(`ix_${table}_name_includes`);
  }
}

function upgradeExecutions(op: Operations): void {
  op.addColumn("pipeline_execution", column("date_recorded", "date"));
  op.addColumn("pipeline_execution", column("hour_recorded", "integer"));
  op.addColumn("pipeline_execution", column("execution_metadata", "jsonb"));
  op.addColumn("pipeline_execution", column("throughput", "numeric(12,4)"));
  still(op, "drop-not-null").alterColumn("pipeline_execution", "completed_successfully", {
    nullable: true,
    default: null,
  });
  // Until now an execution that had not ended counted as failed, and one could end before it began.
  still(op, "backfill-whole-table").execute(sql`
    UPDATE pipeline_execution SET
      date_recorded = (start_date AT TIME ZONE 'UTC')::date,
      hour_recorded = extract(hour FROM start_date AT TIME ZONE 'UTC'),
      end_date = greatest(end_date, start_date + CASE WHEN end_date IS NOT NULL THEN interval '1 microsecond' END),
      completed_successfully = CASE WHEN end_date IS NOT NULL THEN completed_successfully END`);
  still(op, "set-not-null").alterColumn("pipeline_execution", "date_recorded", { nullable: false });
  still(op, "set-not-null").alterColumn("pipeline_execution", "hour_recorded", { nullable: false });
  still(op, "add-check-constraint").createCheckConstraint(
    "pipeline_execution_check",
    "pipeline_execution",
    "end_date IS NULL OR end_date > start_date",
  );
  still(op, "create-index-blocking").createIndex(
    "ix_pipeline_execution_date_recorded_seek",
    "pipeline_execution",
    ["date_recorded", "pipeline_id"],
    {
      include: ["id"],
    },
  );
  still(op, "create-index-blocking").createIndex(
    "ix_pipeline_execution_hour_recorded",
    "pipeline_execution",
    ["pipeline_id", "hour_recorded", "end_date"],
    { include: ["completed_successfully", "id"], where: "end_date IS NOT NULL" },
  );
  still(op, "create-index-blocking").createIndex(
    "ix_pipeline_execution_start_date",
    "pipeline_execution",
    ["start_date"],
    { include: ["id"] },
  );
  still(op, "drop-index-blocking").dropIndex("ix_pipeline_execution_end_date_filter");
}

function downgradeExecutions(op: Operations): void {
  op.createIndex("ix_pipeline_execution_end_date_filter", "pipeline_execution", ["end_date"], {
    where: "end_date IS NOT NULL",
  });
  op.dropIndex("ix_pipeline_execution_start_date");
  op.dropIndex("ix_pipeline_execution_hour_recorded");
  op.dropIndex("ix_pipeline_execution_date_recorded_seek");
  op.dropConstraint("pipeline_execution_check", "pipeline_execution");
  op.execute(sql`UPDATE pipeline_execution SET completed_successfully = false WHERE completed_successfully IS NULL`);
  op.alterColumn("pipeline_execution", "completed_successfully", { nullable: false, default: false });
  op.dropColumn("pipeline_execution", "throughput");
  op.dropColumn("pipeline_execution", "execution_metadata");
  op.dropColumn("pipeline_execution", "hour_recorded");
  op.dropColumn("pipeline_execution", "date_recorded");
}

function upgradeTimelinessLog(op: Operations): void {
  still(op, "drop-index-blocking").dropIndex("ix_timeliness_pipeline_execution_log_pipeline_execution_id");
  op.allow("drop-column", "a number that nothing refers to; the execution is the key now");
  op.dropColumn(timelinessLog, "id");
  still(op, "alter-column-type").alterColumn(timelinessLog, "pipeline_execution_id", { type: "bigint" });
  still(op, "add-primary-key").createPrimaryKey("timeliness_pipeline_execution_log_pkey", timelinessLog, [
    "pipeline_execution_id",
  ]);
  op.addColumn(timelinessLog, column("execution_status", "text"));
  op.addColumn(timelinessLog, column("timely_number", "integer"));
  op.addColumn(timelinessLog, column("timely_datepart", "datepartenum"));
  op.addColumn(timelinessLog, column("used_child_config", "boolean"));
  // Until now only ended executions were held to a limit, and all of them to the same one, in seconds.
  still(op, "backfill-whole-table").execute(sql`
    UPDATE timeliness_pipeline_execution_log SET
      execution_status = 'completed',
      timely_number = ceil(seconds_threshold / 60.0),
      timely_datepart = 'MINUTE',
      used_child_config = false`);
  for (const name of ["execution_status", "timely_number", "timely_datepart", "used_child_config"]) {
    still(op, "set-not-null").alterColumn(timelinessLog, name, { nullable: false });
  }
}

function downgradeTimelinessLog(op: Operations): void {
  for (const name of ["used_child_config", "timely_datepart", "timely_number", "execution_status"]) {
    op.dropColumn(timelinessLog, name);
  }
  op.dropConstraint("timeliness_pipeline_execution_log_pkey", timelinessLog);
  op.alterColumn(timelinessLog, "pipeline_execution_id", { type: "integer" });
  op.addColumn(timelinessLog, column("id", "bigserial", { primaryKey: true }));
  op.createIndex(
    "ix_timeliness_pipeline_execution_log_pipeline_execution_id",
    timelinessLog,
    ["pipeline_execution_id"],
    { unique: true },
  );
}

function createChecks(op: Operations): void {
  const pipeline = { table: "pipeline", columns: ["id"] };

  op.createTable(
    "anomaly_detection_rule",
    column("id", "serial", { primaryKey: true }),
    column("pipeline_id", "integer", { nullable: false, references: pipeline }),
    column("metric_field", "anomalymetricfieldenum", { nullable: false }),
    column("z_threshold", "numeric(4,2)"),
    column("lookback_days", "integer", { nullable: false }),
    column("minimum_executions", "integer", { nullable: false }),
    column("active", "boolean", { nullable: false, default: true }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
    column("updated_at", "timestamptz"),
  );
  op.createIndex("ix_anomaly_detection_rule_pipeline_id", "anomaly_detection_rule", ["pipeline_id", "active"], {
    include: ["id"],
  });
  op.createIndex("ix_anomaly_detection_rule_composite_key", "anomaly_detection_rule", ["pipeline_id", "metric_field"], {
    unique: true,
    include: ["id"],
  });

  op.createTable(
    "freshness_pipeline_log",
    column("id", "bigserial", { primaryKey: true }),
    column("pipeline_id", "integer", { nullable: false, references: pipeline }),
    column("last_dml_timestamp", "timestamptz"),
    column("evaluation_timestamp", "timestamptz"),
    column("freshness_number", "integer", { nullable: false }),
    column("freshness_datepart", "datepartenum", { nullable: false }),
    column("used_child_config", "boolean", { nullable: false }),
    column("created_at", "timestamptz", { nullable: false, default: now }),
  );
  op.createIndex(
    "ix_freshness_pipeline_log_covering",
    "freshness_pipeline_log",
    ["last_dml_timestamp", "pipeline_id"],
    { unique: true },
  );

  op.createTable(
    "anomaly_detection_result",
    column("pipeline_execution_id", "bigint", {
      nullable: false,
      references: { table: "pipeline_execution", columns: ["id"] },
    }),
    column("rule_id", "integer", { nullable: false, references: { table: "anomaly_detection_rule", columns: ["id"] } }),
    column("violation_value", "numeric(12,4)"),
    column("z_score", "numeric(12,4)"),
    column("historical_mean", "numeric(12,4)"),
    column("std_deviation_value", "numeric(12,4)"),
    column("z_threshold", "numeric(12,4)"),
    column("threshold_min_value", "numeric(12,4)"),
    column("threshold_max_value", "numeric(12,4)"),
    column("context", "jsonb"),
    column("detected_at", "timestamptz", { nullable: false, default: now }),
    primaryKey(["pipeline_execution_id", "rule_id"]),
  );
}
