import { describe, expect, it } from "vitest";
import { ACROSS, LINE, MERGED, r, refusal, said, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";

describe("upgrade", () => {
  const up = (graph: RevisionGraph, target: string | string[], current: string[] = []) =>
    said(graph.plan("upgrade", target, current));

  it("runs all at or below the target that is not applied, parents first", () => {
    expect(up(LINE, "head")).toBe("+a +b +c +d → d");
    expect(up(LINE, "c", ["a"])).toBe("+b +c → c");
    expect(up(LINE, "+2", ["a"])).toBe("+b +c → c");
    expect(LINE.plan("upgrade", "b", ["a"])).toEqual({
      steps: [{ direction: "upgrade", revision: "b" }],
      heads: ["b"],
    });
  });

  it("has nothing to do for what is applied, for an ancestor of it, and for base", () => {
    for (const target of ["c", "b", "base", "heads-1", "current", "left@base"]) {
      const graph = target.startsWith("left") ? MERGED : LINE;
      const at = target.startsWith("left") ? ["m"] : ["c"];
      expect(up(graph, target, at)).toBe(`→ ${at.join()}`);
    }
  });

  it("leaves another branch as it is", () => {
    expect(up(MERGED, "left@head", ["r1"])).toBe("+l1 +l2 +r2 +m → m");
    expect(up(MERGED, "l2", ["r1"])).toBe("+l1 +l2 → l2 r1");
  });

  it("takes several targets, and heads", () => {
    expect(up(MERGED, ["l1", "r1"])).toBe("+root +l1 +r1 → l1 r1");
    expect(up(ACROSS, "heads")).toBe("+a +b +c +x +y → c y");
    expect(up(ACROSS, ["base", "a"])).toBe("+a → a");
  });

  it("runs dependencies, and leaves no row for what a dependent implies", () => {
    expect(up(ACROSS, "addon@head")).toBe("+a +b +x +y → y");
    expect(up(ACROSS, "c", ["y"])).toBe("+c → c y");
    expect(up(ACROSS, "core@+1", ["y"])).toBe("+c → c y");
  });

  it("of a label goes to the revision that the label is written on", () => {
    expect(up(MERGED, "left")).toBe("+root +l1 → l1");
  });

  it("breaks ties by file order, and runs a later file first only where another stands on it", () => {
    const infos = [r("a"), r("z"), r("k", "p"), r("c"), r("p")];
    expect(up(RevisionGraph.from(infos), "heads")).toBe("+a +z +p +k +c → a c k z");
    expect(up(RevisionGraph.from(infos.toReversed()), "heads")).toBe("+p +c +k +z +a → a c k z");
  });

  it("joins criss-cross merges", () => {
    const crossed = RevisionGraph.from([
      r("a"),
      r("b"),
      r("ab", ["a", "b"]),
      r("ba", ["b", "a"]),
      r("n1", ["ab", "ba"]),
      r("n2", ["ba", "ab"]),
      r("top", ["n1", "n2"]),
    ]);
    expect(up(crossed, "head")).toBe("+a +b +ab +ba +n1 +n2 +top → top");
    expect(up(crossed, "n1", ["ab"])).toBe("+ba +n1 → n1");
  });

  it("to a merge brings the branch that is missing", () => {
    expect(up(MERGED, "+1", ["l2"])).toBe("+r1 +r2 +m → m");
  });

  it("heals rows that are not minimal", () => {
    expect(up(LINE, "c", ["a", "b"])).toBe("+c → c");
    expect(up(LINE, "b", ["a", "b"])).toBe("→ b");
    expect(up(LINE, "+1", ["a", "b", "b"])).toBe("+c → c");
  });
});

describe("downgrade", () => {
  const down = (graph: RevisionGraph, target: string | string[], current: string[]) =>
    said(graph.plan("downgrade", target, current));

  it("undoes what is above the target, children first; the target stays", () => {
    expect(down(LINE, "b", ["d"])).toBe("-d -c → b");
    expect(down(LINE, "base", ["d"])).toBe("-d -c -b -a →");
    expect(down(LINE, "d", ["d"])).toBe("→ d");
  });

  it("-N undoes N, and as many as are applied is base", () => {
    expect(down(LINE, "-1", ["d"])).toBe("-d → c");
    expect(down(LINE, "-3", ["d"])).toBe("-d -c -b → a");
    expect(down(LINE, "-4", ["d"])).toBe("-d -c -b -a →");
  });

  it("undoes the exact reverse of what an upgrade ran", () => {
    const up = MERGED.plan("upgrade", "head", []).steps.map(({ revision }) => revision);
    const back = MERGED.plan("downgrade", "base", ["m"]).steps.map(({ revision }) => revision);
    expect(back).toEqual(up.toReversed());
  });

  it("undoes other branches and dependents that stand above the target", () => {
    expect(down(MERGED, "root", ["l2", "r2"])).toBe("-r2 -r1 -l2 -l1 → root");
    expect(down(ACROSS, "a", ["c", "y"])).toBe("-y -c -b → a x");
    expect(down(MERGED, "l1", ["m"])).toBe("-m -l2 → l1 r2");
  });

  it("leaves what merely depends on the target", () => {
    expect(down(ACROSS, "b", ["c", "y"])).toBe("-c → y");
    expect(down(ACROSS, "b", ["y"])).toBe("→ y");
  });

  it("-1 from a merge undoes the merge, and both branches stay", () => {
    expect(down(MERGED, "-1", ["m"])).toBe("-m → l2 r2");
    expect(down(MERGED, "left@-1", ["m"])).toBe("-m → l2 r2");
    expect(down(MERGED, "left@-2", ["m"])).toBe("-m -l2 → l1 r2");
  });

  it("-1 undoes the one row and nothing that the row depends on", () => {
    expect(down(ACROSS, "-1", ["y"])).toBe("-y → b x");
    const lone = RevisionGraph.from([r("a"), r("x", null, { dependsOn: "a" })]);
    expect(down(lone, "-1", ["x"])).toBe("-x → a");
    const beside = RevisionGraph.from([r("a"), r("s", "a"), r("t", "a", { dependsOn: "s" })]);
    expect(down(beside, "-1", ["t"])).toBe("-t → s");
  });

  it("label@-N undoes on that branch, and what stands on it", () => {
    expect(down(MERGED, "left@-1", ["l2", "r2"])).toBe("-l2 → l1 r2");
    expect(down(MERGED, "left@-2", ["l2", "r2"])).toBe("-l2 -l1 → r2");
    expect(down(ACROSS, "core@-2", ["c", "y"])).toBe("-y -c -b → a x");
  });

  it("label@base undoes that branch and what stands on it, not its sibling and not what they share", () => {
    expect(down(MERGED, "left@base", ["l2", "r2"])).toBe("-l2 -l1 → r2");
    expect(down(MERGED, "left@base", ["l1"])).toBe("-l1 → root");
    expect(down(MERGED, "left@base", ["m"])).toBe("-m -l2 -l1 → r2");
    expect(down(ACROSS, "core@base", ["c", "y"])).toBe("-y -c -b -a → x");
    expect(down(ACROSS, "addon@base", ["c", "y"])).toBe("-y -x → c");
    expect(down(MERGED, "left@base", ["r2"])).toBe("→ r2");
    expect(down(MERGED, ["left@base", "right@base"], ["m"])).toBe("-m -r2 -r1 -l2 -l1 → root");
  });

  it("label@id undoes what is above that revision on that line, and leaves the sibling", () => {
    expect(down(MERGED, "left@root", ["l2", "r2"])).toBe("-l2 -l1 → r2");
    expect(down(MERGED, "left@l1", ["l2", "r2"])).toBe("-l2 → l1 r2");
    expect(down(MERGED, "left@base+1", ["l2", "r2"])).toBe("-l2 → l1 r2");
  });

  it("id-N and head-N are targets like others", () => {
    expect(down(LINE, "head-1", ["d"])).toBe("-d → c");
    expect(down(LINE, "b-1", ["d"])).toBe("-d -c -b → a");
    expect(down(LINE, "a-1", ["d"])).toBe("-d -c -b -a →");
    expect(down(ACROSS, "x-1", ["c", "y"])).toBe("-y -x → c");
  });

  it("of several targets undoes none", () => {
    expect(down(MERGED, ["root", "l1"], ["l2", "r2"])).toBe("-r2 -r1 -l2 → l1");
    expect(down(MERGED, ["l2", "r2"], ["m"])).toBe("-m → l2 r2");
  });

  it("refuses a target that is not applied, and names the other command", () => {
    expect(() => LINE.plan("downgrade", "d", ["b"])).toThrow(
      refusal("TARGET_INVALID", {
        message: "d is not applied, so a downgrade cannot end there.",
        hint: saying("limbeck upgrade d"),
        details: { target: "d", notApplied: ["d"] },
      }),
    );
    expect(() => LINE.plan("downgrade", "head", ["b"])).toThrow(
      refusal("TARGET_INVALID", { message: saying("d \\(head\\)") }),
    );
    expect(() => LINE.plan("downgrade", "a", [])).toThrow(refusal("TARGET_INVALID"));
  });
});

describe("where Alembic crashes or leaves rows that mean nothing", () => {
  it("upgrades over a dependency that is an ancestor of a parent already (defect 1: KeyError)", () => {
    const graph = RevisionGraph.from([r("a"), r("b", "a"), r("c"), r("d", ["b", "c"], { dependsOn: "a" })]);
    expect(said(graph.plan("upgrade", "heads", []))).toBe("+a +b +c +d → d");
    expect(said(graph.plan("downgrade", "-1", ["d"]))).toBe("-d → b c");
  });

  it("leaves one row after undoing a dependent of an ancestor (defect 2: rows a and b)", () => {
    const graph = RevisionGraph.from([r("a"), r("b", "a"), r("c", "b", { dependsOn: "a" }), r("d")]);
    const back = graph.plan("downgrade", "b", ["c", "d"]);
    expect(said(back)).toBe("-c → b d");
    expect(said(graph.plan("upgrade", "heads", back.heads))).toBe("+c → c d");
  });

  it("takes a downgrade target above which only a dependent hangs (defect 3: not a valid target)", () => {
    const graph = RevisionGraph.from([r("a"), r("b", "a"), r("x", null, { dependsOn: "b" })]);
    expect(said(graph.plan("downgrade", "b", ["x"]))).toBe("→ x");
    expect(said(graph.plan("downgrade", "a", ["x"]))).toBe("-x -b → a");
  });
});

describe("rows that no file knows", () => {
  it("stop every plan that does not purge", () => {
    for (const direction of ["upgrade", "downgrade", "stamp"] as const) {
      expect(() => LINE.plan(direction, "a", ["b", "ghost"])).toThrow(
        refusal("REVISION_UNKNOWN_TO_FILES", {
          message: saying("ghost"),
          hint: saying("limbeck stamp --purge"),
          details: { rows: ["ghost"] },
        }),
      );
    }
  });

  it("are whole ids: neither a prefix nor a label is one", () => {
    const graph = RevisionGraph.from([r("abc", null, { branchLabels: "core" })]);
    for (const row of ["a", "core"])
      expect(() => graph.plan("upgrade", "head", [row])).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });
});

it("refuses a plan without a target", () => {
  for (const direction of ["upgrade", "downgrade", "stamp"] as const) {
    expect(() => LINE.plan(direction, [], [])).toThrow(
      refusal("TARGET_INVALID", { hint: saying(`limbeck ${direction}`) }),
    );
  }
});
