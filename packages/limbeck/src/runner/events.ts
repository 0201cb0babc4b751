import type { LockHolder } from "../database/advisory-lock.ts";
import type { Blocker } from "../database/blockers.ts";
import type { BackfillProgress } from "./backfill-meter.ts";
import type { DatabasePlace } from "../database/place.ts";
import type { LimbeckErrorJson, Location } from "../errors/limbeck-error.ts";
import type { Direction } from "../revisions/revision.ts";

/** One revision in one direction, as a run tells of it. */
export interface StepInfo {
  readonly revision: string;
  readonly direction: Direction;
  /** The revisions it stands on. */
  readonly down: readonly string[];
  readonly message: string;
  /** What the step does, as Alembic's log says it: `a, b -> c, message`. */
  readonly title: string;
}

/**
 * What happens during a run, as it happens: a start, the database it is connected to, a plan (unless there is nothing
 * to do), for each step a start, its statements and an end, and at last an end or a failure of the run. No text in it
 * has a password.
 */
export type RunEvent =
  | { readonly type: "runStart"; readonly direction: Direction; readonly target: string; readonly dryRun: boolean }
  | ({ readonly type: "connected" } & DatabasePlace)
  | { readonly type: "plan"; readonly steps: readonly StepInfo[] }
  | { readonly type: "wait"; readonly for: "lock"; readonly holder: LockHolder | undefined; readonly heldBy: string }
  /** A statement of the step waits for these sessions, and may: it is not cut off. */
  | {
      readonly type: "wait";
      readonly for: "sessions";
      readonly step: StepInfo;
      readonly blockers: readonly Blocker[];
      readonly heldBy: string;
    }
  /** The embedded database is open elsewhere, where only one process can have it. */
  | { readonly type: "wait"; readonly for: "database"; readonly heldBy: string }
  /** Something to know of a statement that is about to run, told before the plan. */
  | ({ readonly type: "finding" } & FoundBefore)
  /** Before the first step; nothing is run until it is there. */
  | { readonly type: "backupStart"; readonly to: string }
  | { readonly type: "backupEnd"; readonly file: string; readonly bytes: number; readonly durationMs: number }
  | { readonly type: "restoreStart"; readonly file: string }
  | { readonly type: "stepStart"; readonly step: StepInfo }
  /** The step goes on behind the statements that an earlier run has done. */
  | { readonly type: "stepResume"; readonly step: StepInfo; readonly done: number }
  | { readonly type: "backfill"; readonly step: StepInfo; readonly progress: BackfillProgress }
  /**
   * A statement of the revision is done. `index` counts from 0 within the step. Its time is known when it had a
   * message of its own; of several in one message the server tells the ends together.
   */
  | {
      readonly type: "statement";
      readonly step: StepInfo;
      readonly index: number;
      readonly sql: string;
      readonly durationMs: number | undefined;
    }
  /** The step was rolled back, for nobody's mistake, and is tried again after a pause. */
  | {
      readonly type: "retry";
      readonly step: StepInfo;
      /** The attempts so far. */
      readonly attempt: number;
      /** Since the first of them failed. */
      readonly sinceMs: number;
      readonly pauseMs: number;
      readonly sqlstate: string;
      readonly reason: string;
      /** Those that it waited for, as far as that was seen. */
      readonly blockers: readonly Blocker[];
      readonly heldBy: string;
    }
  | { readonly type: "stepEnd"; readonly step: StepInfo; readonly durationMs: number }
  | { readonly type: "runEnd"; readonly result: RunSummary; readonly durationMs: number }
  /** The run ended with an error. What it had done before stays. */
  | {
      readonly type: "runFailed";
      readonly error: LimbeckErrorJson;
      readonly durationMs: number;
      /** How many revisions are not applied now; undefined when the database did not say. */
      readonly pending: number | undefined;
    }
  /** Something beside the run went wrong, and did it no harm: the webhook did not take it. */
  | { readonly type: "warning"; readonly message: string };

/** What lint found in a revision of the run. */
export interface FoundBefore {
  readonly rule: string;
  readonly severity: "error" | "warning" | "info";
  readonly revision: string | null;
  readonly message: string;
  readonly where: Location | null;
}

/** What a run came to, or would have come to if it was a dry one. */
export interface RunSummary {
  readonly dryRun: boolean;
  /** The version table's rows afterwards, sorted. */
  readonly heads: readonly string[];
  /** How many revisions are not applied afterwards. */
  readonly pending: number;
}

export type RunListener = (event: RunEvent) => void;

/** A listener that several share, and that never throws: whoever listens must not harm a run. */
export function toAll(...listeners: readonly (RunListener | undefined)[]): RunListener {
  const heard = listeners.filter((listener) => listener !== undefined);
  return (event) => {
    for (const listener of heard) {
      try {
        const returned: unknown = listener(event);
        if (returned instanceof Promise) returned.catch(() => undefined);
      } catch {
        // What a listener makes of an event is its own business.
      }
    }
  };
}
