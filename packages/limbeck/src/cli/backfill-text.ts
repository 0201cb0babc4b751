import type { BackfillProgress } from "../runner/backfill-meter.ts";
import { duration } from "./duration.ts";

/** How long a log is silent about a backfill that goes on. */
const SILENT_MS = 5000;

/** Lets one report in a while through, and the last of each backfill. */
export class Seldom {
  #toldAt: number | undefined;

  isDue({ done }: BackfillProgress, now: number): boolean {
    this.#toldAt ??= now;
    if (!done && now - this.#toldAt < SILENT_MS) return false;
    this.#toldAt = done ? undefined : now;
    return true;
  }
}

/** How far a backfill is, in one sentence. */
export function backfillText(progress: BackfillProgress): string {
  const { table, pass, changed, rowsPerSecond, remainingMs, waiting, done } = progress;
  if (done) return [`${table}: ${rows(changed)} changed`, rate(rowsPerSecond)].filter(Boolean).join(", ");
  const facts = [
    `${table}: ${share(progress)} %`,
    pass > 1 && `pass ${pass}`,
    `${rows(changed)} changed`,
    rate(rowsPerSecond),
    remainingMs !== undefined && `${duration(remainingMs)} left`,
    waiting?.for === "locks" && "waiting for locks",
    waiting?.for === "replica" && `waiting for a replica that is ${duration(waiting.lagMs)} behind`,
  ];
  return facts.filter(Boolean).join(", ");
}

const LONGEST_BAR = 30;
const SHORTEST_BAR = 5;

/** The same behind a bar, within a terminal's width. */
export function backfillBar(progress: BackfillProgress, columns: number): string {
  const text = backfillText(progress);
  const width = Math.min(LONGEST_BAR, columns - text.length - 6);
  if (progress.done || width < SHORTEST_BAR) return `  ${text}`.slice(0, columns - 1);
  const full = Math.round((share(progress) / 100) * width);
  return `  ${"█".repeat(full)}${"░".repeat(width - full)}  ${text}`;
}

function share({ seen, total }: BackfillProgress): number {
  return total === 0 ? 0 : Math.min(99, Math.floor((seen / total) * 100));
}

function rows(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}`;
}

function rate(rowsPerSecond: number | undefined): string {
  return rowsPerSecond === undefined ? "" : `${Math.round(rowsPerSecond).toLocaleString("en")} a second`;
}
