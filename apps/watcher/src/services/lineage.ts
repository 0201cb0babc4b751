import type { Database, Queries } from "../store/database.ts";
import { syncAddresses, type AddressInput } from "./addresses.ts";
import { listJson, type JsonText } from "./json-rows.ts";
import { ExactNumber } from "./json.ts";

/** What a pipeline reads, and what it writes. */
export interface LineageInput {
  readonly pipeline_id: string;
  readonly source_addresses: readonly AddressInput[];
  readonly target_addresses: readonly AddressInput[];
}

export interface LineageAnswer {
  readonly pipeline_id: ExactNumber;
  readonly lineage_relationships_created: number;
  readonly message: string;
}

/**
 * Replaces the lineage of a pipeline by an edge from each source to each target, and creates the addresses that are
 * missing, all or nothing. `created` is whether the last address of the request was new.
 */
export function replaceLineage(
  database: Database,
  { pipeline_id: id, source_addresses: sources, target_addresses: targets }: LineageInput,
): Promise<{ created: boolean; lineage: LineageAnswer }> {
  const answer = (count: number, message: string): LineageAnswer => ({
    pipeline_id: new ExactNumber(id),
    lineage_relationships_created: count,
    message,
  });
  return database.transaction(async (transaction) => {
    // Held to the end: of two requests for one pipeline, one lineage is there afterwards and not a mixture.
    const [pipeline] = await transaction.query<{ load_lineage: boolean }>(
      "SELECT load_lineage FROM pipeline WHERE id = $1::bigint FOR NO KEY UPDATE",
      [id],
    );
    if (!pipeline?.load_lineage) {
      const message = `pipeline ${id} does not have load_lineage=true. no lineage relationships created.`;
      return { created: false, lineage: answer(0, message) };
    }
    const addresses = await syncAddresses(transaction, [...sources, ...targets]);
    const ids = addresses.map((address) => address.id);
    const count = await replaceEdges(transaction, id, ids.slice(0, sources.length), ids.slice(sources.length));
    return {
      created: addresses.at(-1)?.created ?? false,
      lineage: answer(count, `lineage relationships created for pipeline ${id}`),
    };
  });
}

async function replaceEdges(
  transaction: Queries,
  pipeline: string,
  sources: readonly number[],
  targets: readonly number[],
): Promise<number> {
  const [edges] = await transaction.query<{ count: number }>(
    `WITH wanted AS (
      SELECT DISTINCT source::integer, target::integer
      FROM jsonb_array_elements_text($2::jsonb) AS source
      CROSS JOIN jsonb_array_elements_text($3::jsonb) AS target
    ), gone AS (
      DELETE FROM address_lineage
      WHERE pipeline_id = $1::bigint
        AND (source_address_id, target_address_id) NOT IN (SELECT source, target FROM wanted)
    ), added AS (
      INSERT INTO address_lineage (pipeline_id, source_address_id, target_address_id)
      SELECT $1::bigint, source, target FROM wanted
      ON CONFLICT (source_address_id, target_address_id, pipeline_id) DO NOTHING
    )
    SELECT count(*) FROM wanted`,
    [pipeline, JSON.stringify(sources), JSON.stringify(targets)],
  );
  return edges?.count ?? 0;
}

export interface LineageGraph {
  readonly nodes: JsonText;
  readonly edges: JsonText;
}

/**
 * The lineage of an address: every address that its data comes from or goes to, over any number of edges, and every
 * edge that touches one of them. Cycles end where they began. Of an address without edges, or an unknown one, nothing.
 */
export async function getLineageGraph(database: Queries, address: string): Promise<JsonText> {
  const [graph] = await database.query<LineageGraph>(lineageGraph, [address]);
  return `{"nodes":${graph?.nodes ?? "[]"},"edges":${graph?.edges ?? "[]"}}`;
}

