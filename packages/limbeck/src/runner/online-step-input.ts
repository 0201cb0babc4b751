import type { Blocker } from "../database/blockers.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import type { RowChange } from "../revisions/revision.ts";
import type { StepHooks } from "../scripts/step-hook.ts";
import type { RunListener, StepInfo } from "./events.ts";
import type * as history from "./history.ts";
import type { LookedRecorded } from "./looking-recorder.ts";
import type { LossGuard } from "./loss-guard.ts";
import type { RunConnection } from "./run-connection.ts";
import type { StepSource } from "./step-source.ts";
import type { VersionTable } from "./version-table.ts";

export interface OnlineStepInput {
  readonly connection: RunConnection;
  readonly table: VersionTable;
  readonly step: StepInfo;
  readonly source: StepSource;
  /** What its code records, when somebody has had it recorded already. */
  readonly recorded: readonly LookedRecorded[] | undefined;
  /** Looks at what it is about to send, for one try; undefined when somebody has looked already, or rows may be lost. */
  readonly guard: (() => LossGuard) | undefined;
  readonly record: history.StepRecord;
  readonly changes: RowChange;
  /** How far an earlier run of this step came, when it was cut off. */
  readonly progress: history.Progress | undefined;
  /** The revision file, to find the author's line when something fails. */
  readonly path: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly namingConvention: NamingConvention | undefined;
  readonly hooks: StepHooks;
  readonly listener: RunListener;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** Hears for whom a statement waits that may wait: not one that is tried again. */
  readonly onWait: (blockers: readonly Blocker[]) => void;
}
