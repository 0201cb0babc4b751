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

/** a ← b (core), and x ← y (addon) on a base of its own; y depends on b. */
const across = RevisionGraph.from([
  r("a"),
  r("b", "a", { branchLabels: "core" }),
  r("c", "b"),
  r("x", null, { branchLabels: "addon" }),
  r("y", "x", { dependsOn: "core" }),
]);

describe("plans without a database", () => {
  const offline = (graph: RevisionGraph, direction: "upgrade" | "downgrade" | "stamp", range: string) => {
    const plan = graph.planOffline(direction, range);
    return `${plan.from.join()}: ${said(plan)}`;
  };

  it("take the start of a range on trust", () => {
    expect(offline(line, "upgrade", "b:d")).toBe("b: +c +d → d");
    expect(offline(line, "upgrade", "b:+1")).toBe("b: +c → c");
    expect(offline(line, "downgrade", "d:b")).toBe("d: -d -c → b");
    expect(offline(line, "downgrade", "d:-1")).toBe("d: -d → c");
    expect(offline(across, "downgrade", "heads:base")).toBe("c,y: -y -x -c -b -a →");
    expect(offline(line, "stamp", "b:d")).toBe("b: → d");
  });

  it("start from nothing and end at head where an end is left out", () => {
    expect(offline(line, "upgrade", "b")).toBe(": +a +b → b");
    expect(offline(line, "upgrade", ":head")).toBe(": +a +b +c +d → d");
    expect(offline(line, "upgrade", "b:")).toBe("b: +c +d → d");
    expect(offline(line, "upgrade", "base:+2")).toBe(": +a +b → b");
  });

  it("need both ends to go down", () => {
    for (const range of ["b", ":b", "d:"]) {
      expect(() => line.planOffline("downgrade", range)).toThrow(refusal("TARGET_INVALID", { hint: saying("--sql") }));
    }
  });

  it("refuse what is no range", () => {
    expect(() => line.planOffline("upgrade", "a:b:c")).toThrow(refusal("TARGET_INVALID"));
    expect(() => line.planOffline("upgrade", "nope:b")).toThrow(refusal("REVISION_NOT_FOUND"));
  });
});
