import type { DryRunResult } from "../runner/dry-run.ts";
import type { View } from "./command.ts";

/** What a dry run came to: what was tried, and where it had to stop. */
export function renderDryRun({ tried, stoppedAt, notTried, heads }: DryRunResult, view: View): string {
  const place = heads.length === 0 ? "base" : heads.join(", ");
  if (tried.length === 0 && stoppedAt === null) return `Nothing to do: the database is at ${place}.`;
  const count = `${tried.length} ${tried.length === 1 ? "step" : "steps"} tried and rolled back`;
  if (stoppedAt === null) return `${count}; the database would be at ${place}.`;
  const { revision, direction, reason, statement, where } = stoppedAt;
  const at = where === null ? "" : ` at ${[view.path(where.file), where.line].filter(Boolean).join(":")}`;
  return [
    `${count}. Stopped in the ${direction} of ${view.paint.id(revision)}${at}: ${reason}.`,
    ...(statement === null ? [] : statement.split("\n").map((line) => `  | ${line}`)),
    `Not tried to the end: ${notTried.join(", ")}.`,
  ].join("\n");
}
