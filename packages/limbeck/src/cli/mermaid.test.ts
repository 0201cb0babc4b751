import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnRevision as revision } from "../../test/drawn-revision.ts";
import type { DrawnRevision } from "./drawn-revision.ts";
import { mermaid } from "./mermaid.ts";

/** Any text, of any characters. */
const hostile = fc.string({ unit: "binary" });

/** The text of the first node, as a browser would show it. */
const labelOf = (more: Partial<DrawnRevision>) =>
  /\["(.*)"\]/
    .exec(mermaid([revision("a", more)]))![1]!
    .replaceAll("<br/>", "\n")
    .replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe("a Mermaid document", () => {
  it("has the revisions, oldest first, their marks, down revisions and, dashed, dependencies", () => {
    const revisions = [
      revision("c3", { downRevision: ["b2", "x1"], isHead: true, isCurrent: true, message: "Join them" }),
      revision("b2", { downRevision: ["a1"], dependsOn: ["x1", "a1"], message: "Two" }),
      revision("x1", { branchLabels: ["extra", "more"] }),
      revision("a1", { message: "One", downRevision: ["out of range"] }),
    ];
    expect(`${mermaid(revisions)}\n`).toBe(`flowchart TB
  ra1["a1<br/>One"]
  rx1["x1 (extra, more)"]
  rb2["b2<br/>Two"]
  rc3["c3 (head) (current)<br/>Join them"]
  ra1 --> rb2
  rx1 -.-> rb2
  rb2 --> rc3
  rx1 --> rc3
  classDef head stroke-width:3px
  class rc3 head
`);
  });

  it("is a document without revisions, too", () => {
    expect(mermaid([])).toBe("flowchart TB");
  });

  it("has node ids that are no words of Mermaid's own, and that differ when the revisions do", () => {
    const ids = ["end", "x1", "a_b", "a.b", "a/b", "größe", "a_2f_b", "__proto__"];
    const nodes = [...mermaid(ids.map((id) => revision(id))).matchAll(/^ {2}(\S+)\[/gm)].map(([, node]) => node!);
    expect(nodes).toHaveLength(ids.length);
    expect(new Set(nodes).size).toBe(ids.length);
    for (const node of nodes) expect(node).toMatch(/^r[A-Za-z0-9_]+$/);
    expect(nodes).toContain("rend");
  });

  it.each([
    `say "hi" & <script>alert(1)</script>`,
    "%%{init: {'theme': 'dark'}}%% ; end --> x",
    "`code` **bold** _emphasis_ user_id",
    "1. a list",
    "#quot; #35; &amp;",
    "style a:#b; back\\slash ]})>",
  ])("shows %j as it is written, and lets none of it be understood", (message) => {
    expect(labelOf({ message, branchLabels: [`"l;`] })).toBe(`a ("l;)\n${message}`);
    const line = mermaid([revision("a", { message })]).split("\n")[1]!;
    expect(line).toMatch(/^ {2}ra\["a<br\/>(?:[\p{L}\p{N} ()_,.]|#\d+;)*"\]$/u);
    expect(line).not.toMatch(/ _|_ |<br\/>\d+\./);
  });

  it("stays one node a line, whatever the message", () => {
    const law = (message: string) => {
      const lines = mermaid([revision("a", { message })]).split("\n");
      expect(lines).toHaveLength(2);
      expect(lines[1]).toMatch(/^ {2}ra\["a(?:<br\/>(?:[\p{L}\p{N} ()_,.]|#\d+;)+)?"\]$/u);
    };
    fc.assert(fc.property(hostile, law), { numRuns: 1000 });
  });
});
