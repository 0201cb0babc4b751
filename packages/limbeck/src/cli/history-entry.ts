import type { HistoryEntry } from "../runner/read-history.ts";
import type { View } from "./command.ts";
import { duration } from "./duration.ts";

/** A step of the past, in one line: when, what, how it ended, how long it took, by whom, and what went wrong. */
export function entryLine(entry: HistoryEntry, { paint }: View): string {
  const { startedAt, direction, revision, status, error } = entry;
  const state = GOOD.has(status) ? paint.good(status) : paint.bad(status);
  const reason = error === null ? "" : `: ${error.split("\n")[0]}`;
  return `${startedAt} ${direction} ${paint.id(revision)} ${state}${time(entry)}${by(entry)}${reason}`;
}

const GOOD: ReadonlySet<string> = new Set(["done", "stamped", "repaired"]);

/** How a revision came to be applied, in full. */
export function appliedText(entry: HistoryEntry): string {
  const { startedAt, status, applicationVersion, limbeckVersion } = entry;
  const versions = [
    ...(applicationVersion === null ? [] : [`version ${applicationVersion}`]),
    ...(limbeckVersion === null ? [] : [`limbeck ${limbeckVersion}`]),
  ];
  return `${WORDS[status] ?? status} ${startedAt}${time(entry)}${by(entry)}${versions.length === 0 ? "" : `, ${versions.join(", ")}`}`;
}

const WORDS: Readonly<Record<string, string>> = { done: "run" };

function time({ durationMs }: HistoryEntry): string {
  return durationMs === null ? "" : ` (${duration(durationMs)})`;
}

function by({ user, host }: HistoryEntry): string {
  return user === null ? "" : ` by ${user}${host === null ? "" : `@${host}`}`;
}
