import type { RunEvent } from "../runner/events.ts";
import { duration } from "./duration.ts";

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
      return event.for === "lock"
        ? `Waiting for the migration lock, held by ${event.heldBy}`
        : `Waiting for the embedded database, which ${event.heldBy} has open`;
    case "stepStart":
      return `Running ${event.step.direction} ${event.step.title}`;
    case "stepResume":
      return `Going on with ${event.step.direction} ${event.step.title}, after ${event.done} ${event.done === 1 ? "statement" : "statements"}`;
    case "statement":
      return event.sql;
    case "retry":
      return `${event.reason}; trying again in ${duration(event.pauseMs)}`;
    case "stepEnd":
      return `Done in ${duration(event.durationMs)}: ${event.step.direction} ${event.step.title}`;
    case "runEnd":
      if (event.result.dryRun) return "Everything is rolled back";
      return `The database is at ${event.result.heads.join(", ") || "base"}`;
    case "runFailed":
      return event.error.message;
  }
}
