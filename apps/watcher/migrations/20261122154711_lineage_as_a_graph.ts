import { column, primaryKey, sql, type Operations } from "limbeck";

export const revision = "20261122154711";
export const downRevision = "20251021195850";
export const branchLabels = null;
export const dependsOn = null;

const edges = "address_lineage";

/**
 * Lineage as a graph: two pipelines may write one pair of addresses, and both closure tables go. Lineage is read by
 * walking its edges, and the children of an execution by their parent.
 */
export function upgrade(op: Operations): void {
  // The original made these two outside its migrations, whenever it started.
  for (const view of ["lineage_graph_report", "daily_pipeline_report"]) {
    op.allow("drop-view", "only the original reads it, which makes it anew whenever it starts");
    op.dropMaterializedView(view, { ifExists: true });
  }
  op.createIndex("ux_address_lineage_edge", edges, ["source_address_id", "target_address_id", "pipeline_id"], {
    unique: true,
    concurrently: true,
  });
  op.createIndex("ix_address_lineage_target_source", edges, ["target_address_id", "source_address_id"], {
    concurrently: true,
  });
  op.dropIndex("ux_address_lineage_source_target", { table: edges, concurrently: true });
  op.dropIndex("ux_address_lineage_target_source", { table: edges, concurrently: true });
  op.createIndex("ix_pipeline_execution_parent_id", "pipeline_execution", ["parent_id"], {
    where: "parent_id IS NOT NULL",
    concurrently: true,
  });
  op.allow("drop-table", "made of address_lineage, which is walked now");
  op.dropTable("address_lineage_closure");
  op.allow("drop-table", "made of pipeline_execution.parent_id, which is walked now");
  op.dropTable("pipeline_execution_closure");
}

export function downgrade(op: Operations): void {
  createExecutionClosure(op);
  createLineageClosure(op);
  op.dropIndex("ix_pipeline_execution_parent_id", { table: "pipeline_execution", concurrently: true });
  // Of two pipelines that write one pair, the older edge stays.
  op.execute(sql`
    DELETE FROM address_lineage AS later USING address_lineage AS earlier
    WHERE later.source_address_id = earlier.source_address_id
      AND later.target_address_id = earlier.target_address_id
      AND later.id > earlier.id`);
  op.createIndex("ux_address_lineage_target_source", edges, ["target_address_id", "source_address_id"], {
    unique: true,
    concurrently: true,
  });
  op.createIndex("ux_address_lineage_source_target", edges, ["source_address_id", "target_address_id"], {
    unique: true,
    concurrently: true,
  });
  op.dropIndex("ix_address_lineage_target_source", { table: edges, concurrently: true });
  op.dropIndex("ux_address_lineage_edge", { table: edges, concurrently: true });
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
  op.execute(sql`
    INSERT INTO pipeline_execution_closure
    WITH RECURSIVE descent AS (
      SELECT id AS ancestor, id, 0 AS depth FROM pipeline_execution
      UNION ALL
      SELECT descent.ancestor, child.id, descent.depth + 1
      FROM descent JOIN pipeline_execution AS child ON child.parent_id = descent.id
    ) CYCLE id SET is_cycle USING path
    SELECT DISTINCT ON (ancestor, id) ancestor, id, depth FROM descent
    WHERE NOT is_cycle
      AND (ancestor <> id OR EXISTS (
        SELECT FROM pipeline_execution AS relative
        WHERE relative.parent_id = descent.id OR (relative.id = descent.id AND relative.parent_id IS NOT NULL)
      ))
    ORDER BY ancestor, id, depth`);
}

/** One shortest path for each pair of addresses: distance by distance, so that cycles end. */
function createLineageClosure(op: Operations): void {
  const address = { table: "address", columns: ["id"] };
  op.createTable(
    "address_lineage_closure",
    column("source_address_id", "integer", { nullable: false, references: address }),
    column("target_address_id", "integer", { nullable: false, references: address }),
    column("depth", "integer", { nullable: false }),
    column("lineage_path", "integer[]", { nullable: false }),
    primaryKey(["source_address_id", "target_address_id", "depth"]),
  );
  for (const [end, otherEnd] of [
    ["source", "target"],
    ["target", "source"],
  ] as const) {
    op.createIndex(
      `ix_address_lineage_closure_depth_${end}_include`,
      "address_lineage_closure",
      [`${end}_address_id`, "depth"],
      { include: [`${otherEnd}_address_id`, "lineage_path"] },
    );
  }
  op.execute(sql`
    DO $$
    DECLARE distance integer := 0;
    BEGIN
      INSERT INTO address_lineage_closure
      SELECT id, id, 0, ARRAY[id] FROM address
      WHERE EXISTS (SELECT FROM address_lineage WHERE address.id IN (source_address_id, target_address_id));

      LOOP
        INSERT INTO address_lineage_closure
        SELECT DISTINCT ON (path.source_address_id, edge.target_address_id)
          path.source_address_id, edge.target_address_id, distance + 1, path.lineage_path || edge.target_address_id
        FROM address_lineage_closure AS path
        JOIN address_lineage AS edge ON edge.source_address_id = path.target_address_id
        WHERE path.depth = distance
          AND NOT EXISTS (
            SELECT FROM address_lineage_closure AS known
            WHERE known.source_address_id = path.source_address_id AND known.target_address_id = edge.target_address_id
          );
        EXIT WHEN NOT FOUND;
        distance := distance + 1;
      END LOOP;
    END $$`);
}
