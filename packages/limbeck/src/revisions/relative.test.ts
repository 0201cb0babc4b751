import { describe, expect, it } from "vitest";
import { RevisionGraph } from "./graph.ts";
import type { RevisionInfo } from "./revision.ts";

type Extra = Omit<RevisionInfo, "revision" | "downRevision">;
const r = (revision: string, downRevision: RevisionInfo["downRevision"] = null, extra: Extra = {}): RevisionInfo => ({
  revision,
  downRevision,
  ...extra,
});
const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts }) as unknown;
const saying = (...parts: string[]) => expect.stringMatching(new RegExp(parts.join(".*"), "u")) as unknown;

const line = RevisionGraph.from([r("a1"), r("b2", "a1"), r("c3", "b2"), r("d4", "c3")]);

/** root ← l1 (left) ← l2 and root ← r1 (right) ← r2; one base. */
const fork = RevisionGraph.from([
  r("root"),
  r("l1", "root", { branchLabels: "left" }),
  r("l2", "l1"),
  r("r1", "root", { branchLabels: "right" }),
  r("r2", "r1"),
]);

/** The same, joined by m. */
const merged = RevisionGraph.from([...fork, r("m", ["l2", "r2"]), r("after", "m")]);

describe("steps from where the database is", () => {
  it("+N and -N", () => {
    expect(line.resolve("+1", ["b2"])).toEqual(["c3"]);
    expect(line.resolve("+2", ["b2"])).toEqual(["d4"]);
    expect(line.resolve("+1", [])).toEqual(["a1"]);
    expect(line.resolve("-1", ["c3"])).toEqual(["b2"]);
    expect(line.resolve("-3", ["c3"])).toEqual([]);
    expect(line.resolve("current+1", ["b2"])).toEqual(["c3"]);
    expect(line.resolve("current-1", ["b2"])).toEqual(["a1"]);
    expect(line.resolve("current", ["b2"])).toEqual(["b2"]);
  });

  it("says how far it could have gone", () => {
    expect(() => line.plan("upgrade", "+3", ["b2"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("only 2 revisions follow"),
        hint: saying("limbeck upgrade \\+2"),
        details: { target: "+3", furthest: 2 },
      }),
    );
    expect(() => line.plan("upgrade", "+1", ["d4"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("no revision follows") }),
    );
    expect(() => line.plan("downgrade", "-4", ["c3"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("3 revisions are applied"),
        hint: saying("limbeck downgrade -3"),
        details: { target: "-4", furthest: 3 },
      }),
    );
    expect(() => line.plan("downgrade", "-1", [])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("nothing is applied") }),
    );
    expect(() => line.resolve("+99999999999999999999", [])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
  });

  it("refuses to choose between several rows, and says how to", () => {
    expect(() => fork.plan("downgrade", "-1", ["l2", "r2"])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", {
        message: saying("l2, r2"),
        hint: saying("`limbeck downgrade left@-1` or `limbeck downgrade right@-1`"),
        details: { target: "-1", candidates: ["l2", "r2"], furthest: 0 },
      }),
    );
    expect(() => fork.plan("upgrade", "+1", ["l1", "r1"])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", { hint: saying("limbeck upgrade left@\\+1") }),
    );
  });

  it("refuses to choose a way where lines part, and says how far it could go", () => {
    expect(() => fork.plan("upgrade", "+3", [])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", {
        message: saying("after 1 step", "l1, r1"),
        hint: saying("limbeck upgrade left@\\+3", "\\+1 is the furthest"),
        details: { target: "+3", candidates: ["l1", "r1"], furthest: 1 },
      }),
    );
    const bases = RevisionGraph.from([r("a"), r("b")]);
    expect(() => bases.resolve("+1", [])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", { message: saying("at once, into a, b") }),
    );
  });

  it("-1 from a merge is what it joined; further down there are two ways", () => {
    expect(merged.resolve("-1", ["m"])).toEqual(["l2", "r2"]);
    expect(() => merged.plan("downgrade", "-3", ["after"])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", {
        message: saying("after 2 steps", "l2, r2"),
        hint: saying("limbeck downgrade left@-3", "-2 is the furthest"),
      }),
    );
  });

  it("a parent that is below another parent is no second way down", () => {
    const twice = RevisionGraph.from([r("a"), r("b", "a"), r("c", ["b", "a"])]);
    expect(twice.resolve("-1", ["c"])).toEqual(["b"]);
    expect(twice.resolve("-2", ["c"])).toEqual(["a"]);
    expect(twice.resolve("c-2")).toEqual(["a"]);
  });

  it("the hints work", () => {
    expect(fork.resolve("left@+3", [])).toEqual(["l2"]);
    expect(merged.resolve("left@-3", ["after"])).toEqual(["l1"]);
    expect(fork.resolve("right@-1", ["l2", "r2"])).toEqual(["r1"]);
    expect(fork.resolve("l2@-1", ["l2", "r2"])).toEqual(["l1"]);
  });

  it("label@+N goes on from that line's own row, or from what it shares, or from the base", () => {
    expect(fork.resolve("left@+1", ["l1", "r2"])).toEqual(["l2"]);
    expect(fork.resolve("left@+1", ["r2"])).toEqual(["l1"]);
    expect(fork.resolve("left@+1", [])).toEqual(["root"]);
    expect(fork.resolve("left@+2", ["root"])).toEqual(["l2"]);
    expect(() => fork.resolve("left@+2", ["l1"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("only 1 revision follows") }),
    );
  });

  it("label@+N and label@-N find a row that is implied by a dependency", () => {
    const implied = RevisionGraph.from([
      r("a", null, { branchLabels: "core" }),
      r("b", "a"),
      r("x", null, { dependsOn: "a" }),
    ]);
    expect(implied.resolve("core@+1", ["x"])).toEqual(["b"]);
    expect(implied.resolve("core@-1", ["x"])).toEqual([]);
  });

  it("label@-N does not take a sibling along", () => {
    expect(fork.resolve("left@-2", ["l2", "r2"])).toEqual(["root"]);
    expect(() => fork.plan("downgrade", "left@-3", ["l2", "r2"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("undo root, on which r1 stands"),
        hint: saying("The furthest is `limbeck downgrade left@-2`"),
        details: { target: "left@-3", furthest: 2, sibling: "r1" },
      }),
    );
    expect(fork.resolve("left@-3", ["l2"])).toEqual([]);
  });

  it("label@-N when nothing of that branch is applied is an error", () => {
    expect(() => fork.plan("downgrade", "left@-1", [])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("nothing of left is applied") }),
    );
    expect(() => fork.plan("downgrade", "left@-1", ["r1"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("r1 stands"),
        details: expect.objectContaining({ furthest: 0 }) as unknown,
      }),
    );
  });

  it("refuses a step in the other direction, and names the command for it", () => {
    expect(() => line.plan("upgrade", "-1", ["c3"])).toThrow(
      refusal("TARGET_INVALID", { hint: saying("`limbeck downgrade -1`") }),
    );
    expect(() => line.plan("downgrade", "+1", ["c3"])).toThrow(
      refusal("TARGET_INVALID", { hint: saying("`limbeck upgrade \\+1`") }),
    );
  });

  it("+0 and -0 lead nowhere", () => {
    for (const target of ["+0", "-0", "b2+0", "head-00"])
      expect(() => line.resolve(target, ["b2"])).toThrow(refusal("TARGET_INVALID"));
  });

  it("needs no rows but those that it counts from", () => {
    expect(line.resolve("head-1", ["ghost"])).toEqual(["c3"]);
    for (const target of ["+1", "-1", "current"]) {
      expect(() => line.resolve(target, ["ghost"])).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
    }
  });
});

