import { describe, expect, it } from "vitest";
import { r, refusal, said } from "../../test/revision-graphs.ts";
import { RevisionGraph } from "./graph.ts";
import type { RowChange, Step } from "./revision.ts";

/**
 * What Alembic does with identifiers, plans, rows, ranges and errors, fact by fact: the names are the sentences of
 * the reference page alembic.md, sections 1 to 4, without those about defects. Facts about commands are in
 * test/alembic-commands.test.ts. At the end: where limbeck does otherwise on purpose.
 */

const naming = (...names: string[]) => expect.stringMatching(new RegExp(names.join(".*"), "u")) as unknown;
const ids = (revisions: readonly { revision: string }[]) => revisions.map(({ revision }) => revision).join(" ");
const steps = (text: string): Step[] =>
  text
    .split(" ")
    .map((step) => ({ direction: step.startsWith("+") ? "upgrade" : "downgrade", revision: step.slice(1) }));
const statements = (change: RowChange) =>
  [
    ...change.delete.map((row) => `DELETE ${row}`),
    ...change.insert.map((row) => `INSERT ${row}`),
    ...change.update.map(({ from, to }) => `UPDATE ${from} ${to}`),
  ].join(", ");

const line = RevisionGraph.from([
  r("aaaa"),
  r("bbbb", "aaaa"),
  r("cccc", "bbbb"),
  r("dddd", "cccc"),
  r("eeee", "dddd"),
]);

/** root ← l1 (left) ← l2, root ← r1 (right) ← r2, both joined by m. */
const merged = RevisionGraph.from([
  r("root"),
  r("l1", "root", { branchLabels: "left" }),
  r("l2", "l1"),
  r("r1", "root", { branchLabels: "right" }),
  r("r2", "r1"),
  r("m", ["l2", "r2"]),
]);

/** The same without the merge. */
const fork = RevisionGraph.from([...merged].filter(({ revision }) => revision !== "m"));

/** aaaa ← bbbb (core), and xxxx (addon), a base of its own that depends on core: bbbb is an implied head. */
const implied = RevisionGraph.from([
  r("aaaa"),
  r("bbbb", "aaaa", { branchLabels: "core" }),
  r("xxxx", null, { branchLabels: "addon", dependsOn: "core" }),
]);

describe("1. Commands", () => {
  it("upgrade: needed = ancestors(TARGET, incl. depends_on) − ancestors(current)", () => {
    expect(said(merged.plan("upgrade", "m", ["l1"]))).toBe("+l2 +r1 +r2 +m → m");
    expect(said(implied.plan("upgrade", "xxxx", ["aaaa"]))).toBe("+bbbb +xxxx → xxxx");
  });

  it("upgrade: an ancestor of the current state (or `base`) is a silent no-op, not an error", () => {
    for (const target of ["aaaa", "bbbb", "cccc", "base"]) {
      expect(said(line.plan("upgrade", target, ["cccc"]))).toBe("→ cccc");
    }
  });

  it("downgrade drops everything above TARGET, incl. other branches and dependents", () => {
    expect(said(merged.plan("downgrade", "root", ["l2", "r1"]))).toBe("-r1 -l2 -l1 → root");
    expect(said(implied.plan("downgrade", "aaaa", ["xxxx"]))).toBe("-xxxx -bbbb → aaaa");
  });

  it("downgrade: TARGET stays applied", () => {
    expect(said(line.plan("downgrade", "bbbb", ["cccc"]))).toBe("-cccc → bbbb");
  });

  it("downgrade --sql needs `from:to`", () => {
    expect(said(line.planOffline("downgrade", "cccc:aaaa"))).toBe("-cccc -bbbb → aaaa");
    for (const range of ["aaaa", ":aaaa", "cccc:"]) {
      expect(() => line.planOffline("downgrade", range)).toThrow(refusal("TARGET_INVALID"));
    }
  });

  it("stamp: several REVs = several heads", () => {
    expect(said(merged.plan("stamp", ["l1", "r2"], []))).toBe("→ l1 r2");
  });

  it("stamp --purge empties the table first and so survives unknown ids; without it an unknown id in the table blocks stamp too", () => {
    expect(said(line.plan("stamp", "bbbb", ["ghost", "cccc"], { purge: true }))).toBe("→ bbbb");
    expect(() => line.plan("stamp", "bbbb", ["ghost"])).toThrow(refusal("REVISION_UNKNOWN_TO_FILES"));
  });

  it("heads by down_revision only; with the flag, heads not named by any depends_on", () => {
    expect(implied.heads()).toEqual(["bbbb", "xxxx"]);
    expect(implied.heads({ resolveDependencies: true })).toEqual(["xxxx"]);
  });

  it("branches: every branch point with its children; branch points even when since merged", () => {
    expect(merged.branchPoints().map((point) => [point, merged.children(point)])).toEqual([["root", ["l1", "r1"]]]);
  });

  it("history: newest first", () => {
    expect(ids(line.history())).toBe("eeee dddd cccc bbbb aaaa");
  });
});

