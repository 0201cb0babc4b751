import { describe, expect, it } from "vitest";
import { ACROSS, LINE, refusal, said, saying } from "../../test/revision-graphs.ts";
import type { RevisionGraph } from "./graph.ts";

describe("plans without a database", () => {
  const offline = (graph: RevisionGraph, direction: "upgrade" | "downgrade" | "stamp", range: string) => {
    const plan = graph.planOffline(direction, range);
    return `${plan.from.join()}: ${said(plan)}`;
  };

  it("take the start of a range on trust", () => {
    expect(offline(LINE, "upgrade", "b:d")).toBe("b: +c +d → d");
    expect(offline(LINE, "upgrade", "b:+1")).toBe("b: +c → c");
    expect(offline(LINE, "downgrade", "d:b")).toBe("d: -d -c → b");
    expect(offline(LINE, "downgrade", "d:-1")).toBe("d: -d → c");
    expect(offline(ACROSS, "downgrade", "heads:base")).toBe("c,y: -y -x -c -b -a →");
    expect(offline(LINE, "stamp", "b:d")).toBe("b: → d");
  });

  it("start from nothing and end at head where an end is left out", () => {
    expect(offline(LINE, "upgrade", "b")).toBe(": +a +b → b");
    expect(offline(LINE, "upgrade", ":head")).toBe(": +a +b +c +d → d");
    expect(offline(LINE, "upgrade", "b:")).toBe("b: +c +d → d");
    expect(offline(LINE, "upgrade", "base:+2")).toBe(": +a +b → b");
  });

  it("need both ends to go down", () => {
    for (const range of ["b", ":b", "d:"]) {
      expect(() => LINE.planOffline("downgrade", range)).toThrow(refusal("TARGET_INVALID", { hint: saying("--sql") }));
    }
  });

  it("refuse what is no range", () => {
    expect(() => LINE.planOffline("upgrade", "a:b:c")).toThrow(refusal("TARGET_INVALID"));
    expect(() => LINE.planOffline("upgrade", "nope:b")).toThrow(refusal("REVISION_NOT_FOUND"));
  });
});
