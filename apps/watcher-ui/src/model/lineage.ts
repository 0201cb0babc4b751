/** A place or a pipeline between places, for a graph that is laid out in layers. */
export interface GraphNode {
  /** `a` or `p` for its kind, then the id. */
  readonly key: string;
  readonly kind: "address" | "pipeline";
  readonly id: number;
  readonly name: string;
  /** What stands below the name. */
  readonly note: string;
  readonly dim: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

interface Address {
  readonly id: number;
  readonly name: string;
  readonly address_type_name: string;
}

interface Edge {
  readonly source_address_id: number;
  readonly target_address_id: number;
  readonly pipeline_id: number;
  readonly pipeline_name: string;
  readonly pipeline_active: boolean;
}

/**
 * Addresses and the pipelines between them. A pipeline writes each of its targets from each of its sources, so that one
 * node in the middle says the same as an edge for every pair, with fewer lines.
 */
export function graphOf(addresses: readonly Address[], edges: readonly Edge[]): Graph {
  const nodes = new Map<string, GraphNode>();
  const lines = new Map<string, { from: string; to: string }>();
  const touched = new Set(edges.flatMap((edge) => [edge.source_address_id, edge.target_address_id]));
  for (const { id, name, address_type_name: note } of addresses) {
    const key = `a${id}`;
    if (touched.has(id)) nodes.set(key, { key, kind: "address", id, name, note, dim: false });
  }
  for (const { source_address_id: source, target_address_id: target, ...edge } of edges) {
    const key = `p${edge.pipeline_id}`;
    const { pipeline_id: id, pipeline_name: name, pipeline_active: active } = edge;
    nodes.set(key, { key, kind: "pipeline", id, name, note: "", dim: !active });
    for (const [from, to] of [
      [`a${source}`, key],
      [key, `a${target}`],
    ] as const) {
      lines.set(`${from} ${to}`, { from, to });
    }
  }
  return { nodes: [...nodes.values()], edges: [...lines.values()] };
}

export type Direction = "both" | "up" | "down";

/** The part of a graph within a number of addresses from one node, up or down the edges. Cycles end where they began. */
export function around(graph: Graph, key: string, direction: Direction, depth: number): Graph {
  const near = new Set([key]);
  const kept = new Set<number>();
  const walk = (start: "from" | "to", end: "from" | "to") => {
    const seen = new Set([key]);
    let front = [key];
    // An address is two edges from the next: there is a pipeline between.
    for (let step = 0; step < depth * 2 && front.length > 0; step++) {
      const reached: string[] = [];
      for (const [index, edge] of graph.edges.entries()) {
        if (!front.includes(edge[start])) continue;
        kept.add(index);
        near.add(edge[end]);
        if (!seen.has(edge[end])) reached.push(edge[end]);
        seen.add(edge[end]);
      }
      front = reached;
    }
  };
  if (direction !== "up") walk("from", "to");
  if (direction !== "down") walk("to", "from");
  return {
    nodes: graph.nodes.filter((node) => near.has(node.key)),
    edges: graph.edges.filter((_, index) => kept.has(index)),
  };
}
