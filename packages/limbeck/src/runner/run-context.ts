import type { Session } from "../database/session.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Step } from "../revisions/revision.ts";
import type { Authoring } from "../scripts/load.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { RunListener, StepInfo } from "./events.ts";
import type { Runner } from "./history.ts";
import type { Intention } from "./intention.ts";
import type { LookedAhead } from "./look-at.ts";
import type { LossGuard } from "./loss-guard.ts";
import type { LockPolicy, Timeouts } from "./lock-policy.ts";
import type { StepHooks } from "../scripts/step-hook.ts";
import type { VersionTable } from "./version-table.ts";

/** What every run needs to know. */
export interface RunContext {
  readonly session: Session;
  readonly table: VersionTable;
  readonly graph: RevisionGraph<RevisionFile>;
  /** What `limbeck` means to a revision file. */
  readonly authoring: Authoring;
  readonly listener: RunListener;
  /** How long a runner waits for another one. */
  readonly lockWaitMs: number;
  /** How the waits for locks are bounded, where the configuration says so. */
  readonly lock: Pick<LockPolicy, "retryForMs"> & {
    readonly [Key in "timeoutMs" | "maxTimeoutMs"]: number | undefined;
  };
  readonly timeouts: Timeouts;
  /** Whether each step, or the whole run, is one transaction. */
  readonly transaction: "step" | "all";
  readonly hooks: StepHooks;
  /** Ends the run: the running statement is cancelled, its step rolled back, the lock released. */
  readonly signal: AbortSignal | undefined;
  /** Who runs it, for the history. */
  readonly who: Runner;
  /** The values given as `-x key=value`. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Where the database stands and what is to be done, if somebody has asked already. */
  readonly intended?: Intention;
  /** Steps that somebody has recorded already. */
  readonly looked?: LookedAhead;
  /** Looks at what the other steps are about to send; left out where rows may be lost. */
  readonly guard?: (revision: string) => LossGuard;
  /** Runs under the lock when there is something to do, and before any of it. */
  readonly beforeSteps?: () => Promise<void>;
  /** Names what revisions give no name. */
  readonly namingConvention: NamingConvention | undefined;
}

/** A step with what is told of it. */
export function stepInfo(graph: RevisionGraph<RevisionFile>, { revision, direction }: Step): StepInfo {
  const { downRevision: down, message } = graph.get(revision)!;
  const [from, to] = direction === "upgrade" ? [down.join(", "), revision] : [revision, down.join(", ")];
  return { revision, direction, down, message, title: `${from} -> ${to}${message === "" ? "" : `, ${message}`}` };
}
