import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnRevision as revision } from "../../test/drawn-revision.ts";
import { dot } from "./dot.ts";

/** Any text, of any characters. */
const hostile = fc.string({ unit: "binary" });

describe("a Graphviz document", () => {
  it("has the revisions, oldest first, their marks, down revisions and, dashed, dependencies", () => {
    const revisions = [
      revision("c3", { downRevision: ["b2", "x1"], isHead: true, isCurrent: true, message: "Join them" }),
      revision("b2", { downRevision: ["a1"], dependsOn: ["x1", "a1"], message: "Two" }),
      revision("x1", { branchLabels: ["extra", "more"] }),
      revision("a1", { message: "One", downRevision: ["out of range"] }),
    ];
    expect(`${dot(revisions)}\n`).toBe(String.raw`digraph revisions {
  node [shape=box];
  "a1" [label="a1\nOne"];
  "x1" [label="x1 (extra, more)"];
  "b2" [label="b2\nTwo"];
  "c3" [label="c3 (head) (current)\nJoin them", style=bold];
  "a1" -> "b2";
  "x1" -> "b2" [style=dashed];
  "b2" -> "c3";
  "x1" -> "c3";
}
`);
  });

  it("is a document without revisions, too", () => {
    expect(dot([])).toBe("digraph revisions {\n  node [shape=box];\n}");
  });

  it("escapes what would end a text, and what Graphviz would read in one", () => {
    const message = String.raw`say "hi" \N back\ &amp; <b>` + "\nsecond line";
    const document = dot([revision(String.raw`q"\ `.trim(), { message, branchLabels: ['"'] })]);
    expect(document).toContain(
      String.raw`  "q\"\\" [label="q\"\\ (\")\nsay \"hi\" \\N back\\ &amp;amp; <b> second line"];`,
    );
  });

  it("stays one node a line, whatever the message", () => {
    const law = (message: string) => {
      const lines = dot([revision("a", { message })]).split("\n");
      expect(lines).toHaveLength(4);
      expect(lines[2]).toMatch(/^ {2}"a" \[label="(?:[^"\\]|\\["\\n])*"\];$/u);
    };
    fc.assert(fc.property(hostile, law), { numRuns: 1000 });
  });
});
