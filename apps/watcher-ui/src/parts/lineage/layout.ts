import { Graph as LayeredGraph, layout } from "@dagrejs/dagre";
import { elided } from "../../model/format.ts";
import type { Graph, GraphNode } from "../../model/lineage.ts";

export interface Placed extends GraphNode {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly nodes: readonly Placed[];
  readonly lines: readonly { readonly key: string; readonly path: string }[];
  readonly width: number;
  readonly height: number;
}

const longestName = 30;
const signWidth = 6.9;

/** Lays a graph out in layers from left to right, with few crossings; edges of cycles lead back. */
export function draw({ nodes, edges }: Graph): Drawing {
  const graph = new LayeredGraph();
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 26, marginx: 10, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key, kind, name } of nodes) {
    const width = Math.ceil(Math.max(6, elided(name, longestName).length) * signWidth) + 22;
    graph.setNode(key, { width, height: kind === "address" ? 46 : 30 });
  }
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    nodes: nodes.map((node) => ({
      ...node,
      label: elided(node.name, longestName),
      ...(graph.node(node.key) as { x: number; y: number; width: number; height: number }),
    })),
    lines: edges.map(({ from, to }) => {
      const { points = [] } = graph.edge(from, to) as { points?: { x: number; y: number }[] };
      return { key: `${from} ${to}`, path: curve(points) };
    }),
    width: Math.max(1, width),
    height: Math.max(1, height),
  };
}

/** A smooth line: through the middles between the points, bent towards these. */
function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  const last = rest.pop();
  if (first === undefined || last === undefined) return "";
  let path = `M${first.x},${first.y}`;
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    const end = next === undefined ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    path += `Q${point.x},${point.y} ${end.x},${end.y}`;
  }
  return rest.length === 0 ? `${path}L${last.x},${last.y}` : path;
}
