import type { SettledSession } from "../database/session-settings.ts";
import type { Plan, RowChange, Step } from "../revisions/revision.ts";
import { milliseconds } from "./clock.ts";
import type { OnlineStep } from "./online-step.ts";
import type { RunConnection } from "./run-connection.ts";
import { DEFAULT_LOCK_TIMEOUT_MS, DEFAULT_MAX_LOCK_TIMEOUT_MS } from "./lock-policy.ts";
import { stepInfo, type RunContext } from "./run-context.ts";
import { interrupted, notTransactional, withStanding, type Standing } from "./step-error.ts";
import { StepGroup, type GroupLimits, type GroupListener } from "./step-group.ts";
import { StepFailure } from "./step-failure.ts";
import { stepQueue, type StepQueue } from "./step-queue.ts";
import type { DatabaseState } from "./version-table.ts";

export interface StepResult {
  readonly revision: string;
  readonly direction: Step["direction"];
  readonly durationMs: number;
}

/** What there is to work with under the lock. */
export interface Locked {
  readonly connection: RunConnection;
  readonly settled: SettledSession;
}

/** What to run, and from where. */
export interface Route {
  readonly state: DatabaseState;
  readonly steps: Plan["steps"];
  /** What to type to go on when it is cut off. */
  readonly command: string;
}

/** Runs the steps of a route, each in its transaction, or all in one. */
export async function runSteps(context: RunContext, locked: Locked, route: Route): Promise<StepResult[]> {
  const { graph, listener, signal } = context;
  const queue = await stepQueue(context, locked.connection, route.state, route.steps);
  listener({ type: "plan", steps: route.steps.map((step) => stepInfo(graph, step)) });
  const limits = groupLimits(context, locked.settled);
  const results: StepResult[] = [];
  for await (const group of groups(context, queue, route.steps)) {
    const done = results.map(({ revision }) => revision);
    if (signal?.aborted && !group.isSent) throw interrupted(done, undefined);
    const told: StepResult[] = [];
    try {
      await group.run(context, limits, teller(context, told));
      results.push(...told.slice(-group.size));
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      const { step, reported } = error;
      const standing = standingAfter(context, route, done.length, { step, isShared: group.isShared });
      const final = signal?.aborted ? interrupted(done, standing, reported) : withStanding(reported, standing);
      if (reported.code !== "CONNECTION_LOST") await step.noteFailure(final);
      throw final;
    }
  }
  return results;
}

/** How many steps are sent behind the one that runs: so many that the server has the next one when it needs it. */
const AHEAD = 4;

/** The steps by transaction. One that wants a transaction of its own, or none, ends that of the others. */
async function* groups(
  { transaction, hooks }: RunContext,
  queue: StepQueue,
  steps: readonly Step[],
): AsyncGenerator<StepGroup, void> {
  if (transaction === "step") {
    const ahead = hooks.beforeStep === undefined && hooks.afterStep === undefined ? AHEAD : 0;
    const alone = async (index: number): Promise<StepGroup> => {
      const following = index + 1 < steps.length ? { make: () => alone(index + 1), ahead } : undefined;
      return new StepGroup([await queue.take(index)], false, following);
    };
    for (let group: StepGroup | undefined = await alone(0); group !== undefined; group = await group.next) yield group;
    return;
  }
  const all: OnlineStep[] = [];
  for (const index of steps.keys()) all.push(await queue.take(index));
  for (const step of all) {
    const piece = wantsItsOwn(step) ? undefined : step.standsAlone;
    if (piece !== undefined) throw notTransactional(step.step, piece);
  }
  let shared: OnlineStep[] = [];
  for (const step of all) {
    if (!wantsItsOwn(step)) {
      shared.push(step);
      continue;
    }
    if (shared.length > 0) yield new StepGroup(shared, true);
    shared = [];
    yield new StepGroup([step], false);
  }
  if (shared.length > 0) yield new StepGroup(shared, true);
}

function wantsItsOwn({ source }: OnlineStep): boolean {
  return source.settings.transaction !== undefined;
}

/** Tells of steps as they begin and end. A step that is tried again has begun already. */
function teller({ listener }: RunContext, results: StepResult[]): GroupListener {
  const started = new Map<string, number>();
  return {
    begins({ step, done }) {
      if (started.has(step.revision)) return;
      started.set(step.revision, milliseconds());
      listener(done === 0 ? { type: "stepStart", step } : { type: "stepResume", step, done });
    },
    ends({ step }) {
      const durationMs = milliseconds() - started.get(step.revision)!;
      started.delete(step.revision);
      listener({ type: "stepEnd", step, durationMs });
      const { direction, revision } = step;
      results.push({ direction, revision, durationMs: Math.round(durationMs * 1000) / 1000 });
    },
  };
}

/** What the user asked for on the connection holds where the configuration says nothing. */
function groupLimits(
  { lock, timeouts }: RunContext,
  { pid, asked, hasTransactionTimeout }: SettledSession,
): GroupLimits {
  const timeoutMs = lock.timeoutMs ?? asked.lock_timeout ?? DEFAULT_LOCK_TIMEOUT_MS;
  const transactionMs = timeouts.transactionMs ?? asked.transaction_timeout ?? 0;
  return {
    policy: {
      // The embedded database has one session, which waits for nobody.
      timeoutMs: pid === undefined ? 0 : timeoutMs,
      maxTimeoutMs: lock.maxTimeoutMs ?? Math.max(timeoutMs, DEFAULT_MAX_LOCK_TIMEOUT_MS),
      retryForMs: lock.retryForMs,
    },
    statementMs: pid === undefined ? 0 : (timeouts.statementMs ?? asked.statement_timeout ?? 0),
    transactionMs: hasTransactionTimeout ? transactionMs : 0,
  };
}

function standingAfter(
  { graph }: RunContext,
  { state, steps, command }: Route,
  doneSteps: number,
  failed: { readonly step: OnlineStep; readonly isShared: boolean },
): Standing {
  const rows = new Set(state.rows);
  for (const change of graph.rowChanges([...state.rows], steps.slice(0, doneSteps))) apply(rows, change);
  const { step, isShared } = failed;
  return { revision: step.step.revision, done: step.done, isShared, rows: [...rows].toSorted(), command };
}

function apply(rows: Set<string>, change: RowChange): void {
  for (const row of [...change.delete, ...change.update.map(({ from }) => from)]) rows.delete(row);
  for (const row of [...change.insert, ...change.update.map(({ to }) => to)]) rows.add(row);
}
