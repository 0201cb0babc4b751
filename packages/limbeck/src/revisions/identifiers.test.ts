import { describe, expect, it } from "vitest";
import { RevisionGraph } from "./graph.ts";
import type { RevisionInfo } from "./revision.ts";

type Extra = Omit<RevisionInfo, "revision" | "downRevision">;
const r = (revision: string, downRevision: RevisionInfo["downRevision"] = null, extra: Extra = {}): RevisionInfo => ({
  revision,
  downRevision,
  ...extra,
});
const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts }) as unknown;
const saying = (...parts: string[]) => expect.stringMatching(new RegExp(parts.join(".*"), "u")) as unknown;

const line = RevisionGraph.from([r("a1"), r("b2", "a1"), r("c3", "b2"), r("d4", "c3")]);

/** root ← l1 (left) ← l2 and root ← r1 (right) ← r2; one base. */
const fork = RevisionGraph.from([
  r("root"),
  r("l1", "root", { branchLabels: "left" }),
  r("l2", "l1"),
  r("r1", "root", { branchLabels: "right" }),
  r("r2", "r1"),
]);

/** The same, joined by m. */
const merged = RevisionGraph.from([...fork, r("m", ["l2", "r2"]), r("after", "m")]);

describe("ids and prefixes", () => {
  const dates = RevisionGraph.from([
    r("20250101"),
    r("20250102", "20250101"),
    r("2025", "20250102"),
    r("x1", "2025", { branchLabels: "2025010" }),
  ]);

  it("finds a whole id, also when it begins another", () => {
    expect(dates.resolve("20250102")).toEqual(["20250102"]);
    expect(dates.resolve("2025")).toEqual(["2025"]);
  });

  it("finds a unique prefix of any length, one letter too", () => {
    expect(dates.resolve("x")).toEqual(["x1"]);
    expect(line.resolve("c")).toEqual(["c3"]);
  });

  it("prefers a label to a prefix", () => {
    expect(dates.resolve("2025010")).toEqual(["x1"]);
  });

  it("lists the candidates of an ambiguous prefix", () => {
    expect(() => dates.resolve("202501")).toThrow(
      refusal("REVISION_AMBIGUOUS", {
        message: saying("2 revisions", "20250101, 20250102"),
        hint: saying("20250101"),
        details: { identifier: "202501", candidates: ["20250101", "20250102"] },
      }),
    );
    const many = RevisionGraph.from(Array.from({ length: 30 }, (_, i) => r(`x${10 + i}`)));
    expect(() => many.resolve("x")).toThrow(
      refusal("REVISION_AMBIGUOUS", { message: saying("30 revisions", "and 20 more") }),
    );
  });

  it("does not match labels by prefix", () => {
    expect(() => fork.resolve("lef")).toThrow(refusal("REVISION_NOT_FOUND"));
  });

  it("does not take a prefix of a word of its own for the word", () => {
    expect(() => line.resolve("hea")).toThrow(refusal("REVISION_NOT_FOUND"));
    expect(RevisionGraph.from([r("basement")]).resolve("base")).toEqual([]);
    expect(RevisionGraph.from([r("basement")]).resolve("basem")).toEqual(["basement"]);
  });

  it("suggests what is near", () => {
    expect(() => fork.resolve("rigth_")).toThrow(refusal("REVISION_NOT_FOUND", { hint: saying("right") }));
    expect(() => fork.resolve("nowhere")).toThrow(
      refusal("REVISION_NOT_FOUND", {
        message: saying("nowhere"),
        hint: saying("limbeck history"),
        details: { identifier: "nowhere" },
      }),
    );
  });
});

