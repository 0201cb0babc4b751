import { describe, expect, it } from "vitest";
import { BEHIND, FORK, LONGER, r, refusal, saying } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";

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
    expect(LONGER.resolve("c")).toEqual(["c3"]);
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
    expect(() => FORK.resolve("lef")).toThrow(refusal("REVISION_NOT_FOUND"));
  });

  it("does not take a prefix of a word of its own for the word", () => {
    expect(() => LONGER.resolve("hea")).toThrow(refusal("REVISION_NOT_FOUND"));
    expect(RevisionGraph.from([r("basement")]).resolve("base")).toEqual([]);
    expect(RevisionGraph.from([r("basement")]).resolve("basem")).toEqual(["basement"]);
  });

  it("suggests what is near", () => {
    expect(() => FORK.resolve("rigth_")).toThrow(refusal("REVISION_NOT_FOUND", { hint: saying("right") }));
    expect(() => FORK.resolve("nowhere")).toThrow(
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
    expect(LONGER.resolve("head")).toEqual(["d4"]);
    expect(LONGER.resolve("heads")).toEqual(["d4"]);
    expect(LONGER.resolve("base")).toEqual([]);
    expect(FORK.resolve("heads")).toEqual(["l2", "r2"]);
  });

  it("refuses head when there are several, and says what else to write", () => {
    expect(() => FORK.plan("upgrade", "head", [])).toThrow(
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
    expect(BEHIND.resolve("left")).toEqual(["l1"]);
  });

  it("label@head, label@heads, label@base and label@id narrow to that line", () => {
    expect(FORK.resolve("left@head")).toEqual(["l2"]);
    expect(FORK.resolve("left@heads")).toEqual(["l2"]);
    expect(BEHIND.resolve("left@heads")).toEqual(["after"]);
    expect(FORK.resolve("left@base")).toEqual([]);
    expect(FORK.resolve("left@l2")).toEqual(["l2"]);
    expect(FORK.resolve("left@root")).toEqual(["root"]);
    expect(BEHIND.resolve("right@m")).toEqual(["m"]);
  });

  it("an id or a prefix works as the label", () => {
    expect(FORK.resolve("r1@head")).toEqual(["r2"]);
    expect(FORK.resolve("ro@heads")).toEqual(["l2", "r2"]);
    expect(() => FORK.resolve("l@head")).toThrow(refusal("REVISION_AMBIGUOUS"));
  });

  it("a label makes a prefix unique that is not", () => {
    const alike = RevisionGraph.from([r("root"), r("x1", "root", { branchLabels: "left" }), r("x2", "root")]);
    expect(alike.resolve("left@x")).toEqual(["x1"]);
  });

  it("refuses a label that there is not, base or no base", () => {
    for (const target of ["nope@base", "nope@head", "nope@l1", "nope@-1", "head@base"]) {
      expect(() => FORK.plan("downgrade", target, ["l2"])).toThrow(refusal("REVISION_NOT_FOUND"));
    }
  });

  it("refuses a revision that is not on the line of the label", () => {
    for (const target of ["left@r2", "left@right", "left@r1-1", "l2@r1+1"]) {
      expect(() => FORK.resolve(target)).toThrow(
        refusal("TARGET_INVALID", { message: saying("is not on the line of l"), hint: saying("`r\\d`") }),
      );
    }
  });

  it("label@current is where that line is", () => {
    expect(FORK.resolve("left@current", ["l1", "r2"])).toEqual(["l1"]);
    expect(FORK.resolve("left@current", ["r2"])).toEqual(["root"]);
    expect(FORK.resolve("left@current", [])).toEqual([]);
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
    expect(() => LONGER.resolve(text, ["a1"])).toThrow(refusal(code));
    expect(() => LONGER.plan("upgrade", text, ["a1"])).toThrow(refusal(code));
  });

  it.each(["a1:b2", "a1:", ":b2", ":"])("refuses the range %j where one place is asked for", (text) => {
    for (const direction of ["upgrade", "downgrade", "stamp"] as const) {
      expect(() => LONGER.plan(direction, text, ["b2"])).toThrow(
        refusal("TARGET_INVALID", { message: saying("range") }),
      );
    }
    expect(() => LONGER.resolve(text)).toThrow(refusal("TARGET_INVALID"));
  });
});
