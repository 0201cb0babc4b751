import type { Run } from "../api/types.ts";
import { duration } from "../model/format.ts";
import { stateOf } from "./status.tsx";

const width = 5;
const gap = 2;
const height = 22;

/** A pipeline's last executions at a glance, the latest at the right: how they ended, and how long they took. */
export function RunStrip({ runs }: { runs: readonly Run[] }) {
  if (runs.length === 0) return <span class="quiet">never ran</span>;
  const longest = Math.max(1, ...runs.map((run) => run.duration_seconds ?? 0));
  const failed = runs.filter((run) => run.completed_successfully === false).length;
  const [last] = runs;
  const label = `Of the last ${runs.length} executions ${failed === 0 ? "none" : failed} failed; the latest took ${duration(last?.duration_seconds)}`;
  return (
    <svg class="strip" width={24 * (width + gap)} height={height} role="img" aria-label={label}>
      {runs.map((run, index) => {
        const share = run.duration_seconds === null ? 1 : 0.2 + 0.8 * (run.duration_seconds / longest);
        return (
          <rect
            key={run.id}
            class={stateOf(run.completed_successfully)}
            x={(23 - index) * (width + gap)}
            y={height * (1 - share)}
            width={width}
            height={height * share}
            rx="1"
          />
        );
      })}
    </svg>
  );
}
