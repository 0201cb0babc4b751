import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutLanes, type LaneCell, type LaneRevision } from "./lanes.ts";

const numRuns = Number(process.env["LIMBECK_PROPERTY_RUNS"] ?? 300);

/** `m a b ~c; a; …`: revisions newest first, each with its down revisions and, behind a tilde, its dependencies. */
function revisions(text: string): LaneRevision[] {
  return text.split(";").map((one) => {
    const [revision, ...below] = one.trim().split(/\s+/);
    return {
      revision: revision!,
      downRevision: below.filter((id) => !id.startsWith("~")),
      dependsOn: below.filter((id) => id.startsWith("~")).map((id) => id.slice(1)),
    };
  });
}

const glyphs: Record<LaneCell["mark"], readonly [plain: string, dotted: string]> = {
  revision: ["*", "*"],
  down: ["|", ":"],
  left: ["/", "/"],
  right: ["\\", "\\"],
  across: ["_", "."],
};

/** The drawing as git would print it: one line a row, a revision's id behind its lanes. */
function drawn(history: readonly LaneRevision[]): string[] {
  return layOutLanes(history).map(({ revision, cells }) => {
    const lanes = cells.map((cell) => (cell === undefined ? " " : glyphs[cell.mark][cell.dotted ? 1 : 0])).join("");
    return revision === undefined ? lanes : `${lanes} ${revision}`;
  });
}

const edgesOf = (history: readonly LaneRevision[]) =>
  history.flatMap(({ revision, downRevision, dependsOn }) => [
    ...downRevision.map((parent) => `${revision} ${parent}`),
    ...dependsOn.filter((id) => !downRevision.includes(id)).map((id) => `${revision} ~${id}`),
  ]);

/** A glyph's place in a drawing. */
interface Point {
  readonly row: number;
  readonly at: number;
}

/**
 * Reads a drawing as a person does, git's too: from each `*` down along the lines. At a point where lines meet, a line
 * goes straight on if it can; otherwise it goes where there is a way that no other line goes straight on to.
 * Gives `child parent`, with a tilde before the parent when the way leads over something dotted.
 */
function traced(lines: readonly string[]): string[] {
  const grid = lines.map((line) => /^[*|/\\_.: -]*/.exec(line)![0]);
  const nameIn = (row: number) => lines[row]!.slice(grid[row]!.length).trim().split(" ")[0]!;
  const glyph = ({ row, at }: Point) => grid[row]?.[at] ?? " ";
  const isAcross = (point: Point) => "_.".includes(glyph(point));
  const found = new Set<string>();

  const isClaimed = ({ row, at }: Point): boolean => {
    const step = glyph({ row, at }) === "/" ? 2 : -2;
    const before = { row: row - 1, at: at + step };
    return glyph(before) === glyph({ row, at }) || isAcross(before);
  };

  /** The ways on from the lower end of a glyph in an even place. */
  const waysFrom = ({ row, at }: Point): Point[] => {
    const below = [at, at - 1, at + 1].map((place) => ({ row: row + 1, at: place }));
    const ways = below.filter((point, place) => ["*|:/", "/", "\\"][place]!.includes(glyph(point)));
    const free = ways.filter((point) => "*|:".includes(glyph(point)) || !isClaimed(point));
    return free.length > 0 ? free : ways;
  };

  const follow = (child: string, point: Point, wasDotted: boolean): void => {
    const { row, at } = point;
    const here = glyph(point);
    const dotted = wasDotted || ":.".includes(here);
    const go = (next: Point) => follow(child, next, dotted);
    if (here === "*") found.add(`${child} ${dotted ? "~" : ""}${nameIn(row)}`);
    else if ("|:".includes(here)) waysFrom(point).forEach(go);
    else if (here !== " ") {
      const step = here === "/" ? -1 : 1;
      if (isAcross({ row, at: at + 2 * step })) return across(child, { row, at: at + 2 * step }, step, wasDotted);
      const straight = [1, 2].map((far) => ({ row: row + 1, at: at + far * step })).find((p) => glyph(p) === here);
      if (straight !== undefined) return go(straight);
      const joined = { row: row + 1, at: at + step };
      if ("*|:".includes(glyph(joined))) return go(joined);
      waysFrom({ row, at: at + step }).forEach(go);
    }
  };

  const across = (child: string, point: Point, step: number, wasDotted: boolean): void => {
    const dotted = wasDotted || glyph(point) === ".";
    const next = { row: point.row, at: point.at + 2 * step };
    if (isAcross(next)) return across(child, next, step, dotted);
    follow(child, { row: point.row + 1, at: next.at }, dotted);
  };

  for (const [row, line] of grid.entries()) {
    const at = line.indexOf("*");
    if (at === -1) continue;
    const arms = /^\*(?:-*\.)?/.exec(line.slice(at))![0].length;
    const ways = Array.from({ length: Math.ceil(arms / 2) }, (_, arm) => waysFrom({ row, at: at + 2 * arm }));
    for (const way of ways.flat()) follow(nameIn(row), way, false);
  }
  return [...found];
}

