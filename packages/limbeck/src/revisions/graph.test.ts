import { describe, expect, it } from "vitest";
import { r, refusal } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";
import type { RevisionInfo } from "./revision.ts";

/** a ← b ← c (left) ← m; b ← d (right) ← m; and x, a base of its own that depends on c. */
const graph = RevisionGraph.from([
  r("a"),
  r("b", "a"),
  r("c", "b", { branchLabels: "left" }),
  r("d", "b", { branchLabels: ["right"] }),
  r("m", ["c", "d"], { message: "Join them" }),
  r("x", null, { dependsOn: "left", branchLabels: "extra" }),
]);

describe("what a graph says of itself", () => {
  it("has heads by down revision alone, and effective heads (`heads --resolve-dependencies`)", () => {
    const implied = RevisionGraph.from([r("a"), r("b", "a"), r("x", null, { dependsOn: "b" })]);
    expect(implied.heads()).toEqual(["b", "x"]);
    expect(implied.heads({ resolveDependencies: true })).toEqual(["x"]);
    expect(graph.heads()).toEqual(["m", "x"]);
  });

  it("has bases, and branch points even when the branches are merged since", () => {
    expect(graph.bases()).toEqual(["a", "x"]);
    expect(graph.branchPoints()).toEqual(["b"]);
    expect(graph.children("b")).toEqual(["c", "d"]);
    expect(graph.children("m")).toEqual([]);
  });

  it("does not count a dependent as a branch", () => {
    const dependents = RevisionGraph.from([r("a"), r("b", "a"), r("x", null, { dependsOn: "a" })]);
    expect(dependents.branchPoints()).toEqual([]);
    expect(dependents.children("a")).toEqual(["b"]);
  });

  it("is empty when there are no revisions", () => {
    const empty = RevisionGraph.from([]);
    expect([empty.size, [...empty], empty.heads(), empty.bases(), empty.branchPoints()]).toEqual([0, [], [], [], []]);
    expect(empty.history()).toEqual([]);
    expect(empty.plan("upgrade", "head", [])).toEqual({ steps: [], heads: [] });
    expect(empty.resolve("head")).toEqual([]);
  });

  it("gives revisions in normal form, in file order, with what was given under them", () => {
    const given = { ...r("b", ["a", "a"], { dependsOn: ["core", "a"], message: "Two" }), checksum: "f00" };
    const first = { ...r("a", null, { branchLabels: "core" }), checksum: "ba4" };
    const two = RevisionGraph.from([given, first]);
    expect([...two].map(({ revision }) => revision)).toEqual(["b", "a"]);
    expect(two.size).toBe(2);
    expect(two.get("b")).toEqual({
      revision: "b",
      downRevision: ["a"],
      branchLabels: [],
      dependsOn: ["a"],
      message: "Two",
      where: undefined,
      source: given,
    });
    expect(two.get("a")).toMatchObject({ downRevision: [], branchLabels: ["core"], dependsOn: [], message: "" });
    expect(two.get("b")?.source.checksum).toBe("f00");
    expect(two.get("b")).toBe(two.get("b"));
    expect(two.get("core")).toBeUndefined();
  });

  it("can be built again from its own revisions", () => {
    expect(
      RevisionGraph.from([...graph])
        .history()
        .map(({ source }) => source.revision),
    ).toEqual(["x", "m", "d", "c", "b", "a"]);
  });

  it("takes `[]` for a base, as it takes null", () => {
    expect(RevisionGraph.from([r("a", [])]).bases()).toEqual(["a"]);
  });
});

