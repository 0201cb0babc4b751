import type { Blocker } from "../database/blockers.ts";
import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { OnlineStep } from "./online-step.ts";

/** A try of a step that failed, and is rolled back as far as it was not committed. */
export class StepFailure extends Error {
  readonly step: OnlineStep;
  readonly reported: LimbeckError;
  readonly blockers: readonly Blocker[];
  /** Whether nothing is left of what failed, so that it may be tried again. */
  readonly isRolledBack: boolean;

  constructor(step: OnlineStep, reported: LimbeckError, blockers: readonly Blocker[], isRolledBack: boolean) {
    super(reported.message, { cause: reported });
    this.step = step;
    this.reported = reported;
    this.blockers = blockers;
    this.isRolledBack = isRolledBack;
  }
}