describe("steps from a revision", () => {
  it("id+N, id-N, head-N, base+N, prefixes and labels too", () => {
    expect(line.resolve("b2+1")).toEqual(["c3"]);
    expect(line.resolve("b+2")).toEqual(["d4"]);
    expect(line.resolve("c3-2")).toEqual(["a1"]);
    expect(line.resolve("head-1")).toEqual(["c3"]);
    expect(line.resolve("heads-1")).toEqual(["c3"]);
    expect(line.resolve("base+2")).toEqual(["b2"]);
    expect(line.resolve("a1-1")).toEqual([]);
    expect(fork.resolve("left+1")).toEqual(["l2"]);
  });

  it("behind a label", () => {
    expect(fork.resolve("left@head-1")).toEqual(["l1"]);
    expect(fork.resolve("left@root+1")).toEqual(["l1"]);
    expect(fork.resolve("left@base+1")).toEqual(["l1"]);
    expect(merged.resolve("right@m-1")).toEqual(["r2"]);
  });

  it("refuses to go too far or to choose, and says how far it could go", () => {
    expect(() => line.resolve("c3+2")).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("only 1 revision follows"),
        hint: saying("`c3\\+1"),
      }),
    );
    expect(() => line.resolve("c3-4")).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("only 3 steps lead down from c3") }),
    );
    expect(() => line.resolve("base-1")).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
    expect(() => fork.resolve("root+1")).toThrow(refusal("RELATIVE_AMBIGUOUS", { hint: saying("left@root\\+1") }));
    expect(() => fork.resolve("heads-1")).toThrow(
      refusal("RELATIVE_AMBIGUOUS", { message: saying("there are l2, r2"), hint: saying("left@heads-1") }),
    );
    expect(() => merged.resolve("m-1")).toThrow(refusal("RELATIVE_AMBIGUOUS", { hint: saying("left@m-1") }));
    expect(() => merged.resolve("m-2")).toThrow(refusal("RELATIVE_AMBIGUOUS"));
  });
});
