import type { Session } from "../database/session.ts";
import type { LookedRecorded } from "./looking-recorder.ts";

/** What a step is about to send that nobody has looked at before the run. */
export interface AboutToSend {
  readonly session: Session;
  readonly isInTransaction: boolean;
  /** What is recorded, and SQL that the revision sends itself. */
  readonly recorded: readonly LookedRecorded[];
}

/** Throws DATA_LOSS when rows would be lost. It knows what it was asked before, of the same try of a step. */
export type LossGuard = (sent: AboutToSend) => Promise<void>;
