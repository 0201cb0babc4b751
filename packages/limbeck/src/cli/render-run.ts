import type { BackedUpRunResult } from "../commands/migrate-backed-up.ts";

/** What a run comes to, in one line, and where its backup is. */
export function renderRun({ steps, heads, backup }: BackedUpRunResult): string {
  const place = heads.length === 0 ? "base" : heads.join(", ");
  if (steps.length === 0) return `Nothing to do: the database is at ${place}.`;
  const done = `${steps.length} ${steps.length === 1 ? "step" : "steps"}; the database is at ${place}.`;
  return backup === undefined ? done : `${done}\nThe backup from before: ${backup.file}`;
}
