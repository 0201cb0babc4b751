import type { Revision } from "../../api/types.ts";
import { lanesOf } from "../../model/lanes.ts";
import { Status } from "../../parts/status.tsx";
import { Code, Moment } from "../../parts/text.tsx";

const rowHeight = 52;
const laneWidth = 20;
const middle = rowHeight / 2;

/** The history as lanes, the newest revision at the top, and beside each revision what it says of itself. */
export function RevisionGraph({ revisions }: { revisions: readonly Revision[] }) {
  const { rows, lanes } = lanesOf(revisions);
  const hasDependencies = revisions.some(({ dependsOn }) => dependsOn.length > 0);
  const width = lanes * laneWidth + (hasDependencies ? 18 : 8);
  const x = (lane: number) => lane * laneWidth + 14;
  const y = (row: number) => row * rowHeight + middle;
  return (
    <div class="revisions" tabIndex={0} role="group" aria-label="Revisions, the newest first">
      <svg width={width} height={revisions.length * rowHeight} aria-hidden="true">
        {rows.flatMap(({ lane, lines }, row) =>
          lines.map(({ toRow, lane: through, depends }) => {
            const [x1, y1, x2, y2] = [x(lane), y(row), x(rows[toRow]!.lane), y(toRow)];
            const path = depends
              ? `M${x1},${y1}C${width},${y1} ${width},${y2} ${x2},${y2}`
              : lanePath(x1, y1, x(through), x2, y2);
            return <path key={`${row} ${toRow} ${depends}`} class={depends ? "depends" : "line"} d={path} />;
          }),
        )}
        {rows.map(({ lane }, row) => (
          <circle key={revisions[row]!.revision} class={revisions[row]!.state} cx={x(lane)} cy={y(row)} r="6" />
        ))}
      </svg>
      <ol>
        {revisions.map(({ revision, message, state, head, branchLabels, dependsOn, createDate }) => (
          <li key={revision}>
            <p class="message">
              <bdi>{message}</bdi>
            </p>
            <p class="about">
              <Code text={revision} most={32} />{" "}
              <Status state={state === "applied" ? "succeeded" : "pending"} word={state} />
              {head && <span class="tag">head</span>}
              {branchLabels.map((label) => (
                <span class="tag" key={label}>
                  {label}
                </span>
              ))}
              {dependsOn.length > 0 && <span class="quiet">depends on {dependsOn.join(", ")}</span>}
              {createDate !== null && (
                <span class="quiet">
                  <Moment at={createDate} />
                </span>
              )}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Over to its lane at once, straight down, and over to where it ends. */
function lanePath(x1: number, y1: number, lane: number, x2: number, y2: number): string {
  const bend = Math.min(rowHeight, y2 - y1);
  const after = lane === x1 ? "" : `C${x1},${y1 + bend / 2} ${lane},${y1 + bend / 2} ${lane},${y1 + bend}`;
  const before =
    lane === x2 ? `L${x2},${y2}` : `L${lane},${y2 - bend}C${lane},${y2 - bend / 2} ${x2},${y2 - bend / 2} ${x2},${y2}`;
  return `M${x1},${y1}${after}${before}`;
}
