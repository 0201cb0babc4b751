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

/** Where a line is: a glyph's place, and whether one that is dotted was passed on the way. */
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
  const grid = lines.map((line) => /^[*|/\\_.: -]*/.exec(line.replace(/(?<=\*[^*]*) [^ *|/\\_.:-].*$/, ""))![0]);
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
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder, input, encoding: "utf8" });
    expect(status, stderr).toBe(0);
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

const shapes: readonly (readonly [name: string, history: string, drawing: string])[] = [
  [
    "a line",
    "c b; b a; a",
    `
* c
* b
* a`,
  ],
  [
    "a branch",
    "c a; b a; a",
    `
* c
| * b
|/
* a`,
  ],
  [
    "three branches",
    "e d; d a; c a; b a; a",
    `
* e
* d
| * c
|/
| * b
|/
* a`,
  ],
  [
    "a merge",
    "e d; d b c; c a; b a; a",
    `
* e
* d
|\\
| * c
* | b
|/
* a`,
  ],
  [
    "an octopus merge of three",
    "m b c d; d a; c a; b a; a",
    `
* m
|\\
|\\ \\
| | * d
| * | c
| |/
* | b
|/
* a`,
  ],
  [
    "a criss-cross merge",
    "m2 b1 b2; m1 b1 b2; b2 a; b1 a; a",
    `
* m2
|\\
| | * m1
| |/|
|/|/
| * b2
* | b1
|/
* a`,
  ],
  [
    "nested merges",
    "n m x; m b c; c a; b a; x z; a z; z",
    `
* n
|\\
* \\ m
|\\ \\
`,
  ],
];

describe("a history as lanes", () => {
  it.each(shapes)("draws %s", (_, text, drawing) => {
    const history = revisions(text);
    expect(`\n${drawn(history).join("\n")}`).toBe(drawing);
  });
  it.each(shapes)("joins the same revisions as git: %s", (_, text) => {
    const history = revisions(text);
    expect(traced(drawnByGit(history)).toSorted()).toEqual(edgesOf(history).toSorted());
    expect(traced(drawn(history)).toSorted()).toEqual(edgesOf(history).toSorted());
  });
});
const random = fc
  .array(
    fc.record({
      parents: fc.oneof(
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 5, arbitrary: fc.array(fc.nat(4), { minLength: 1, maxLength: 1 }) },
        { weight: 3, arbitrary: fc.array(fc.nat(8), { minLength: 2, maxLength: 5 }) },
      ),
      needs: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.nat(9), { maxLength: 3 }) }),
    }),
    { maxLength: 25 },
  )
  .map((specs) =>
    specs.map(({ parents, needs }, at): LaneRevision => {
      const older = (steps: readonly number[]) =>
        [...new Set(steps)].map((step) => at + 1 + step).filter((place) => place < specs.length).map((place) => `r${place}`);
      return { revision: `r${at}`, downRevision: older(parents), dependsOn: older(needs) };
    }),
  );
it("property", () => {
  fc.assert(fc.property(random, (history) => {
    expect(traced(drawn(history)).toSorted()).toEqual(edgesOf(history).toSorted());
  }), { numRuns });
});

it("git random", () => {
  const one = random.map((h) => h.map((r, i) => ({ ...r, dependsOn: [], downRevision: r.downRevision.length === 0 && i < h.length - 1 ? [`r${i + 1}`] : r.downRevision })));
  let bad = 0, n = 0;
  for (const history of fc.sample(one, 150)) {
    if (history.length === 0) continue;
    n++;
    const g = drawnByGit(history);
    const a = traced(g).toSorted(), b = edgesOf(history).toSorted();
    if (JSON.stringify(a) !== JSON.stringify(b)) { bad++; if (bad < 4) console.log(g.join("\n"), "\n missing", b.filter((x) => !a.includes(x)), "extra", a.filter((x) => !b.includes(x))); }
  }
  console.log({ bad, n });
}, 60000);
