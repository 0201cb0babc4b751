import { expect, test } from "vitest";
import { treeRows } from "./tree.ts";

const at = (minutes: number) => new Date(minutes * 60_000).toISOString();
const node = (id: number, parent: number | null, from: number, to: number | null) => ({
  id,
  parent_id: parent,
  start_date: at(from),
  end_date: to === null ? null : at(to),
});

test("each child stands below its parent, the earlier first, with its share of the family's time", () => {
  const rows = treeRows(
    [node(1, null, 0, 10), node(2, 1, 5, 10), node(3, 1, 1, 2), node(4, 3, 1, null)],
    1,
    20 * 60_000,
  );
  expect(rows.map(({ node: { id }, depth, from, share }) => [id, depth, from, share])).toEqual([
    [1, 0, 0, 0.5],
    [3, 1, 0.05, 0.05],
    [4, 2, 0.05, 0.95],
    [2, 1, 0.25, 0.25],
  ]);
});

test("parents in a circle are shown once, and ten thousand generations are walked", () => {
  expect(treeRows([node(1, 2, 0, 1), node(2, 1, 0, 1)], 1, 0).map((row) => row.node.id)).toEqual([1, 2]);
  const deep = Array.from({ length: 10_000 }, (_, id) => node(id, id === 0 ? null : id - 1, 0, 1));
  expect(treeRows(deep, 0, 0)).toHaveLength(10_000);
});
