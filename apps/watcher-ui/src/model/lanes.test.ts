import { expect, test } from "vitest";
import { lanesOf, type LaneRevision } from "./lanes.ts";

/** `c: b a` is a revision c on b and a; `c ~ b` depends on b. */
const history = (...lines: string[]): LaneRevision[] =>
  lines.map((line) => {
    const [revision = "", down = ""] = line.split(" ~ ")[0]!.split(":");
    return {
      revision,
      downRevision: down.trim().split(" ").filter(Boolean),
      dependsOn: (line.split(" ~ ")[1] ?? "").split(" ").filter(Boolean),
    };
  });

const lanes = (revisions: LaneRevision[]) => lanesOf(revisions).rows.map(({ lane }) => lane);

test.each([
  ["one line of history", history("c: b", "b: a", "a"), [0, 0, 0]],
  ["a branch point", history("c: a", "b: a", "a"), [0, 1, 0]],
  ["a merge", history("d: b c", "c: a", "b: a", "a"), [0, 1, 0, 0]],
  ["two histories side by side", history("d: b", "c: a", "b", "a"), [0, 1, 0, 1]],
  ["a lane that is free is taken again", history("e: d", "d: b", "c: a", "b", "a"), [0, 0, 1, 0, 1]],
  ["a parent that is not shown", history("b: gone", "a"), [0, 0]],
])("%s", (_, revisions, expected) => {
  expect(lanes(revisions)).toEqual(expected);
});

test("lines lead to the rows of what a revision stands on, and of what it depends on", () => {
  const { rows, lanes: width } = lanesOf(history("d: b c", "c: a ~ b", "b: a", "a"));
  expect(rows.map(({ lines }) => lines.map(({ toRow, depends }) => [toRow, depends]))).toEqual([
    [
      [2, false],
      [1, false],
    ],
    [
      [3, false],
      [2, true],
    ],
    [[3, false]],
    [],
  ]);
  expect(width).toBe(2);
});

test("no two lines of history share a lane at the same height", () => {
  const revisions = history("g: e f", "f: d", "e: c", "d: b", "c: b", "b: a", "x: a", "a");
  const { rows } = lanesOf(revisions);
  const passing = (row: number) =>
    rows.flatMap(({ lines }, start) => lines.filter(({ toRow }) => start < row && toRow > row).map(({ lane }) => lane));
  for (const [row, { lane }] of rows.entries()) expect(passing(row)).not.toContain(lane);
  expect(passing(3)).not.toEqual([]);
});
