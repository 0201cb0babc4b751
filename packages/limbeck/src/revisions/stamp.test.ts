import { describe, expect, it } from "vitest";
import { RevisionGraph } from "./graph.ts";
import type { Plan, RevisionInfo } from "./revision.ts";

type Extra = Omit<RevisionInfo, "revision" | "downRevision">;
const r = (revision: string, downRevision: RevisionInfo["downRevision"] = null, extra: Extra = {}): RevisionInfo => ({
  revision,
  downRevision,
  ...extra,
});
const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts }) as unknown;
const saying = (...parts: string[]) => expect.stringMatching(new RegExp(parts.join(".*"), "u")) as unknown;
/** `+a +b → b` for steps and rows. */
const said = ({ steps, heads }: Plan) =>
  [...steps.map(({ direction, revision }) => (direction === "upgrade" ? "+" : "-") + revision), "→", ...heads].join(
    " ",
  );

const line = RevisionGraph.from([r("a"), r("b", "a"), r("c", "b"), r("d", "c")]);

/** root ← l1 (left) ← l2, root ← r1 (right) ← r2, both joined by m. */
const merged = RevisionGraph.from([
  r("root"),
  r("l1", "root", { branchLabels: "left" }),
  r("l2", "l1"),
  r("r1", "root", { branchLabels: "right" }),
  r("r2", "r1"),
  r("m", ["l2", "r2"]),
]);

/** a ← b (core), and x ← y (addon) on a base of its own; y depends on b. */
const across = RevisionGraph.from([
  r("a"),
  r("b", "a", { branchLabels: "core" }),
  r("c", "b"),
  r("x", null, { branchLabels: "addon" }),
  r("y", "x", { dependsOn: "core" }),
]);

describe("stamp", () => {
  const stamp = (graph: RevisionGraph, target: string | string[], current: string[] = [], purge = false) =>
    said(graph.plan("stamp", target, current, { purge }));

  it("runs nothing and leaves the target as the row", () => {
    expect(stamp(line, "head")).toBe("→ d");
    expect(stamp(line, "b", ["d"])).toBe("→ b");
    expect(stamp(line, "c", ["a"])).toBe("→ c");
    expect(stamp(line, "base", ["d"])).toBe("→");
    expect(stamp(line, "d", ["d"])).toBe("→ d");
  });

  it("replaces the rows on the target's line, dependencies counted, and leaves the others", () => {
    expect(stamp(merged, "l1", ["r2"])).toBe("→ l1 r2");
    expect(stamp(merged, "root", ["l2", "r2"])).toBe("→ root");
    expect(stamp(merged, "m", ["l2", "r2"])).toBe("→ m");
    expect(stamp(merged, "l1", ["m"])).toBe("→ l1");
    expect(stamp(across, "a", ["y"])).toBe("→ a");
    expect(stamp(across, "x", ["c"])).toBe("→ c x");
  });

  it("takes several heads", () => {
    expect(stamp(merged, ["l1", "r2"])).toBe("→ l1 r2");
    expect(stamp(merged, ["l1", "l1"])).toBe("→ l1");
    expect(stamp(across, "heads")).toBe("→ c y");
    expect(stamp(RevisionGraph.from([r("a"), r("x", null, { dependsOn: "a" })]), "heads")).toBe("→ x");
  });

  it("counts relative targets from where the database is", () => {
    expect(stamp(line, "+1", ["b"])).toBe("→ c");
    expect(stamp(line, "-1", ["c"])).toBe("→ b");
    expect(stamp(line, "-1", ["a"])).toBe("→");
    expect(stamp(merged, "-1", ["m"])).toBe("→ l2 r2");
    expect(stamp(line, "current", ["a", "b"])).toBe("→ b");
  });

  it("with a label concerns that branch alone", () => {
    expect(stamp(merged, "left@base", ["l2", "r2"])).toBe("→ r2");
    expect(stamp(merged, "left@base", ["l2"])).toBe("→ root");
    expect(stamp(merged, "left@l1", ["m"])).toBe("→ l1 r2");
    expect(stamp(merged, "left@-1", ["m"])).toBe("→ l2 r2");
  });

  it("refuses revisions that cannot be rows together, and says which", () => {
    expect(() => line.plan("stamp", ["a", "c"], [])).toThrow(
      refusal("STAMP_UNSOUND", {
        message: saying("a and c", "a is below"),
        hint: saying("`limbeck stamp c`"),
        details: { targets: ["a", "c"] },
      }),
    );
    expect(() => across.plan("stamp", ["b", "y"], [], { purge: true })).toThrow(refusal("STAMP_UNSOUND"));
    expect(() => line.plan("stamp", ["base", "c"], [])).toThrow(
      refusal("STAMP_UNSOUND", { message: saying("base leaves no row") }),
    );
  });

  it("with purge forgets what was there, also rows that no file knows", () => {
    expect(stamp(merged, "l1", ["r2"], true)).toBe("→ l1");
    expect(stamp(line, "b", ["ghost"], true)).toBe("→ b");
    expect(stamp(line, "base", ["ghost", "d"], true)).toBe("→");
    expect(() => line.plan("stamp", "+1", ["ghost"], { purge: true })).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });
});
