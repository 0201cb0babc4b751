import type { Queries } from "../store/database.ts";
import { executionNotFound } from "./executions.ts";
import { momentSql, rowJson, type JsonText } from "./json-rows.ts";

const most = 1_000;

/** The family of an execution: those above it, up to the root, and all that the root started; at most 1000 of these. */
export async function getExecutionTree(database: Queries, id: string): Promise<JsonText> {
  const tree = await rowJson(database, executionTree, [id, most]);
  if (tree === undefined) throw executionNotFound();
  return tree;
}

/** Where parents go in a circle, or are gone, the top is the last one that can be reached. */
const executionTree = `
  WITH RECURSIVE above (id, parent_id, height) AS (
    SELECT id, parent_id, 0 FROM pipeline_execution WHERE id = $1::bigint
    UNION ALL
    SELECT parent.id, parent.parent_id, height + 1
    FROM above JOIN pipeline_execution AS parent ON parent.id = above.parent_id
    WHERE height < $2::integer
  ) CYCLE id SET is_again USING path, root AS (
    SELECT id FROM above WHERE NOT is_again ORDER BY height DESC LIMIT 1
  ), below (id) AS (
    SELECT id FROM root
    UNION
    SELECT child.id FROM below JOIN pipeline_execution AS child ON child.parent_id = below.id
  ), family AS MATERIALIZED (
    SELECT id FROM below LIMIT $2::integer + 1
  )
  SELECT root.id AS root, (SELECT count(*) FROM family) > $2::integer AS truncated, (
    SELECT json_agg(row ORDER BY row.id) FROM (
      SELECT execution.id, execution.parent_id, execution.pipeline_id, pipeline.name AS pipeline_name,
        ${momentSql("execution.start_date")} AS start_date, ${momentSql("execution.end_date")} AS end_date,
        execution.duration_seconds, execution.completed_successfully, execution.total_rows,
        coalesce(execution.anomaly_flags::text LIKE '%true%', false) AS anomalous
      FROM family
      JOIN pipeline_execution AS execution ON execution.id = family.id
      JOIN pipeline ON pipeline.id = execution.pipeline_id
      LIMIT $2::integer
    ) AS row
  ) AS executions
  FROM root`;
