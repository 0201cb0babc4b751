import type { RunResult } from "../runner/run.ts";

/** What a run comes to, in one line. */
export function renderRun({ steps, heads }: RunResult): string {
  const place = heads.length === 0 ? "base" : heads.join(", ");
  if (steps.length === 0) return `Nothing to do: the database is at ${place}.`;
  return `${steps.length} ${steps.length === 1 ? "step" : "steps"}; the database is at ${place}.`;
}
