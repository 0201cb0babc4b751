import { column, primaryKey, sql, type Operations } from "limbeck";

export const revision = "20251021195850";
export const downRevision = "20250927222116";
export const branchLabels = null;
export const dependsOn = null;

/** Each index that is only renamed: what it was called, and what it is called from here on. */
const renamedIndexes = [
  ["ix_address_type_name_includes", "ux_address_type_name_include"],
  ["ix_pipeline_type_name_includes", "ux_pipeline_type_name_include"],
  ["ix_address_name_includes", "ux_address_name_include"],
  ["ix_pipeline_name_includes", "ux_pipeline_name_include"],
  ["ix_pipeline_pipeline_type_id_includes", "ix_pipeline_pipeline_type_id_include"],
  ["ix_address_lineage_pipeline", "ix_address_lineage_pipeline_id"],
  ["ix_address_lineage_source_target", "ux_address_lineage_source_target"],
  ["ix_address_lineage_target_source", "ux_address_lineage_target_source"],
  ["ix_anomaly_detection_rule_pipeline_id", "ix_anomaly_detection_rule_pipeline_id_include"],
  ["ix_anomaly_detection_rule_composite_key", "ux_anomaly_detection_rule_composite_key_include"],
  ["ix_freshness_pipeline_log_covering", "ux_freshness_pipeline_log"],
] as const;

/** Before Watcher there was the original, which stands still while its database is brought here. */
function still(op: Operations, ...rules: readonly string[]): Operations {
  for (const rule of rules)
    op.allow(rule, "the original is stopped for this revision: nobody waits, and nobody asks for old names");
  return op;
}

/** Keep the hierarchy of executions, the paths of the lineage, and a hash of what pipelines and addresses were sent. */
export function upgrade(op: Operations): void {
  for (const [before, after] of renamedIndexes) op.renameIndex(before, after);
  upgradeHashes(op);
  upgradeLineageClosure(op);
  upgradeExecutions(op);
  createExecutionClosure(op);
}

export function downgrade(op: Operations): void {
  op.dropTable("pipeline_execution_closure");
  downgradeExecutions(op);
  downgradeLineageClosure(op);
  downgradeHashes(op);
  for (const [before, after] of renamedIndexes) op.renameIndex(after, before);
}

function upgradeHashes(op: Operations): void {
  for (const table of ["pipeline", "address"]) {
    // No input has the empty hash, so the next sync of a row that is here already writes it anew.
    op.addColumn(table, column("input_hash", "varchar(20)", { nullable: false, default: "" }));
    op.alterColumn(table, "input_hash", { default: null });
  }
  op.addColumn("address", column("address_metadata", "jsonb"));
  still(op, "measured-lock").execute(
    sql`UPDATE address SET address_metadata = '{"deprecated": true}' WHERE deprecated`,
  );
  op.allow("drop-column", "its values are in address_metadata, by the statement before");
  op.dropColumn("address", "deprecated");
}

function downgradeHashes(op: Operations): void {
  op.addColumn("address", column("deprecated", "boolean", { nullable: false, default: false }));
  op.execute(sql`UPDATE address SET deprecated = true WHERE address_metadata @> '{"deprecated": true}'`);
  op.dropColumn("address", "address_metadata");
  for (const table of ["address", "pipeline"]) op.dropColumn(table, "input_hash");
}

/** One path of each known distance is found from the next shorter one; a row that no path explains is stale. */
function upgradeLineageClosure(op: Operations): void {
  op.addColumn("address_lineage_closure", column("lineage_path", "integer[]"));
  still(op, "backfill-whole-table").execute(sql`
    DO $$
    BEGIN
      UPDATE address_lineage_closure SET lineage_path =
        CASE depth WHEN 0 THEN ARRAY[source_address_id] ELSE ARRAY[source_address_id, target_address_id] END
      WHERE depth <= 1;

      FOR distance IN 2 .. (SELECT coalesce(max(depth), 0) FROM address_lineage_closure) LOOP
        UPDATE address_lineage_closure AS longer
        SET lineage_path = shorter.lineage_path || longer.target_address_id
        FROM address_lineage_closure AS shorter
        JOIN address_lineage_closure AS edge ON edge.source_address_id = shorter.target_address_id AND edge.depth = 1
        WHERE longer.depth = distance
          AND shorter.depth = distance - 1
          AND shorter.lineage_path IS NOT NULL
          AND shorter.source_address_id = longer.source_address_id
          AND edge.target_address_id = longer.target_address_id;
      END LOOP;

      DELETE FROM address_lineage_closure WHERE lineage_path IS NULL;
    END $$`);
  still(op, "set-not-null").alterColumn("address_lineage_closure", "lineage_path", { nullable: false });
  still(op, "drop-constraint").dropConstraint("address_lineage_closure_pkey", "address_lineage_closure");
  still(op, "add-primary-key").createPrimaryKey("address_lineage_closure_pkey", "address_lineage_closure", [
    "source_address_id",
    "target_address_id",
    "depth",
  ]);
  replaceClosureIndexes(op, "", "_include", ["lineage_path"]);
}

