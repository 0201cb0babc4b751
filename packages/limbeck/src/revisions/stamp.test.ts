import { describe, expect, it } from "vitest";
import { ACROSS, LINE, MERGED, r, refusal, said, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";

describe("stamp", () => {
  const stamp = (graph: RevisionGraph, target: string | string[], current: string[] = [], purge = false) =>
    said(graph.plan("stamp", target, current, { purge }));

  it("runs nothing and leaves the target as the row", () => {
    expect(stamp(LINE, "head")).toBe("→ d");
    expect(stamp(LINE, "b", ["d"])).toBe("→ b");
    expect(stamp(LINE, "c", ["a"])).toBe("→ c");
    expect(stamp(LINE, "base", ["d"])).toBe("→");
    expect(stamp(LINE, "d", ["d"])).toBe("→ d");
  });

  it("replaces the rows on the target's line, dependencies counted, and leaves the others", () => {
    expect(stamp(MERGED, "l1", ["r2"])).toBe("→ l1 r2");
    expect(stamp(MERGED, "root", ["l2", "r2"])).toBe("→ root");
    expect(stamp(MERGED, "m", ["l2", "r2"])).toBe("→ m");
    expect(stamp(MERGED, "l1", ["m"])).toBe("→ l1");
    expect(stamp(ACROSS, "a", ["y"])).toBe("→ a");
    expect(stamp(ACROSS, "x", ["c"])).toBe("→ c x");
  });

  it("takes several heads", () => {
    expect(stamp(MERGED, ["l1", "r2"])).toBe("→ l1 r2");
    expect(stamp(MERGED, ["l1", "l1"])).toBe("→ l1");
    expect(stamp(ACROSS, "heads")).toBe("→ c y");
    expect(stamp(RevisionGraph.from([r("a"), r("x", null, { dependsOn: "a" })]), "heads")).toBe("→ x");
  });

  it("counts relative targets from where the database is", () => {
    expect(stamp(LINE, "+1", ["b"])).toBe("→ c");
    expect(stamp(LINE, "-1", ["c"])).toBe("→ b");
    expect(stamp(LINE, "-1", ["a"])).toBe("→");
    expect(stamp(MERGED, "-1", ["m"])).toBe("→ l2 r2");
    expect(stamp(LINE, "current", ["a", "b"])).toBe("→ b");
  });

  it("with a label concerns that branch alone", () => {
    expect(stamp(MERGED, "left@base", ["l2", "r2"])).toBe("→ r2");
    expect(stamp(MERGED, "left@base", ["l2"])).toBe("→ root");
    expect(stamp(MERGED, "left@l1", ["m"])).toBe("→ l1 r2");
    expect(stamp(MERGED, "left@-1", ["m"])).toBe("→ l2 r2");
  });

  it("refuses revisions that cannot be rows together, and says which", () => {
    expect(() => LINE.plan("stamp", ["a", "c"], [])).toThrow(
      refusal("STAMP_UNSOUND", {
        message: saying("a and c", "a is below"),
        hint: saying("`limbeck stamp c`"),
        details: { targets: ["a", "c"] },
      }),
    );
    expect(() => ACROSS.plan("stamp", ["b", "y"], [], { purge: true })).toThrow(refusal("STAMP_UNSOUND"));
    expect(() => LINE.plan("stamp", ["base", "c"], [])).toThrow(
      refusal("STAMP_UNSOUND", { message: saying("base leaves no row") }),
    );
  });

  it("with purge forgets what was there, also rows that no file knows", () => {
    expect(stamp(MERGED, "l1", ["r2"], true)).toBe("→ l1");
    expect(stamp(LINE, "b", ["ghost"], true)).toBe("→ b");
    expect(stamp(LINE, "base", ["ghost", "d"], true)).toBe("→");
    expect(() => LINE.plan("stamp", "+1", ["ghost"], { purge: true })).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });
});