describe("branch labels", () => {
  it("spread to all descendants, merges included", () => {
    expect(graph.labels("c")).toEqual(["left"]);
    expect(graph.labels("m")).toEqual(["left", "right"]);
  });

  it("spread down to the next branch point, which does not carry them", () => {
    const branches = RevisionGraph.from([
      r("a"),
      r("l1", "a"),
      r("l2", "l1"),
      r("l3", "l2", { branchLabels: "left" }),
      r("l4", "l3"),
      r("r1", "a", { branchLabels: "right" }),
    ]);
    expect(["a", "l1", "l2", "l3", "l4", "r1"].map((id) => branches.labels(id).join())).toEqual([
      "",
      "left",
      "left",
      "left",
      "left",
      "right",
    ]);
  });

  it("spread down to the base of a line of its own, and stop at a merge", () => {
    const line = RevisionGraph.from([r("a"), r("b", "a"), r("c", "b", { branchLabels: "core" })]);
    expect(line.labels("a")).toEqual(["core"]);
    const merged = RevisionGraph.from([r("a"), r("b"), r("m", ["a", "b"]), r("c", "m", { branchLabels: "after" })]);
    expect(["a", "b", "m", "c"].map((id) => merged.labels(id).join())).toEqual(["", "", "", "after"]);
  });

  it("stay where they are, downwards, on a revision where lines part or join", () => {
    const fork = RevisionGraph.from([r("a"), r("b", "a", { branchLabels: "core" }), r("c", "b"), r("d", "b")]);
    expect(["a", "b", "c", "d"].map((id) => fork.labels(id).join())).toEqual(["", "core", "core", "core"]);
  });

  it("do not follow dependencies", () => {
    expect(graph.labels("x")).toEqual(["extra"]);
  });
});

describe("sets of revisions", () => {
  it("are closed over down revisions and dependencies", () => {
    expect([...graph.closure(["x"])]).toEqual(["a", "b", "c", "x"]);
    expect([...graph.applied(["x", "d"])]).toEqual(["a", "b", "c", "d", "x"]);
    expect([...graph.descendants(["c"])]).toEqual(["c", "m", "x"]);
    expect([...graph.closure([])]).toEqual([]);
  });

  it("are written as the fewest rows", () => {
    expect(graph.minimal(["a", "b", "c", "d", "x"])).toEqual(["d", "x"]);
    expect(graph.minimal(["x", "m", "a"])).toEqual(["m", "x"]);
    expect(graph.minimal([])).toEqual([]);
  });

  it("refuse what is no id of a revision", () => {
    for (const ask of [
      () => graph.closure(["left"]),
      () => graph.descendants(["b", "left"]),
      () => graph.minimal(["gone"]),
      () => graph.children("head"),
      () => graph.labels("lef"),
    ]) {
      expect(ask).toThrow(refusal("REVISION_NOT_FOUND"));
    }
  });

  it("know rows that no file has", () => {
    expect(graph.unknownRows(["a", "ghost", "left", "b"])).toEqual(["ghost", "left"]);
    expect(() => graph.applied(["a", "ghost"])).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });
});

describe("size", { timeout: 60_000 }, () => {
  const deep = (count: number) => Array.from({ length: count }, (_, i) => r(`${i}`, i === 0 ? null : `${i - 1}`));

  it.each([
    ["in file order", (infos: RevisionInfo[]) => infos],
    ["last file first", (infos: RevisionInfo[]) => infos.toReversed()],
  ])("may be 100,000 revisions on one line, %s", (_, arrange) => {
    const count = 100_000;
    const line = RevisionGraph.from(arrange(deep(count)));
    const up = line.plan("upgrade", "head", []);
    expect(up.steps).toHaveLength(count);
    expect(up.steps.at(-1)).toEqual({ direction: "upgrade", revision: `${count - 1}` });
    const down = line.plan("downgrade", "base", up.heads);
    expect(down.steps[0]).toEqual({ direction: "downgrade", revision: `${count - 1}` });
    expect(line.rowChanges([], up.steps)).toHaveLength(count);
    expect(line.resolve(`-${count - 1}`, up.heads)).toEqual(["0"]);
    expect(line.history("-3:")).toHaveLength(4);
  });

  it("may be 100,000 revisions in a circle", () => {
    const circle = deep(100_000).with(0, r("0", "99999"));
    expect(() => RevisionGraph.from(circle)).toThrow(refusal("REVISION_CYCLE"));
  });
});
