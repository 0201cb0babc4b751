import { describe, expect, it } from "vitest";
import { r, refusal, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";

const line = RevisionGraph.from([r("a"), r("b", "a"), r("c", "b"), r("d", "c"), r("e", "d")]);
const fork = RevisionGraph.from([
  r("root"),
  r("l1", "root", { branchLabels: "left" }),
  r("l2", "l1"),
  r("r1", "root", { branchLabels: "right" }),
  r("m", ["l2", "r1"]),
  r("x", null, { dependsOn: "l1" }),
]);
const shown = (graph: RevisionGraph, range?: string, current?: string[]) =>
  graph
    .history(range, current)
    .map(({ revision }) => revision)
    .join(" ");

describe("history", () => {
  it("is everything, newest first", () => {
    expect(shown(line)).toBe("e d c b a");
    expect(shown(line, ":")).toBe("e d c b a");
    expect(shown(fork)).toBe("x m r1 l2 l1 root");
  });

  it("has children before parents whatever the file order, and later files first otherwise", () => {
    const infos = [r("k", "p"), r("q"), r("p")];
    expect(shown(RevisionGraph.from(infos))).toBe("q k p");
    expect(shown(RevisionGraph.from(infos.toReversed()))).toBe("k q p");
  });

  it("takes ranges with both ends included", () => {
    expect(shown(line, "b:d")).toBe("d c b");
    expect(shown(line, "c:c")).toBe("c");
    expect(shown(line, "c:")).toBe("e d c");
    expect(shown(line, ":c")).toBe("c b a");
    expect(shown(line, "base:heads")).toBe("e d c b a");
    expect(shown(line, "base:base")).toBe("");
  });

  it("shows all that lies between, over merges and dependencies", () => {
    expect(shown(fork, "root:m")).toBe("m r1 l2 l1 root");
    expect(shown(fork, "l1:m")).toBe("m l2 l1");
    expect(shown(fork, "l1:x")).toBe("x l1");
    expect(shown(fork, ":x")).toBe("x l1 root");
    expect(shown(fork, "l1:")).toBe("x m l2 l1");
    expect(shown(fork, "left@base:left@head")).toBe("m l2 l1");
  });

  it("counts -N at the start from the end, and +N at the end from the start", () => {
    expect(shown(line, "-3:")).toBe("e d c b");
    expect(shown(line, "-1:c")).toBe("c b");
    expect(shown(line, "-2:current", ["d"])).toBe("d c b");
    expect(shown(line, "-5:")).toBe("e d c b a");
    expect(shown(line, "base:+2")).toBe("b a");
    expect(shown(line, ":+2")).toBe("b a");
    expect(shown(line, "c:+1")).toBe("d c");
    expect(shown(line, "current:+1", ["b"])).toBe("c b");
    expect(shown(fork, "left@-1:m")).toBe("m l2");
  });

  it("counts other steps from the rows", () => {
    expect(shown(line, "+1:", ["c"])).toBe("e d");
    expect(shown(line, ":-1", ["c"])).toBe("b a");
    expect(shown(line, "-1:+1", ["c"])).toBe("d c b");
    expect(shown(line, "head-1:")).toBe("e d");
  });

  it("knows current", () => {
    expect(shown(line, ":current", ["c"])).toBe("c b a");
    expect(shown(line, "current:", ["c"])).toBe("e d c");
    expect(shown(line, ":current", [])).toBe("");
    expect(shown(line, "a:current", [])).toBe("");
    expect(shown(line, "current:", [])).toBe("e d c b a");
    expect(shown(fork, "current:heads", ["l2", "r1"])).toBe("m r1 l2");
  });

  it("refuses steps that lead too far or that could be several", () => {
    expect(() => line.history("-6:")).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { details: { target: "-6", furthest: 5 } }),
    );
    expect(() => line.history("base:+6")).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
    expect(() => fork.history("-1:")).toThrow(refusal("RELATIVE_AMBIGUOUS"));
    expect(() => fork.history(":head")).toThrow(refusal("MULTIPLE_HEADS"));
  });

  it("refuses ends that are not on one line", () => {
    expect(() => fork.history("l1:r1")).toThrow(
      refusal("TARGET_INVALID", {
        message: saying("l1 and r1 are not on one line"),
        hint: saying("limbeck history -r :r1"),
        details: { range: "l1:r1" },
      }),
    );
  });

  it("refuses ends that are the wrong way round, and turns them", () => {
    expect(() => line.history("d:b")).toThrow(
      refusal("TARGET_INVALID", { message: saying("d is newer than b"), hint: saying("limbeck history -r b:d") }),
    );
    expect(() => line.history("head:base")).toThrow(refusal("TARGET_INVALID", { hint: saying("base:head") }));
  });

  it.each(["", "c", "a:b:c", "current", "-3"])("refuses %j, which is no range", (range) => {
    expect(() => line.history(range)).toThrow(refusal("TARGET_INVALID", { hint: saying("start:end") }));
  });

  it("needs the rows only where a range speaks of them", () => {
    expect(shown(line, "-1:", ["ghost"])).toBe("e d");
    expect(shown(line, "a:b", ["ghost"])).toBe("b a");
    expect(() => line.history(":current", ["ghost"])).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });
});
