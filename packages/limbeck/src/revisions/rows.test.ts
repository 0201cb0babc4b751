import { describe, expect, it } from "vitest";
import { refusal, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";
import { rowDifference } from "./rows.ts";
import type { RevisionInfo, RowChange, Step } from "./revision.ts";

const r = (revision: string, downRevision: RevisionInfo["downRevision"] = null, dependsOn?: string): RevisionInfo => ({
  revision,
  downRevision,
  dependsOn,
});
const steps = (text: string): Step[] =>
  text
    .split(" ")
    .map((step) => ({ direction: step.startsWith("+") ? "upgrade" : "downgrade", revision: step.slice(1) }));
/** Deletions, insertions and updates, in the order in which they are carried out. */
const said = (change: RowChange) =>
  [
    ...change.delete.map((row) => `-${row}`),
    ...change.insert.map((row) => `+${row}`),
    ...change.update.map(({ from, to }) => `${from}>${to}`),
  ].join(" ");

/** a ← b, a ← c, a ← d, joined by m; x is a base that depends on b. */
const graph = RevisionGraph.from([
  r("a"),
  r("b", "a"),
  r("c", "a"),
  r("d", "a"),
  r("m", ["b", "c", "d"]),
  r("x", null, "b"),
]);
const changes = (rows: string[], text: string) => graph.rowChanges(rows, steps(text)).map(said);

describe("what a step does to the version table", () => {
  it("inserts a base, updates the parent that is a row, inserts where no parent is one", () => {
    expect(changes([], "+a +b +c +d")).toEqual(["+a", "a>b", "+c", "+d"]);
  });

  it("of a merge deletes all parents but one and updates the last", () => {
    expect(changes(["b", "c", "d"], "+m")).toEqual(["-b -c d>m"]);
  });

  it("of an undone merge inserts all parents but one and updates the merge to the last", () => {
    expect(changes(["m"], "-m")).toEqual(["+b +c m>d"]);
  });

  it("undoing a base, or what others still imply the parent of, deletes", () => {
    expect(changes(["b"], "-b -a")).toEqual(["b>a", "-a"]);
    expect(changes(["b", "c"], "-c")).toEqual(["-c"]);
  });

  it("counts a dependency as a parent", () => {
    expect(changes(["b"], "+x")).toEqual(["b>x"]);
    expect(changes(["c", "x"], "-x")).toEqual(["x>b"]);
    expect(changes(["m"], "+x -x -m -b")).toEqual(["+x", "-x", "+b +c m>d", "-b"]);
  });

  it("counts a parent that is also a dependency once", () => {
    const twice = RevisionGraph.from([r("a"), r("b", "a", "a")]);
    expect(twice.rowChanges([], steps("+a +b -b -a")).map(said)).toEqual(["+a", "a>b", "b>a", "-a"]);
  });

  it("heals rows that were not minimal, with the first step", () => {
    expect(changes(["a", "b"], "+c")).toEqual(["a>c"]);
    expect(changes(["a", "b"], "-b")).toEqual(["-b"]);
    expect(changes(["a", "b", "c"], "-c -b")).toEqual(["-a -c", "b>a"]);
  });

  it("has nothing to say for no steps", () => {
    expect(graph.rowChanges(["a"], [])).toEqual([]);
  });

  it("refuses steps that the rows rule out", () => {
    for (const [rows, text, why] of [
      [["b"], "+a", "applied already"],
      [["a"], "+m", "stands on b, which is not applied"],
      [["a"], "-b", "not applied"],
      [["b"], "-a", "another applied revision stands on it"],
      [[], "+ghost", "no file has it"],
    ] as const) {
      expect(() => changes([...rows], text)).toThrow(
        refusal("VERSION_ROW_CHANGED", { message: saying(why), hint: saying("again") }),
      );
    }
    expect(() => changes(["ghost"], "+a")).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });
});

describe("what leads from one set of rows to another", () => {
  it("updates as many as it can, and is sorted", () => {
    expect(rowDifference(["c", "a", "b"], ["x"])).toEqual({
      delete: ["a", "b"],
      insert: [],
      update: [{ from: "c", to: "x" }],
    });
    expect(rowDifference(["x"], ["c", "b", "a"])).toEqual({
      delete: [],
      insert: ["a", "b"],
      update: [{ from: "x", to: "c" }],
    });
    expect(rowDifference(["a", "ghost"], ["b", "a"])).toEqual({
      delete: [],
      insert: [],
      update: [{ from: "ghost", to: "b" }],
    });
    expect(rowDifference(["a"], ["a"])).toEqual({ delete: [], insert: [], update: [] });
  });
});
