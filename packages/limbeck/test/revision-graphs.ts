import { expect } from "vitest";
import { RevisionGraph } from "../src/revisions/graph.ts";
import type { Plan, RevisionInfo } from "../src/revisions/revision.ts";

/** A revision of a graph. */
export function r(
  revision: string,
  downRevision: RevisionInfo["downRevision"] = null,
  extra: Omit<RevisionInfo, "revision" | "downRevision"> = {},
): RevisionInfo {
  return { revision, downRevision, ...extra };
}

/** An error of that code. */
export function refusal(code: string, facts: object = {}): unknown {
  return expect.objectContaining({ code, ...facts });
}

/** A text with these patterns in it, one behind the other. */
export function saying(...parts: string[]): unknown {
  return expect.stringMatching(new RegExp(parts.join(".*"), "u"));
}

/** `+a +b → b` for steps and rows. */
export function said({ steps, heads }: Plan): string {
  const signed = steps.map(({ direction, revision }) => (direction === "upgrade" ? "+" : "-") + revision);
  return [...signed, "→", ...heads].join(" ");
}

/** a ← b ← c ← d. */
export const LINE = RevisionGraph.from([r("a"), r("b", "a"), r("c", "b"), r("d", "c")]);

/** The same, with ids of two characters. */
export const LONGER = RevisionGraph.from([r("a1"), r("b2", "a1"), r("c3", "b2"), r("d4", "c3")]);

/** root ← l1 (left) ← l2 and root ← r1 (right) ← r2; one base. */
export const FORK = RevisionGraph.from([
  r("root"),
  r("l1", "root", { branchLabels: "left" }),
  r("l2", "l1"),
  r("r1", "root", { branchLabels: "right" }),
  r("r2", "r1"),
]);

/** The same, joined by m. */
export const MERGED = RevisionGraph.from([...FORK, r("m", ["l2", "r2"])]);

/** The same, and one behind it. */
export const BEHIND = RevisionGraph.from([...MERGED, r("after", "m")]);

/** a ← b (core), and x ← y (addon) on a base of its own; y depends on b. */
export const ACROSS = RevisionGraph.from([
  r("a"),
  r("b", "a", { branchLabels: "core" }),
  r("c", "b"),
  r("x", null, { branchLabels: "addon" }),
  r("y", "x", { dependsOn: "core" }),
]);