describe("2. Revision identifiers", () => {
  it("full id: any string without `@ - + :`", () => {
    const odd = ["20250909185058", "ae1027a6acf", "größe", "a.b/c#d", "_", "x".repeat(64)];
    const graph = RevisionGraph.from(odd.map((id) => r(id)));
    for (const id of odd) expect(graph.resolve(id)).toEqual([id]);
    for (const character of ["@", "-", "+", ":"]) {
      expect(() => RevisionGraph.from([r(`a${character}b`)])).toThrow(
        refusal("REVISION_ID_INVALID", { message: expect.stringContaining(`"${character}"`) as unknown }),
      );
    }
  });

  it("prefix: unique prefix", () => {
    const graph = RevisionGraph.from([r("ae1027"), r("ae2f91", "ae1027"), r("b00b1e", "ae2f91")]);
    expect(graph.resolve("ae1")).toEqual(["ae1027"]);
    expect(() => graph.resolve("ae")).toThrow(refusal("REVISION_AMBIGUOUS"));
  });

  it("prefix: no minimum length is enforced: one letter works if only one candidate starts with it", () => {
    expect(line.resolve("b")).toEqual(["bbbb"]);
  });

  it('prefix: ambiguous, absent and "not in that branch" are errors', () => {
    expect(() => merged.resolve("l")).toThrow(refusal("REVISION_AMBIGUOUS"));
    expect(() => merged.resolve("q")).toThrow(refusal("REVISION_NOT_FOUND"));
    expect(() => merged.resolve("left@r1")).toThrow(refusal("TARGET_INVALID"));
  });

  it("head: the only head", () => {
    expect(line.resolve("head")).toEqual(["eeee"]);
  });

  it("head: error if several (by down_revision; implied heads count)", () => {
    expect(() => fork.resolve("head")).toThrow(refusal("MULTIPLE_HEADS"));
    expect(() => implied.plan("upgrade", "head", [])).toThrow(refusal("MULTIPLE_HEADS"));
  });

  it("heads: all heads", () => {
    expect(said(fork.plan("upgrade", "heads", ["root"]))).toBe("+l1 +l2 +r1 +r2 → l2 r2");
  });

  it("heads, excluding those that are dependencies of others: an upgrade leaves no row for them", () => {
    expect(said(implied.plan("upgrade", "heads", []))).toBe("+aaaa +bbbb +xxxx → xxxx");
  });

  it("base: nothing applied", () => {
    expect(line.resolve("base")).toEqual([]);
    expect(said(line.plan("downgrade", "base", ["bbbb"]))).toBe("-bbbb -aaaa →");
  });

  it("a label names its revision", () => {
    expect(fork.resolve("left")).toEqual(["l1"]);
    expect(said(fork.plan("upgrade", "left", []))).toBe("+root +l1 → l1");
  });

  it("`label@head(s)`, `label@base`, `label@id`: `@` filters to that lineage", () => {
    expect(fork.resolve("left@head")).toEqual(["l2"]);
    expect(merged.resolve("left@heads")).toEqual(["m"]);
    expect(fork.resolve("left@base")).toEqual([]);
    expect(fork.resolve("right@r1")).toEqual(["r1"]);
  });

  it("a revision id or prefix works as the label", () => {
    const graph = RevisionGraph.from([r("root"), r("lima", "root"), r("lomo", "lima"), r("rhea", "root")]);
    expect(graph.resolve("lima@head")).toEqual(["lomo"]);
    expect(graph.resolve("li@head")).toEqual(["lomo"]);
  });

  it("labels spread to all descendants and down to the next branch point", () => {
    const graph = RevisionGraph.from([
      r("root"),
      r("one", "root"),
      r("two", "one", { branchLabels: "late" }),
      r("three", "two"),
      r("other", "root"),
    ]);
    expect(["root", "one", "two", "three", "other"].map((id) => graph.labels(id).join())).toEqual([
      "",
      "late",
      "late",
      "late",
      "",
    ]);
  });

  it("`+N` / `-N`: from the database's rows", () => {
    expect(said(line.plan("upgrade", "+2", ["bbbb"]))).toBe("+cccc +dddd → dddd");
    expect(said(line.plan("upgrade", "+2", []))).toBe("+aaaa +bbbb → bbbb");
    expect(said(line.plan("downgrade", "-2", ["dddd"]))).toBe("-dddd -cccc → bbbb");
  });

  it("up with several rows: `Ambiguous upgrade from multiple current revisions`", () => {
    expect(() => fork.plan("upgrade", "+1", ["l1", "r1"])).toThrow(
      refusal("RELATIVE_AMBIGUOUS", { message: naming("several revisions", "l1, r1") }),
    );
  });

  it("past a fork: `Ambiguous walk`", () => {
    expect(() => fork.plan("upgrade", "+2", [])).toThrow(refusal("RELATIVE_AMBIGUOUS", { message: naming("divides") }));
  });

  it("beyond the end: `Relative revision +3 didn't produce 3 migrations`", () => {
    expect(() => line.plan("upgrade", "+3", ["cccc"])).toThrow(
      refusal("RELATIVE_OUT_OF_RANGE", { message: naming("\\+3", "only 2 revisions follow") }),
    );
  });

  it("`+0`: an error, it didn't produce 0 migrations", () => {
    expect(() => line.plan("upgrade", "+0", ["cccc"])).toThrow(refusal("TARGET_INVALID"));
  });

  it("`id+N`, `id-N`, `head-1`, `base+2`: from a revision", () => {
    expect(said(line.plan("upgrade", "bbbb+1", []))).toBe("+aaaa +bbbb +cccc → cccc");
    expect(said(line.plan("upgrade", "head-1", ["cccc"]))).toBe("+dddd → dddd");
    expect(said(line.plan("upgrade", "base+2", []))).toBe("+aaaa +bbbb → bbbb");
    expect(said(line.plan("downgrade", "cccc-2", ["dddd"]))).toBe("-dddd -cccc -bbbb → aaaa");
  });

  it("past the end: an upgrade is an error; downgrade says `Walked too far`", () => {
    expect(() => line.plan("upgrade", "dddd+2", [])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
    expect(() => line.plan("downgrade", "bbbb-3", ["dddd"])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
  });

  it("`label@+N`, `label@-N`: relative inside a branch", () => {
    expect(said(fork.plan("upgrade", "left@+1", ["l1", "r1"]))).toBe("+l2 → l2 r1");
    expect(said(fork.plan("downgrade", "left@-1", ["l2", "r2"]))).toBe("-l2 → l1 r2");
  });

  it("`label@-N` when that branch has no row: an error", () => {
    expect(() => fork.plan("downgrade", "left@-1", [])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
  });

  it("`a:b`: `--sql` and `history -r`; `:` not allowed online (`Range revision not allowed`)", () => {
    expect(said(line.planOffline("upgrade", "aaaa:bbbb"))).toBe("+bbbb → bbbb");
    for (const direction of ["upgrade", "downgrade"] as const) {
      expect(() => line.plan(direction, "aaaa:bbbb", ["aaaa"])).toThrow(
        refusal("TARGET_INVALID", { message: naming("range") }),
      );
    }
  });

  it("the offline start is taken on trust", () => {
    expect(line.planOffline("upgrade", "cccc:head").from).toEqual(["cccc"]);
    expect(said(line.planOffline("upgrade", "cccc:head"))).toBe("+dddd +eeee → eeee");
  });

  it("`current`: what is applied, in `show`, `edit` and `history -r`", () => {
    expect(line.resolve("current", ["cccc"])).toEqual(["cccc"]);
    expect(ids(line.history("current:", ["dddd"]))).toBe("eeee dddd");
    expect(ids(line.history(":current", ["bbbb"]))).toBe("bbbb aaaa");
  });

  it("`[start]:[end]` in history: inclusive both ends", () => {
    expect(ids(line.history("bbbb:dddd"))).toBe("dddd cccc bbbb");
    expect(ids(line.history("cccc:"))).toBe("eeee dddd cccc");
    expect(ids(line.history(":bbbb"))).toBe("bbbb aaaa");
  });

  it("history: relative forms on the right (`-r base:+2`, `-r c:+1`)", () => {
    expect(ids(line.history("base:+2"))).toBe("bbbb aaaa");
    expect(ids(line.history("cccc:+1"))).toBe("dddd cccc");
  });

  it("`-r -3:` gives the tail counted from head", () => {
    expect(ids(line.history("-3:"))).toBe("eeee dddd cccc bbbb");
  });

  it("`a:b:c` is an error", () => {
    expect(() => line.history("aaaa:bbbb:cccc")).toThrow(refusal("TARGET_INVALID"));
  });
});

/** a ← b, a ← c, a ← d, joined by m; x is a base that depends on b. */
const rows = RevisionGraph.from([
  r("a"),
  r("b", "a"),
  r("c", "a"),
  r("d", "a"),
  r("m", ["b", "c", "d"]),
  r("x", null, { dependsOn: "b" }),
]);
const changes = (before: string[], text: string) => rows.rowChanges(before, steps(text)).map(statements);

describe("3. Version table and step rules", () => {
  it("one row per applied revision that no other applied revision has as parent or (normalised) dependency", () => {
    expect(rows.minimal(["a", "b", "c"])).toEqual(["b", "c"]);
    expect(rows.minimal(["b", "x"])).toEqual(["x"]);
    expect(implied.minimal(["bbbb", "xxxx"])).toEqual(["xxxx"]);
  });

  it("new base or no parent present: INSERT", () => {
    expect(changes([], "+a")).toEqual(["INSERT a"]);
    expect(changes(["b"], "+c")).toEqual(["INSERT c"]);
  });

  it("one parent present: UPDATE", () => {
    expect(changes(["a"], "+b")).toEqual(["UPDATE a b"]);
  });

  it("merge: DELETE all but one, UPDATE the last", () => {
    expect(changes(["b", "c", "d"], "+m")).toEqual(["DELETE b, DELETE c, UPDATE d m"]);
  });

  it("undo a merge: INSERT n−1, UPDATE one", () => {
    expect(changes(["m"], "-m")).toEqual(["INSERT b, INSERT c, UPDATE m d"]);
  });

  it("base or implied: DELETE", () => {
    expect(changes(["a"], "-a")).toEqual(["DELETE a"]);
    expect(changes(["b", "c"], "-c")).toEqual(["DELETE c"]);
    expect(changes(["c", "x"], "-x")).toEqual(["UPDATE x b"]);
    expect(changes(["m", "x"], "-x")).toEqual(["DELETE x"]);
  });

  it("order: an ancestor waits", () => {
    const graph = RevisionGraph.from([r("late", "early"), r("early"), r("top", ["late", "side"]), r("side", "early")]);
    expect(said(graph.plan("upgrade", "heads", []))).toBe("+early +late +side +top → top");
  });
});

describe("4. Errors", () => {
  it("`Multiple head revisions are present for given argument 'X'`, with the ways out: a target, `<branchname>@X`, `heads`", () => {
    expect(() => fork.plan("upgrade", "head", [])).toThrow(
      refusal("MULTIPLE_HEADS", { message: naming("l2, r2"), hint: naming("limbeck upgrade heads", "left@head") }),
    );
  });

  it("`Can't locate revision identified by 'X'`: unknown", () => {
    expect(() => line.plan("upgrade", "zzzz", [])).toThrow(refusal("REVISION_NOT_FOUND", { message: naming("zzzz") }));
  });

  it("`Can't locate revision identified by 'X'`: ambiguous", () => {
    expect(() => fork.plan("upgrade", "r", [])).toThrow(
      refusal("REVISION_AMBIGUOUS", { details: { identifier: "r", candidates: ["r1", "r2", "root"] } }),
    );
  });

  it("`Can't locate revision identified by 'X'`: wrong branch", () => {
    expect(() => fork.plan("upgrade", "left@r2", [])).toThrow(
      refusal("TARGET_INVALID", { message: naming("r2", "left") }),
    );
  });

  it("`Can't locate revision identified by 'X'`: unknown row in the table", () => {
    for (const direction of ["upgrade", "downgrade"] as const) {
      expect(() => line.plan(direction, "aaaa", ["ghost"])).toThrow(
        refusal("REVISION_UNKNOWN_TO_FILES", { message: naming("ghost") }),
      );
    }
  });

  it("`Destination X is not a valid downgrade target from current head(s)`", () => {
    expect(() => line.plan("downgrade", "dddd", ["bbbb"])).toThrow(
      refusal("TARGET_INVALID", { message: naming("dddd") }),
    );
    expect(() => fork.plan("downgrade", "r1", ["l2"])).toThrow(refusal("TARGET_INVALID", { message: naming("r1") }));
  });

  it("history: `Requested range A:B does not refer to ancestor/descendant revisions along the same branch`", () => {
    expect(() => fork.history("l1:r2")).toThrow(refusal("TARGET_INVALID", { message: naming("not on one line") }));
    expect(() => line.history("dddd:bbbb")).toThrow(refusal("TARGET_INVALID", { message: naming("newer") }));
  });

  it("`Relative revision ±N didn't produce N migrations`", () => {
    expect(() => line.plan("upgrade", "+1", ["eeee"])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
    expect(() => line.plan("downgrade", "-3", ["bbbb"])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
    expect(() => line.plan("downgrade", "-1", [])).toThrow(refusal("RELATIVE_OUT_OF_RANGE"));
  });

  it("`Branch name 'x' in revision a already used by revision b`", () => {
    const twice = [r("a", null, { branchLabels: "x" }), r("b", "a", { branchLabels: "x" })];
    expect(() => RevisionGraph.from(twice)).toThrow(refusal("LABEL_DUPLICATE", { message: naming("x", "a", "b") }));
  });

  it("`Cycle is detected in revisions (a, b)`, at load", () => {
    expect(() => RevisionGraph.from([r("a", "b"), r("b", "a")])).toThrow(
      refusal("REVISION_CYCLE", { details: { revisions: ["a", "b"] } }),
    );
  });

  it("`Dependency cycle is detected in revisions (a, b)`, at load", () => {
    const circle = [r("a", null, { dependsOn: "b" }), r("b", null, { dependsOn: "a" })];
    expect(() => RevisionGraph.from(circle)).toThrow(refusal("REVISION_CYCLE", { message: naming("dependsOn b") }));
  });

  it("`Self-loop is detected in revisions (a)`, at load", () => {
    expect(() => RevisionGraph.from([r("a", "a")])).toThrow(
      refusal("REVISION_CYCLE", { message: naming("stands on itself") }),
    );
  });

  it("`Dependency self-loop is detected in revisions (a)`, at load", () => {
    expect(() => RevisionGraph.from([r("a", null, { dependsOn: "a" })])).toThrow(
      refusal("REVISION_CYCLE", { message: naming("stands on itself", "dependsOn") }),
    );
  });

  it("`Revision X referenced from Y is not present`", () => {
    expect(() => RevisionGraph.from([r("bbbb", "gone")])).toThrow(
      refusal("PARENT_NOT_FOUND", { message: naming("bbbb", "gone") }),
    );
  });

  it("`downgrade with --sql requires <fromrev>:<torev>`", () => {
    expect(() => line.planOffline("downgrade", "aaaa")).toThrow(
      refusal("TARGET_INVALID", { hint: naming("head:aaaa") }),
    );
  });

  it("`Range revision not allowed`", () => {
    expect(() => line.plan("upgrade", "aaaa:cccc", [])).toThrow(
      refusal("TARGET_INVALID", { message: naming("range") }),
    );
  });
});

/** Facts that the page does not call defects, and which the design, or issue 3, asks to be otherwise. */
describe("where limbeck does otherwise on purpose", () => {
  it("prefix: candidates of three characters and fewer count too", () => {
    expect(RevisionGraph.from([r("ab"), r("cd", "ab")]).resolve("c")).toEqual(["cd"]);
  });

  it("prefix: branch labels are no candidates", () => {
    expect(() => implied.resolve("cor")).toThrow(refusal("REVISION_NOT_FOUND", { hint: naming("core") }));
  });

  it("`heads` names the implied heads too: it counts heads as `head` does", () => {
    expect(implied.resolve("heads")).toEqual(["bbbb", "xxxx"]);
  });

  it("`-N` with several rows is an error, and takes none of them by chance", () => {
    expect(() => fork.plan("downgrade", "-1", ["l2", "r2"])).toThrow(refusal("RELATIVE_AMBIGUOUS"));
  });

  it("`id+N` and its kin are understood everywhere, on the left of `history -r` too", () => {
    expect(line.resolve("head-1")).toEqual(["dddd"]);
    expect(said(line.plan("stamp", "head-1", []))).toBe("→ dddd");
    expect(ids(line.history("head-1:"))).toBe("eeee dddd");
  });

  it("stamp takes `+1`, from where the database is", () => {
    expect(said(line.plan("stamp", "+1", ["bbbb"]))).toBe("→ cccc");
  });

  it("`current` is understood everywhere", () => {
    expect(said(line.plan("upgrade", "current", ["bbbb"]))).toBe("→ bbbb");
    expect(said(line.plan("stamp", "current", ["bbbb"]))).toBe("→ bbbb");
  });

  it("order: of two branches the one whose file comes first runs first", () => {
    expect(said(fork.plan("upgrade", "heads", ["root"]))).toBe("+l1 +l2 +r1 +r2 → l2 r2");
  });

  it("history: of two branches the later file comes first", () => {
    expect(ids(fork.history())).toBe("r2 r1 l2 l1 root");
  });
});
