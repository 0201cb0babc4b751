import type { LaneCell, LaneRow } from "../revisions/lanes.ts";
import type { View } from "./command.ts";
import { marksOf, oneLine, type DrawnRevision } from "./drawn-revision.ts";

/** Each mark as a down revision's line shows it, and as a dependency's. */
const GLYPHS: Record<LaneCell["mark"], readonly [plain: string, dotted: string]> = {
  revision: ["*", "*"],
  down: ["|", ":"],
  left: ["/", "/"],
  right: ["\\", "\\"],
  across: ["_", "."],
};

/**
 * The text of a laid out history, in ASCII as git's: `* <id> (<labels>) (head) (current) <message>` behind the lanes, and
 * with -v the file. A dependency's lane is dotted.
 */
export function drawGraph(rows: readonly LaneRow[], revisions: readonly DrawnRevision[], view: View): string {
  const known = new Map(revisions.map((revision) => [revision.revision, revision]));
  const colours = [view.paint.good, view.paint.id, view.paint.mark, view.paint.bad];
  const drawCell = (cell: LaneCell | undefined) => {
    if (cell === undefined) return " ";
    return colours[cell.lane % colours.length]!(GLYPHS[cell.mark][cell.dotted ? 1 : 0]);
  };
  return rows
    .map(({ revision, cells }) => {
      const lanes = cells.map(drawCell).join("");
      const shown = revision === undefined ? undefined : known.get(revision);
      return shown === undefined ? lanes : `${lanes} ${titleOf(shown, view)}`;
    })
    .join("\n");
}

function titleOf(revision: DrawnRevision, { paint, path, verbose }: View): string {
  const message = oneLine(revision.message);
  return [
    paint.id(revision.revision),
    ...marksOf(revision).map(paint.mark),
    ...(message === "" ? [] : [message]),
    ...(verbose ? [paint.dim(path(revision.path))] : []),
  ].join(" ");
}
