import { describe, expect, it } from "vitest";
import { drawnRevision as revision } from "../../test/drawn-revision.ts";
import { layOutLanes } from "../revisions/lanes.ts";
import type { View } from "./command.ts";
import { drawGraph } from "./draw-graph.ts";
import type { DrawnRevision } from "./drawn-revision.ts";
import { paint } from "./paint.ts";

const view = (more: Partial<View> = {}): View => ({
  paint: paint(false),
  verbose: false,
  width: 80,
  path: (path) => path.replace("/project/", ""),
  ...more,
});

const drawn = (revisions: readonly DrawnRevision[], more: Partial<View> = {}) =>
  drawGraph(layOutLanes(revisions), revisions, view(more));

/** Two features, one of which needs a revision of another base, and their merge. */
const project = [
  revision("2025_merge", { downRevision: ["2025_tags", "2025_owner"], isHead: true, message: "Merge the features" }),
  revision("2025_tags", { downRevision: ["2025_base"], dependsOn: ["geo_index"], message: "Add tags" }),
  revision("2025_owner", { downRevision: ["2025_base"], branchLabels: ["owner"], message: "Add the owner" }),
  revision("geo_points", { downRevision: ["geo_index"], branchLabels: ["geo"], isHead: true, isCurrent: true }),
  revision("geo_index", { branchLabels: ["geo"], isCurrent: true, message: "Make an index" }),
  revision("2025_base", { message: "Create everything" }),
];

describe("a graph in the terminal", () => {
  it("has a line for each revision, and dotted lines to what it depends on", () => {
    expect(`\n${drawn(project)}`).toBe(String.raw`
* 2025_merge (head) Merge the features
|\
* | 2025_tags Add tags
|\ \
| : * 2025_owner (owner) Add the owner
| :/
|/:
| : * geo_points (geo) (head) (current)
| :/
| * geo_index (geo) (current) Make an index
* 2025_base Create everything`);
  });

  it("is empty without revisions", () => {
    expect(drawn([])).toBe("");
  });

  it("adds the file with -v", () => {
    expect(drawn([revision("a", { message: "One" })], { verbose: true })).toBe("* a One migrations/a.ts");
  });

  it("gives each lane a colour of its own, in a terminal that has colours", () => {
    const [green, yellow, cyan, reset] = ["\u001b[32m", "\u001b[33m", "\u001b[36m", "\u001b[39m"];
    const three = [
      revision("c", { downRevision: ["a"], isHead: true }),
      revision("b", { downRevision: ["a"] }),
      revision("a"),
    ];
    const lane = (glyph: string, colour: string) => `${colour}${glyph}${reset}`;
    expect(drawn(three, { paint: paint(true) }).split("\n")).toEqual([
      `${lane("*", green)} ${lane("c", yellow)} ${lane("(head)", cyan)}`,
      `${lane("|", green)} ${lane("*", yellow)} ${lane("b", yellow)}`,
      `${lane("|", green)}${lane("/", yellow)}`,
      `${lane("*", green)} ${lane("a", yellow)}`,
    ]);
  });

  it("keeps a message on its line, and its control characters from the terminal", () => {
    const hostile = "one\r\ntwo\u001b[2J\u0007 three\u2028four\u009b5m";
    expect(drawn([revision("a", { message: hostile })])).toBe("* a one two [2J  three four 5m");
  });
});