function downgradeLineageClosure(op: Operations): void {
  replaceClosureIndexes(op, "_include", "", []);
  op.dropConstraint("address_lineage_closure_pkey", "address_lineage_closure");
  // The key loses the distance: of two paths between the same addresses the shorter one stays.
  op.execute(sql`
    DELETE FROM address_lineage_closure AS longer USING address_lineage_closure AS shorter
    WHERE shorter.source_address_id = longer.source_address_id
      AND shorter.target_address_id = longer.target_address_id
      AND shorter.depth < longer.depth`);
  op.createPrimaryKey("address_lineage_closure_pkey", "address_lineage_closure", [
    "source_address_id",
    "target_address_id",
  ]);
  op.dropColumn("address_lineage_closure", "lineage_path");
}

function replaceClosureIndexes(op: Operations, before: string, after: string, carried: readonly string[]): void {
  for (const [end, otherEnd] of [
    ["source", "target"],
    ["target", "source"],
  ] as const) {
    const name = `ix_address_lineage_closure_depth_${end}`;
    still(op, "create-index-blocking").createIndex(
      `${name}${after}`,
      "address_lineage_closure",
      [`${end}_address_id`, "depth"],
      {
        include: [`${otherEnd}_address_id`, ...carried],
      },
    );
    still(op, "drop-index-blocking").dropIndex(`${name}${before}`);
  }
}

function upgradeExecutions(op: Operations): void {
  still(op, "measured-lock").execute(sql`
    UPDATE pipeline_execution
    SET execution_metadata = coalesce(execution_metadata, '{}') || jsonb_build_object('full_load', full_load)
    WHERE full_load IS NOT NULL`);
  op.allow("drop-column", "its values are in execution_metadata, by the statement before");
  op.dropColumn("pipeline_execution", "full_load");
  op.addColumn("pipeline_execution", column("anomaly_flags", "jsonb"));
  op.renameConstraint("pipeline_execution", "pipeline_execution_check", "ck_check_end_after_start");
  still(op, "measured-lock").execute(sql`UPDATE pipeline_execution SET parent_id = NULL WHERE parent_id = id`);
  still(op, "add-check-constraint").createCheckConstraint(
    "ck_check_parent_not_self",
    "pipeline_execution",
    "parent_id IS NULL OR parent_id <> id",
  );
}

function downgradeExecutions(op: Operations): void {
  op.dropConstraint("ck_check_parent_not_self", "pipeline_execution");
  op.renameConstraint("pipeline_execution", "ck_check_end_after_start", "pipeline_execution_check");
  op.dropColumn("pipeline_execution", "anomaly_flags");
  op.addColumn("pipeline_execution", column("full_load", "boolean"));
  op.execute(sql`
    UPDATE pipeline_execution SET
      full_load = (execution_metadata -> 'full_load')::boolean,
      execution_metadata = nullif(execution_metadata - 'full_load', '{}')
    WHERE jsonb_typeof(execution_metadata -> 'full_load') = 'boolean'`);
}

function createExecutionClosure(op: Operations): void {
  const execution = { table: "pipeline_execution", columns: ["id"] };

  op.createTable(
    "pipeline_execution_closure",
    column("parent_execution_id", "bigint", { nullable: false, references: execution }),
    column("child_execution_id", "bigint", { nullable: false, references: execution }),
    column("depth", "integer", { nullable: false }),
    primaryKey(["parent_execution_id", "child_execution_id"]),
  );
  for (const [end, otherEnd] of [
    ["parent", "child"],
    ["child", "parent"],
  ] as const) {
    op.createIndex(
      `ix_pipeline_execution_closure_depth_${end}_include`,
      "pipeline_execution_closure",
      [`${end}_execution_id`, "depth"],
      { include: [`${otherEnd}_execution_id`] },
    );
  }
}
