import { describe, expect, it } from "vitest";
import { refusal, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";
import type { RevisionInfo } from "./revision.ts";

const base = (revision: string, extra: Partial<RevisionInfo> = {}): RevisionInfo => ({
  revision,
  downRevision: null,
  where: { file: `${revision}.ts`, line: 3 },
  ...extra,
});
const on = (revision: string, downRevision: string | string[], extra: Partial<RevisionInfo> = {}): RevisionInfo =>
  base(revision, { downRevision, ...extra });

describe("a broken graph", () => {
  it("refuses two files with one id, and names both", () => {
    const second = base("a", { where: { file: "copy of a.ts", line: 1 } });
    expect(() => RevisionGraph.from([base("a"), second])).toThrow(
      refusal("REVISION_DUPLICATE", {
        message: saying("id a", "a.ts:3", "copy of a.ts:1"),
        where: { file: "copy of a.ts", line: 1 },
        details: { revision: "a", files: ["a.ts", "copy of a.ts"] },
      }),
    );
  });

  it("refuses two revisions of one id that come from no file", () => {
    const infos = [
      { revision: "a", downRevision: null },
      { revision: "a", downRevision: null },
    ];
    expect(() => RevisionGraph.from(infos)).toThrow(refusal("REVISION_DUPLICATE", { where: undefined }));
  });

  it("refuses a down revision that no file has, says where it is named, and suggests what is near", () => {
    expect(() => RevisionGraph.from([base("initial"), on("b", "intial")])).toThrow(
      refusal("PARENT_NOT_FOUND", {
        message: saying("b \\(b.ts:3\\)", '"intial" as downRevision'),
        hint: saying("initial"),
        where: { file: "b.ts", line: 3 },
        details: { revision: "b", downRevision: "intial", suggestion: "initial" },
      }),
    );
    expect(() => RevisionGraph.from([base("a"), on("b", "elsewhere")])).toThrow(
      refusal("PARENT_NOT_FOUND", { hint: saying("Restore") }),
    );
  });

  it("takes a down revision as a whole id only: no prefix, no label", () => {
    expect(() => RevisionGraph.from([base("abcdef"), on("b", "abc")])).toThrow(refusal("PARENT_NOT_FOUND"));
    expect(() => RevisionGraph.from([base("a", { branchLabels: "core" }), on("b", "core")])).toThrow(
      refusal("PARENT_NOT_FOUND"),
    );
  });

  it("refuses a dependency that is neither an id nor a label", () => {
    expect(() => RevisionGraph.from([base("a"), base("b", { dependsOn: ["a", "coer"] })])).toThrow(
      refusal("PARENT_NOT_FOUND", { message: saying("Revision b", '"coer" as dependsOn', "revision or branch label") }),
    );
    const labelled = base("a", { branchLabels: "core" });
    expect(() => RevisionGraph.from([labelled, base("b", { dependsOn: "cores" })])).toThrow(
      refusal("PARENT_NOT_FOUND", { hint: saying("Did you mean core") }),
    );
  });

  it("refuses a revision that stands on itself, as parent, as dependency or over its own label", () => {
    expect(() => RevisionGraph.from([on("a", "a")])).toThrow(
      refusal("REVISION_CYCLE", {
        message: saying("stands on itself", "downRevision a"),
        details: { revisions: ["a"] },
      }),
    );
    for (const itself of ["a", "core"]) {
      expect(() => RevisionGraph.from([base("a", { branchLabels: "core", dependsOn: itself })])).toThrow(
        refusal("REVISION_CYCLE", { message: saying("dependsOn a") }),
      );
    }
  });

  it("refuses a circle and lists its members with their files, and nobody else", () => {
    const infos = [base("root"), on("a", ["root", "c"]), on("b", "a"), on("c", "b"), on("leaf", "c")];
    expect(() => RevisionGraph.from(infos)).toThrow(
      refusal("REVISION_CYCLE", {
        message: saying("3 revisions", "a \\(a.ts:3\\)", "b \\(b.ts:3\\)"),
        details: { revisions: ["a", "c", "b"] },
      }),
    );
  });

  it("refuses a circle that dependencies close", () => {
    expect(() => RevisionGraph.from([base("a", { dependsOn: "b" }), on("b", "a")])).toThrow(
      refusal("REVISION_CYCLE", { message: saying("has dependsOn b", "has downRevision a") }),
    );
  });

  it("names ten members of a long circle, and lists all for programs", () => {
    const infos = Array.from({ length: 30 }, (_, i) => on(`r${i}`, `r${(i + 1) % 30}`));
    expect(() => RevisionGraph.from(infos)).toThrow(
      refusal("REVISION_CYCLE", {
        message: saying("30 revisions", "and 20 more"),
        details: { revisions: infos.map((info) => info.revision) },
      }),
    );
  });

  it.each(["", "a-b", "a@b", "a+b", "a:b", "a b", "a\tb", "a\u0000", "head", "heads", "base", "current"])(
    "refuses %j as an id and as a label",
    (name) => {
      expect(() => RevisionGraph.from([base(name, { where: { file: "x.ts", line: 1 } })])).toThrow(
        refusal("REVISION_ID_INVALID", { where: { file: "x.ts", line: 1 }, details: { revision: name } }),
      );
      expect(() => RevisionGraph.from([base("a", { branchLabels: ["fine", name] })])).toThrow(
        refusal("REVISION_ID_INVALID", { message: saying("branch label", "a.ts:3"), details: { label: name } }),
      );
    },
  );

  it("says which character is in the way", () => {
    expect(() => RevisionGraph.from([base("2025-01")])).toThrow(
      refusal("REVISION_ID_INVALID", { message: saying('"-"') }),
    );
    expect(() => RevisionGraph.from([base("head")])).toThrow(
      refusal("REVISION_ID_INVALID", { message: saying("a word") }),
    );
    expect(() => RevisionGraph.from([base("")])).toThrow(refusal("REVISION_ID_INVALID", { message: saying("empty") }));
  });

  it("refuses an id that is no string", () => {
    const info = { revision: 20250101 as unknown as string, downRevision: null };
    expect(() => RevisionGraph.from([info])).toThrow(
      refusal("REVISION_ID_INVALID", { message: saying("not a string") }),
    );
  });

  it("takes any other id", () => {
    const ids = [
      "a",
      "20250909185058",
      "_",
      "1.2.3",
      "größe",
      "a/b",
      "HEAD",
      "__proto__",
      "constructor",
      "x".repeat(200),
    ];
    expect(RevisionGraph.from(ids.map((id) => base(id))).heads()).toEqual(ids);
  });

  it("refuses one label on two revisions, on one line too", () => {
    const infos = [base("a", { branchLabels: "core" }), on("b", "a", { branchLabels: ["other", "core"] })];
    expect(() => RevisionGraph.from(infos)).toThrow(
      refusal("LABEL_DUPLICATE", {
        message: saying("core", "a.ts:3", "b.ts:3"),
        where: { file: "b.ts", line: 3 },
        details: { label: "core", revisions: ["a", "b"] },
      }),
    );
  });

  it("refuses a label that is also an id, wherever the other is", () => {
    for (const infos of [
      [base("a", { branchLabels: "b" }), base("b")],
      [base("b"), base("a", { branchLabels: "b" })],
      [base("b", { branchLabels: "b" })],
    ]) {
      expect(() => RevisionGraph.from(infos)).toThrow(
        refusal("LABEL_DUPLICATE", { message: saying("label b", "b.ts:3") }),
      );
    }
  });
});
