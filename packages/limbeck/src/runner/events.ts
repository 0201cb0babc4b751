import type { LockHolder } from "../database/advisory-lock.ts";
import type { Blocker } from "../database/blockers.ts";
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

/** What happens during a run, as it happens. */
export type RunEvent =
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
  | { readonly type: "stepStart"; readonly step: StepInfo }
  | { readonly type: "stepResume"; readonly step: StepInfo; readonly done: number }
  /** A try of the step was rolled back, for nobody's mistake, and another one follows after a pause. */
  | {
      readonly type: "retry";
      readonly step: StepInfo;
      readonly sqlstate: string;
      readonly reason: string;
      /** The tries so far. */
      readonly tries: number;
      /** Since the first of them failed. */
      readonly sinceMs: number;
      readonly pauseMs: number;
      readonly blockers: readonly Blocker[];
      readonly heldBy: string;
    }
  | { readonly type: "stepEnd"; readonly step: StepInfo; readonly durationMs: number };

export type RunListener = (event: RunEvent) => void;
