import { basename } from "node:path";
import type { RunEvent } from "../runner/events.ts";
import { backfillText } from "./backfill-text.ts";
import { duration } from "./duration.ts";
import { bytesText } from "./size-text.ts";

/** An event for people, in one sentence. */
export function eventText(event: RunEvent): string {
  switch (event.type) {
    case "runStart":
      return `${event.dryRun ? "Trying" : "Starting"} ${event.direction} ${event.target}`;
    case "connected":
      return `Connected to ${event.database}`;
    case "plan":
      return `${event.steps.length} ${event.steps.length === 1 ? "step" : "steps"} to run`;
    case "wait":
      return waitText(event);
    case "finding":
      return findingText(event);
    case "backupStart":
      return `Backing up to ${event.to}`;
    case "backupEnd":
      return `Backed up ${bytesText(event.bytes)} in ${duration(event.durationMs)}: ${event.file}`;
    case "restoreStart":
      return `Restoring ${event.file}`;
    case "stepStart":
      return `Running ${event.step.direction} ${event.step.title}`;
    case "stepResume":
      return `Going on with ${event.step.direction} ${event.step.title}, after ${event.done} ${event.done === 1 ? "statement" : "statements"}`;
    case "statement":
      return event.sql;
    case "backfill":
      return backfillText(event.progress);
    case "retry":
      return retryText(event);
    case "stepEnd":
      return `Done in ${duration(event.durationMs)}: ${event.step.direction} ${event.step.title}`;
    case "runEnd":
      if (event.result.dryRun) return "Everything is rolled back";
      return `The database is at ${event.result.heads.join(", ") || "base"}`;
    case "runFailed":
      return event.error.message;
    case "warning":
      return event.message;
  }
}

function findingText({ severity, rule, message, where }: Extract<RunEvent, { type: "finding" }>): string {
  const place = where === null ? "" : `${basename(where.file)}${where.line === undefined ? "" : `:${where.line}`}: `;
  return `lint ${severity}: ${place}${rule}: ${message}`;
}

function waitText({ for: what, heldBy }: Extract<RunEvent, { type: "wait" }>): string {
  switch (what) {
    case "lock":
      return `Waiting for the migration lock, held by ${heldBy}`;
    case "database":
      return `Waiting for the embedded database, which ${heldBy} has open`;
    case "sessions":
      return `Waiting for ${heldBy}`;
  }
}

function retryText({ attempt, sinceMs, reason, blockers, heldBy }: Extract<RunEvent, { type: "retry" }>): string {
  const often = attempt === 1 ? "" : ` ${attempt} times in ${duration(sinceMs)}`;
  const cause = blockers.length === 0 ? "" : `, held up by ${heldBy}`;
  return `Rolled back${often}, and trying again: ${reason}${cause}`;
}
