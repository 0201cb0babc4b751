import { describe, expect, it } from "vitest";
import { BEHIND, FORK, LONGER, r, refusal, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";

describe("steps from where the database is", () => {
  it("+N and -N", () => {
    expect(LONGER.resolve("+1", ["b2"])).toEqual(["c3"]);
    expect(LONGER.resolve("+2", ["b2"])).toEqual(["d4"]);
    expect(LONGER.resolve("+1", [])).toEqual(["a1"]);
    expect(LONGER.resolve("-1", ["c3"])).toEqual(["b2"]);
    expect(LONGER.resolve("-3", ["c3"])).toEqual([]);
    expect(LONGER.resolve("current+1", ["b2"])).toEqual(["c3"]);
    expect(LONGER.resolve("current-1", ["b2"])).toEqual(["a1"]);
    expect(LONGER.resolve("current", ["b2"])).toEqual(["b2"]);
  });

  it("says how far it could have gone", () => {
    expect(() => LONGER.plan("upgrade", "+3", ["b2"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("only 2 revisions follow"),
        hint: saying("limbeck upgrade \\+2"),
        details: { target: "+3", furthest: 2 },
      }),
    );
    expect(() => LONGER.plan("upgrade", "+1", ["d4"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("no revision follows") }),
    );
    expect(() => LONGER.plan("downgrade", "-4", ["c3"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("3 revisions are applied"),
        hint: saying("limbeck downgrade -3"),
        details: { target: "-4", furthest: 3 },
      }),
    );
    expect(() => LONGER.plan("downgrade", "-1", [])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("nothing is applied") }),
    );
    expect(() => LONGER.resolve("+99999999999999999999", [])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
  });

  it("refuses to choose between several rows, and says how to", () => {
    expect(() => FORK.plan("downgrade", "-1", ["l2", "r2"])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", {
        message: saying("l2, r2"),
        hint: saying("`limbeck downgrade left@-1` or `limbeck downgrade right@-1`"),
        details: { target: "-1", candidates: ["l2", "r2"], furthest: 0 },
      }),
    );
    expect(() => FORK.plan("upgrade", "+1", ["l1", "r1"])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", { hint: saying("limbeck upgrade left@\\+1") }),
    );
  });

  it("refuses to choose a way where lines part, and says how far it could go", () => {
    expect(() => FORK.plan("upgrade", "+3", [])).toThrow(
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
    expect(BEHIND.resolve("-1", ["m"])).toEqual(["l2", "r2"]);
    expect(() => BEHIND.plan("downgrade", "-3", ["after"])).toThrow(
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
    expect(FORK.resolve("left@+3", [])).toEqual(["l2"]);
    expect(BEHIND.resolve("left@-3", ["after"])).toEqual(["l1"]);
    expect(FORK.resolve("right@-1", ["l2", "r2"])).toEqual(["r1"]);
    expect(FORK.resolve("l2@-1", ["l2", "r2"])).toEqual(["l1"]);
  });

  it("label@+N goes on from that line's own row, or from what it shares, or from the base", () => {
    expect(FORK.resolve("left@+1", ["l1", "r2"])).toEqual(["l2"]);
    expect(FORK.resolve("left@+1", ["r2"])).toEqual(["l1"]);
    expect(FORK.resolve("left@+1", [])).toEqual(["root"]);
    expect(FORK.resolve("left@+2", ["root"])).toEqual(["l2"]);
    expect(() => FORK.resolve("left@+2", ["l1"])).toThrow(
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
    expect(FORK.resolve("left@-2", ["l2", "r2"])).toEqual(["root"]);
    expect(() => FORK.plan("downgrade", "left@-3", ["l2", "r2"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("undo root, on which r1 stands"),
        hint: saying("The furthest is `limbeck downgrade left@-2`"),
        details: { target: "left@-3", furthest: 2, sibling: "r1" },
      }),
    );
    expect(FORK.resolve("left@-3", ["l2"])).toEqual([]);
  });

  it("label@-N when nothing of that branch is applied is an error", () => {
    expect(() => FORK.plan("downgrade", "left@-1", [])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("nothing of left is applied") }),
    );
    expect(() => FORK.plan("downgrade", "left@-1", ["r1"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("r1 stands"),
        details: expect.objectContaining({ furthest: 0 }) as unknown,
      }),
    );
  });

  it("refuses a step in the other direction, and names the command for it", () => {
    expect(() => LONGER.plan("upgrade", "-1", ["c3"])).toThrow(
      refusal("TARGET_INVALID", { hint: saying("`limbeck downgrade -1`") }),
    );
    expect(() => LONGER.plan("downgrade", "+1", ["c3"])).toThrow(
      refusal("TARGET_INVALID", { hint: saying("`limbeck upgrade \\+1`") }),
    );
  });

  it("+0 and -0 lead nowhere", () => {
    for (const target of ["+0", "-0", "b2+0", "head-00"])
      expect(() => LONGER.resolve(target, ["b2"])).toThrow(refusal("TARGET_INVALID"));
  });

  it("needs no rows but those that it counts from", () => {
    expect(LONGER.resolve("head-1", ["ghost"])).toEqual(["c3"]);
    for (const target of ["+1", "-1", "current"]) {
      expect(() => LONGER.resolve(target, ["ghost"])).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
    }
  });
});

describe("steps from a revision", () => {
  it("id+N, id-N, head-N, base+N, prefixes and labels too", () => {
    expect(LONGER.resolve("b2+1")).toEqual(["c3"]);
    expect(LONGER.resolve("b+2")).toEqual(["d4"]);
    expect(LONGER.resolve("c3-2")).toEqual(["a1"]);
    expect(LONGER.resolve("head-1")).toEqual(["c3"]);
    expect(LONGER.resolve("heads-1")).toEqual(["c3"]);
    expect(LONGER.resolve("base+2")).toEqual(["b2"]);
    expect(LONGER.resolve("a1-1")).toEqual([]);
    expect(FORK.resolve("left+1")).toEqual(["l2"]);
  });

  it("behind a label", () => {
    expect(FORK.resolve("left@head-1")).toEqual(["l1"]);
    expect(FORK.resolve("left@root+1")).toEqual(["l1"]);
    expect(FORK.resolve("left@base+1")).toEqual(["l1"]);
    expect(BEHIND.resolve("right@m-1")).toEqual(["r2"]);
  });

  it("refuses to go too far or to choose, and says how far it could go", () => {
    expect(() => LONGER.resolve("c3+2")).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", {
        message: saying("only 1 revision follows"),
        hint: saying("`c3\\+1"),
      }),
    );
    expect(() => LONGER.resolve("c3-4")).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: saying("only 3 steps lead down from c3") }),
    );
    expect(() => LONGER.resolve("base-1")).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
    expect(() => FORK.resolve("root+1")).toThrow(refusal("RELATIVE_AMBIGUOUS", { hint: saying("left@root\\+1") }));
    expect(() => FORK.resolve("heads-1")).toThrow(
      refusal("RELATIVE_AMBIGUOUS", { message: saying("there are l2, r2"), hint: saying("left@heads-1") }),
    );
    expect(() => BEHIND.resolve("m-1")).toThrow(refusal("RELATIVE_AMBIGUOUS", { hint: saying("left@m-1") }));
    expect(() => BEHIND.resolve("m-2")).toThrow(refusal("RELATIVE_AMBIGUOUS"));
  });
});
