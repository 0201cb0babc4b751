import { expect, test } from "vitest";
import { around, graphOf } from "./lineage.ts";

const edge = (source: number, target: number, pipeline: number, active = true) => ({
  source_address_id: source,
  target_address_id: target,
  pipeline_id: pipeline,
  pipeline_name: `p${pipeline}`,
  pipeline_active: active,
});
const addresses = (...ids: number[]) => ids.map((id) => ({ id, name: `a${id}`, address_type_name: "table" }));
const lines = ({ edges }: { edges: readonly { from: string; to: string }[] }) =>
  edges.map(({ from, to }) => `${from} ${to}`);

test("a pipeline stands once between all that it reads and all that it writes", () => {
  const graph = graphOf(addresses(1, 2, 3, 4, 9), [edge(1, 3, 7), edge(1, 4, 7), edge(2, 3, 7), edge(2, 4, 7, false)]);
  expect(graph.nodes.map(({ key, dim }) => `${key} ${dim}`)).toEqual([
    "a1 false",
    "a2 false",
    "a3 false",
    "a4 false",
    "p7 true",
  ]);
  expect(lines(graph)).toEqual(["a1 p7", "p7 a3", "p7 a4", "a2 p7"]);
});

// 1 → 2 → 3 → 4, and from 4 back to 1; 5 feeds 3.
const cycle = graphOf(addresses(1, 2, 3, 4, 5), [
  edge(1, 2, 1),
  edge(2, 3, 2),
  edge(3, 4, 3),
  edge(4, 1, 4),
  edge(5, 3, 5),
]);

test.each([
  ["a2", "down", 1, ["a2", "a3", "p2"]],
  ["a2", "up", 1, ["a1", "a2", "p1"]],
  ["a2", "both", 1, ["a1", "a2", "a3", "p1", "p2"]],
  ["a2", "down", Infinity, ["a1", "a2", "a3", "a4", "p1", "p2", "p3", "p4"]],
  ["a5", "up", Infinity, ["a5"]],
  ["p5", "down", 1, ["a3", "a4", "p3", "p5"].filter((key) => key !== "a4")],
  ["gone", "both", 3, []],
] as const)("around %s, %s, %s steps", (key, direction, depth, expected) => {
  expect(
    around(cycle, key, direction, depth)
      .nodes.map((node) => node.key)
      .toSorted(),
  ).toEqual(expected);
});

test("an address that feeds itself", () => {
  const graph = graphOf(addresses(1), [edge(1, 1, 1)]);
  expect(lines(around(graph, "a1", "both", Infinity))).toEqual(["a1 p1", "p1 a1"]);
});