/** What git draws of the same graph; it knows no dependencies. */
function drawnByGit(history: readonly LaneRevision[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-lanes-"));
  const git = (args: string[], input?: string) => {
    const env = { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder, env, input, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  try {
    git(["init", "--quiet"]);
    const oldestFirst = history.toReversed();
    const mark = (id: string) => `:${oldestFirst.findIndex(({ revision }) => revision === id) + 1}`;
    const commits = oldestFirst.map(({ revision, downRevision }, place) => [
      `reset refs/heads/r${place}`,
      `commit refs/heads/r${place}`,
      `mark ${mark(revision)}`,
      `committer limbeck <> ${place + 1} +0000`,
      `data ${revision.length}\n${revision}`,
      ...downRevision.map((id, parent) => `${parent === 0 ? "from" : "merge"} ${mark(id)}`),
      "",
    ]);
    git(["fast-import", "--quiet"], commits.flat().join("\n"));
    return git(["log", "--graph", "--topo-order", "--all", "--format=%s"]).trimEnd().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each with its history and its drawing. */
const shapes = String.raw`
== a line
-- c b; b a; a
* c
* b
* a
== a branch
-- c a; b a; a
* c
| * b
|/
* a
== three heads
-- e d; d a; c a; b a; a
* e
* d
| * c
|/
| * b
|/
* a
== a merge
-- e d; d b c; c a; b a; a
* e
* d
|\
| * c
* | b
|/
* a
== an octopus merge of three
-- m b c d; d a; c a; b a; a
* m
|\
|\ \
| | * d
| * | c
| |/
* | b
|/
* a
== a criss-cross merge
-- m2 b1 b2; m1 b1 b2; b2 a; b1 a; a
* m2
|\
| | * m1
| |/|
|/|/
| * b2
* | b1
|/
* a
== nested merges
-- n m x; m b c; c a; b a; x z; a z; z
* n
|\
* | m
|\ \
| * | c
* | | b
|/ /
| * x
* | a
|/
* z
== a branch that crosses others on its way
-- h1 a; h2 b; h3 c; h4 a; c b; b a; a
* h1
| * h2
| | * h3
| | | * h4
| |_|/
|/| |
| | * c
| |/
| * b
|/
* a
== a merge that joins the lanes on both sides
-- t p; n m; z q; m p q; q o; p o; o
* t
| * n
| | * z
| * | m
|/|/
| * q
* | p
|/
* o
== a merge that reaches over other lanes
-- n m; w v; x o; y u; z q; m p q; q o; p o; v o; u o; o
* n
| * w
| | * x
| | | * y
| | | | * z
* | | | | m
|\|_|_| |
| | | |\|
| | | | * q
| | | |/
| | |/|
* | | | p
| |/ /
|/| |
| * | v
|/ /
| * u
|/
* o
== two bases side by side
-- m b y; y x; b a; a; x
* m
|\
| * y
* | b
* | a
 /
* x
== two bases, one above the other
-- y x; x; b a; a
* y
* x

* b
* a
== heads that nothing joins
-- c; b; a
* c

* b

* a
== a dependency
-- y x ~b; c b; x; b a; a
* y
|\
| : * c
* : | x
 / /
:/
* b
* a
== a dependency on the next revision
-- y x ~b; b a; x; a
* y
|\
| :
| * b
* | x
 /
* a
== a base that depends on something
-- y ~b; c b; b a; a
* y
: * c
:/
* b
* a
== dependents of one revision
-- z ~b; y ~b; x b; b a; a
* z
: * y
:/
: * x
:/
* b
* a
== a dependency across another lane
-- d a; y x ~c; e b; c b; b a; x w; w; a
* d
| * y
| |\
| | : * e
| | * | c
| | |/
| | * b
| |/
|/|
| * x
| * w
* a
== a parent that is also a dependency
-- b a ~a; a
* b
* a
`
  .split(/^== /m)
  .slice(1)
  .map((shape) => {
    const [name, history, ...drawing] = shape.trimEnd().split("\n");
    return { name: name!, history: revisions(history!.slice(3)), drawing };
  });

const sorted = (edges: readonly string[]) => edges.toSorted();

describe("a history as lanes", () => {
  it.each(shapes)("draws $name", ({ history, drawing }) => {
    expect(drawn(history)).toEqual(drawing);
    expect(sorted(traced(drawn(history)))).toEqual(sorted(edgesOf(history)));
  });

  it("leaves out edges to what is not shown, and those upwards", () => {
    expect(drawn(revisions("c b; b a x ~y"))).toEqual(["* c", "* b"]);
    expect(drawn(revisions("a b; b a"))).toEqual(["* a", "* b"]);
  });

  it("is empty for no revisions", () => {
    expect(layOutLanes([])).toEqual([]);
  });

  it("gives a lane its number from the child to the parent", () => {
    const rows = layOutLanes(revisions("d b; c a; b a; a"));
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.lane ?? " ").join(""))).toEqual([
      "0",
      "0 1",
      "0 1",
      "01",
      "0",
    ]);
  });
});

/** Any history, newest first: branches, merges of up to five, several bases and heads, dependencies. */
const histories = fc
  .array(
    fc.record({
      parents: fc.oneof(
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 5, arbitrary: fc.array(fc.nat(4), { minLength: 1, maxLength: 1 }) },
        { weight: 3, arbitrary: fc.array(fc.nat(8), { minLength: 2, maxLength: 5 }) },
      ),
      needs: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.nat(9), { maxLength: 3 }) },
      ),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((specs) =>
    specs.map(({ parents, needs }, at): LaneRevision => {
      const older = (steps: readonly number[]) =>
        Array.from(new Set(steps), (step) => at + 1 + step)
          .filter((place) => place < specs.length)
          .map((place) => `r${place}`);
      return { revision: `r${at}`, downRevision: older(parents), dependsOn: older(needs) };
    }),
  );

describe("for any history", { timeout: 20_000 + numRuns * 5 }, () => {
  it("every edge can be followed through the drawing, and nothing else can", () => {
    const law = (history: LaneRevision[]) => {
      expect(sorted(traced(drawn(history)))).toEqual(sorted(edgesOf(history)));
    };
    fc.assert(fc.property(histories, law), { numRuns });
  });

  it("every revision has a row, in the order given, and one lane is left at the end", () => {
    const law = (history: LaneRevision[]) => {
      const rows = layOutLanes(history);
      const shown = rows.flatMap(({ revision }) => revision ?? []);
      expect(shown).toEqual(history.map(({ revision }) => revision));
      expect(rows.at(-1)!.cells).toHaveLength(1);
      const marked = rows.map(({ cells }) => cells.filter((cell) => cell?.mark === "revision").length);
      expect(marked).toEqual(rows.map(({ revision }) => (revision === undefined ? 0 : 1)));
    };
    fc.assert(fc.property(histories, law), { numRuns });
  });
});

// The shapes only: git's own drawing of five parents that cross other lines cannot always be followed.
describe.skipIf(spawnSync("git", ["--version"]).status !== 0)("beside git", { timeout: 60_000 }, () => {
  /** git draws what is unrelated right under a base, as if the base stood on it. */
  const joinedOnly = (history: readonly LaneRevision[]) =>
    history.map((revision, place) => {
      const isLoose = revision.downRevision.length === 0 && place < history.length - 1;
      return { ...revision, dependsOn: [], ...(isLoose ? { downRevision: [history[place + 1]!.revision] } : {}) };
    });
  const law = (history: readonly LaneRevision[]) => {
    const byGit = sorted(traced(drawnByGit(history)));
    expect(byGit).toEqual(sorted(edgesOf(history)));
    expect(sorted(traced(drawn(history)))).toEqual(byGit);
  };

  it.each(shapes)("joins the same revisions: $name", ({ history }) => law(joinedOnly(history)));
});

describe("size", () => {
  const line = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      revision: `${place}`,
      downRevision: place + 1 < count ? [`${place + 1}`] : [],
      dependsOn: [],
    }));

  it("lays 10,000 revisions out in well under a second, with a merge at every tenth", () => {
    const merges = line(10_000).map((revision, place) =>
      place % 10 === 0 ? { ...revision, downRevision: [...revision.downRevision, `${place + 7}`] } : revision,
    );
    const before = process.cpuUsage();
    expect(layOutLanes(merges).length).toBeGreaterThan(10_000);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
  });

  it("draws 100,000 revisions on one line", () => {
    expect(layOutLanes(line(100_000))).toHaveLength(100_000);
  });
});