/** What the edges of a CTE `edges` and their addresses look like. */
const printedGraph = `(
    SELECT coalesce(json_agg(row), '[]') FROM (
      SELECT address.id, address.name, type.name AS address_type_name, type.group_name AS address_type_group_name,
        address.address_metadata
      FROM (SELECT source_address_id AS id FROM edges UNION SELECT target_address_id FROM edges) AS nodes
      JOIN address ON address.id = nodes.id
      JOIN address_type AS type ON type.id = address.address_type_id
      ORDER BY address.id
    ) AS row
  ) AS nodes, (
    SELECT coalesce(json_agg(row), '[]') FROM (
      SELECT edges.source_address_id, edges.target_address_id, 1 AS depth,
        ARRAY[edges.source_address_id, edges.target_address_id] AS lineage_path,
        pipeline.id AS pipeline_id, pipeline.name AS pipeline_name, type.name AS pipeline_type_name,
        pipeline.pipeline_metadata, pipeline.active AS pipeline_active
      FROM edges
      JOIN pipeline ON pipeline.id = edges.pipeline_id
      JOIN pipeline_type AS type ON type.id = pipeline.pipeline_type_id
      ORDER BY edges.source_address_id, edges.target_address_id, pipeline.id
    ) AS row
  ) AS edges`;

/** Everything that is up or down the edges from the addresses that a query finds. */
const graphFrom = (downFrom: string, upFrom: string) => `
  WITH RECURSIVE descendants (id) AS (
    ${downFrom}
    UNION
    SELECT edge.target_address_id FROM descendants
    JOIN address_lineage AS edge ON edge.source_address_id = descendants.id
  ), ancestors (id) AS (
    ${upFrom}
    UNION
    SELECT edge.source_address_id FROM ancestors
    JOIN address_lineage AS edge ON edge.target_address_id = ancestors.id
  ), related AS MATERIALIZED (
    SELECT id FROM descendants UNION SELECT id FROM ancestors
  ), edges AS MATERIALIZED (
    SELECT edge.* FROM related JOIN address_lineage AS edge ON edge.source_address_id = related.id
    UNION ALL
    SELECT edge.* FROM related JOIN address_lineage AS edge ON edge.target_address_id = related.id
    WHERE edge.source_address_id NOT IN (SELECT id FROM related)
  )
  SELECT ${printedGraph}`;

const lineageGraph = graphFrom("SELECT $1::bigint", "SELECT $1::bigint");

const pipelineGraph = graphFrom(
  "SELECT target_address_id::bigint FROM address_lineage WHERE pipeline_id = $1::bigint",
  "SELECT source_address_id::bigint FROM address_lineage WHERE pipeline_id = $1::bigint",
);

const wholeGraph = `
  WITH newest AS MATERIALIZED (
    SELECT * FROM address_lineage ORDER BY id DESC LIMIT $1::integer + 1
  ), edges AS MATERIALIZED (
    SELECT * FROM newest ORDER BY id DESC LIMIT $1::integer
  )
  SELECT ${printedGraph}, (SELECT count(*) FROM newest) > $1::integer AS truncated`;

/** The lineage of all that a pipeline reads and writes, in the same form. */
export async function getPipelineLineage(database: Queries, pipeline: string): Promise<JsonText> {
  const [graph] = await database.query<LineageGraph>(pipelineGraph, [pipeline]);
  return `{"nodes":${graph?.nodes ?? "[]"},"edges":${graph?.edges ?? "[]"}}`;
}

/** All lineage there is, as far as `limit` edges, the pipelines that changed it last first. */
export async function getWholeLineage(database: Queries, limit: number): Promise<JsonText> {
  const [graph] = await database.query<LineageGraph & { truncated: boolean }>(wholeGraph, [limit]);
  return `{"nodes":${graph?.nodes ?? "[]"},"edges":${graph?.edges ?? "[]"},"truncated":${graph?.truncated ?? false}}`;
}

/** The addresses that lineage can be asked of, by name. */
export function listLineageAddresses(database: Queries): Promise<JsonText> {
  return listJson(database, "SELECT id, name FROM address ORDER BY name");
}