describe("head, heads and base", () => {
  it("resolves them", () => {
    expect(line.resolve("head")).toEqual(["d4"]);
    expect(line.resolve("heads")).toEqual(["d4"]);
    expect(line.resolve("base")).toEqual([]);
    expect(fork.resolve("heads")).toEqual(["l2", "r2"]);
  });

  it("refuses head when there are several, and says what else to write", () => {
    expect(() => fork.plan("upgrade", "head", [])).toThrow(
      refusal("MULTIPLE_HEADS", {
        message: saying("there are 2: l2, r2"),
        hint: 'Join them with `limbeck merge -m "..."`, take all with `limbeck upgrade heads`, or one with `limbeck upgrade left@head`.',
        details: { heads: ["l2", "r2"] },
      }),
    );
  });

  it("counts an implied head as a head for `head`, as Alembic does", () => {
    const implied = RevisionGraph.from([r("a"), r("x", null, { dependsOn: "a" })]);
    expect(() => implied.resolve("head")).toThrow(refusal("MULTIPLE_HEADS", { hint: saying("a@head") }));
    expect(implied.plan("upgrade", "heads", []).heads).toEqual(["x"]);
  });

  it("refuses a head of a label that has several, and merges only those", () => {
    const two = RevisionGraph.from([r("a", null, { branchLabels: "core" }), r("b", "a"), r("c", "a"), r("z")]);
    expect(() => two.resolve("core@head-1")).toThrow(
      refusal("MULTIPLE_HEADS", {
        message: saying("core@head asks"),
        hint: saying("limbeck merge b c -m", "core@heads", "b@head"),
      }),
    );
    expect(two.resolve("core@heads")).toEqual(["b", "c"]);
  });
});

describe("labels and what stands behind @", () => {
  it("a label names the revision that it is written on", () => {
    expect(merged.resolve("left")).toEqual(["l1"]);
  });

  it("label@head, label@heads, label@base and label@id narrow to that line", () => {
    expect(fork.resolve("left@head")).toEqual(["l2"]);
    expect(fork.resolve("left@heads")).toEqual(["l2"]);
    expect(merged.resolve("left@heads")).toEqual(["after"]);
    expect(fork.resolve("left@base")).toEqual([]);
    expect(fork.resolve("left@l2")).toEqual(["l2"]);
    expect(fork.resolve("left@root")).toEqual(["root"]);
    expect(merged.resolve("right@m")).toEqual(["m"]);
  });

  it("an id or a prefix works as the label", () => {
    expect(fork.resolve("r1@head")).toEqual(["r2"]);
    expect(fork.resolve("ro@heads")).toEqual(["l2", "r2"]);
    expect(() => fork.resolve("l@head")).toThrow(refusal("REVISION_AMBIGUOUS"));
  });

  it("a label makes a prefix unique that is not", () => {
    const alike = RevisionGraph.from([r("root"), r("x1", "root", { branchLabels: "left" }), r("x2", "root")]);
    expect(alike.resolve("left@x")).toEqual(["x1"]);
  });

  it("refuses a label that there is not, base or no base", () => {
    for (const target of ["nope@base", "nope@head", "nope@l1", "nope@-1", "head@base"]) {
      expect(() => fork.plan("downgrade", target, ["l2"])).toThrow(refusal("REVISION_NOT_FOUND"));
    }
  });

  it("refuses a revision that is not on the line of the label", () => {
    for (const target of ["left@r2", "left@right", "left@r1-1", "l2@r1+1"]) {
      expect(() => fork.resolve(target)).toThrow(
        refusal("TARGET_INVALID", { message: saying("is not on the line of l"), hint: saying("`r\\d`") }),
      );
    }
  });

  it("label@current is where that line is", () => {
    expect(fork.resolve("left@current", ["l1", "r2"])).toEqual(["l1"]);
    expect(fork.resolve("left@current", ["r2"])).toEqual(["root"]);
    expect(fork.resolve("left@current", [])).toEqual([]);
  });
});

describe("what is no identifier", () => {
  it.each([
    "",
    " ",
    "+",
    "-",
    "@",
    "left@",
    "@head",
    "+1junk",
    "a1+1+1",
    "a1 ",
    "left@right@head",
    "+1.5",
    "a1@+",
    "head~1",
  ])("refuses %j", (text) => {
    const code = text === "head~1" ? "REVISION_NOT_FOUND" : "TARGET_INVALID";
    expect(() => line.resolve(text, ["a1"])).toThrow(refusal(code));
    expect(() => line.plan("upgrade", text, ["a1"])).toThrow(refusal(code));
  });

  it.each(["a1:b2", "a1:", ":b2", ":"])("refuses the range %j where one place is asked for", (text) => {
    for (const direction of ["upgrade", "downgrade", "stamp"] as const) {
      expect(() => line.plan(direction, text, ["b2"])).toThrow(refusal("TARGET_INVALID", { message: saying("range") }));
    }
    expect(() => line.resolve(text)).toThrow(refusal("TARGET_INVALID"));
  });
});
