import { releaseAdvisoryLockSql, takeAdvisoryLock, type LockOptions } from "../database/advisory-lock.ts";
import { refuseTransactionPooler } from "../database/pooler.ts";
import { queryError } from "../database/query-error.ts";
import { settleSession, UNSETTLED, type SettledSession } from "../database/session-settings.ts";
import { ScriptError, type Session } from "../database/session.ts";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import type { Plan, Step } from "../revisions/revision.ts";
import { historyTableSql } from "./history.ts";
import { intend } from "./intention.ts";
import { lockName } from "./lock-name.ts";
import { RunConnection } from "./run-connection.ts";
import type { RunContext } from "./run-context.ts";
import { runSteps, type Locked, type StepResult } from "./run-steps.ts";
import { interrupted } from "./step-error.ts";
import { readRows, readState, versionTableSql, type DatabaseState, type VersionTable } from "./version-table.ts";

export type { StepResult };

export interface RunResult {
  readonly steps: readonly StepResult[];
  /** The version table's rows afterwards, sorted. */
  readonly heads: readonly string[];
}

/**
 * Takes a database to a target, one transaction per step, under the runner's lock. With nothing to do it takes no
 * lock and writes nothing. A runner that waited for another one reads the version table again and does what is left.
 */
export async function run(context: RunContext, direction: Step["direction"], target: string): Promise<RunResult> {
  const { session, table } = context;
  const { state: before, plan: intended } = context.intended ?? (await intend(context, direction, target));
  if (intended.steps.length === 0) return { steps: [], heads: intended.heads };
  return await withLock(context, async (locked) => {
    const state = await stateNow(session, table, before);
    const plan = sameRows(before.rows, state.rows) ? intended : planAgain(context, direction, target, intended, state);
    if (plan.steps.length === 0) return { steps: [], heads: plan.heads };
    await context.beforeSteps?.();
    await prepareTables(
      context,
      state,
      plan.steps.map(({ revision }) => revision),
    );
    const route = { state, steps: plan.steps, command: commandOf(direction, target) };
    return { steps: await runSteps(context, locked, route), heads: plan.heads };
  });
}

/**
 * Does something under the lock that all runners of the version table share, on a session whose timeouts are the
 * runner's. Throws LOCK_TIMEOUT, TRANSACTION_POOLER and INTERRUPTED.
 */
export async function withLock<T>(context: RunContext, work: (locked: Locked) => Promise<T>): Promise<T> {
  const { session, table, listener, lockWaitMs, signal } = context;
  const name = lockName(table);
  const settled = await settle(context);
  const onWait: LockOptions["onWait"] = (holder, heldBy) => listener({ type: "wait", for: "lock", holder, heldBy });
  const connection = new RunConnection(session, settled.pid, signal);
  const cancel = (): void => void session.cancel(settled.pid).catch(() => undefined);
  try {
    await takeAdvisoryLock(session, { name, waitMs: lockWaitMs, signal, onWait });
    signal?.addEventListener("abort", cancel);
    return await work({ connection, settled });
  } catch (error) {
    throw outsideSteps(error, signal);
  } finally {
    signal?.removeEventListener("abort", cancel);
    await connection.close();
    // A session that is gone has given the lock back already.
    await session.script([releaseAdvisoryLockSql(name), ...settled.restoreSql]).catch(() => undefined);
  }
}

/** What went wrong before the first step, in the user's terms. The steps tell their own. */
function outsideSteps(error: unknown, signal: AbortSignal | undefined): unknown {
  if (isLimbeckError(error)) return error;
  if (signal?.aborted) return interrupted([], undefined, error);
  return queryError(error, "taking the migration lock and reading limbeck's tables") ?? error;
}

async function settle({ session, timeouts }: RunContext): Promise<SettledSession> {
  const { announcedPid } = session;
  if (announcedPid === undefined) return UNSETTLED;
  try {
    const settled = await settleSession(session, announcedPid, timeouts.idleMs);
    if (settled.pid === announcedPid) return settled;
    await refuseTransactionPooler(session, settled.pid!);
    return await settleSession(session, settled.pid, timeouts.idleMs);
  } catch (error) {
    throw queryError(error, "preparing the session") ?? error;
  }
}

/** What to type to do the same again. */
function commandOf(direction: Step["direction"], target: string): string {
  return direction === "upgrade" && target === "head" ? "limbeck upgrade" : `limbeck ${direction} ${target}`;
}

/**
 * The state under the lock. Where both tables were there before it, nobody changes anything else of it in the meantime than the
 * version table's rows.
 */
async function stateNow(session: Session, table: VersionTable, before: DatabaseState): Promise<DatabaseState> {
  const isMade = before.versionTableExists && before.historyExists && before.historyLacks.length === 0;
  const isStill = isMade && sameRows(before.rows, await readRows(session, table));
  return isStill ? before : await readState(session, table);
}

function sameRows(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}

/**
 * The plan after another runner changed the database in between. A relative target means what it meant at the start:
 * two runners that are both told `+1` go one step together, not two.
 */
function planAgain(
  { graph }: RunContext,
  direction: Step["direction"],
  target: string,
  intended: Plan,
  state: DatabaseState,
): Plan {
  const rows = [...state.rows];
  const isRelative = /[+-]\d+$/.test(target);
  if (!isRelative) return graph.plan(direction, target, rows);
  if (direction === "upgrade") return graph.plan(direction, intended.heads, rows);
  const applied = graph.applied(rows);
  const left = intended.steps.filter(({ revision }) => applied.has(revision));
  const plan = { steps: left, heads: intended.heads };
  if (left.length > 0 && left.length < intended.steps.length) graph.rowChanges(rows, left);
  return plan;
}

/** Makes limbeck's tables, and room for long ids, before anything runs. */
export async function prepareTables(
  { session, table }: RunContext,
  state: DatabaseState,
  ids: readonly string[],
): Promise<void> {
  const statements = [...versionTableSql(table, ids, state), ...historyTableSql(table, state)];
  if (statements.length > 0) await writeTables(session, statements);
}

/** Whether the session may make limbeck's tables, as an error if not. Leaves nothing. */
export async function tryTables(session: Session, table: VersionTable, state: DatabaseState): Promise<void> {
  await writeTables(session, [...versionTableSql(table, [], state), ...historyTableSql(table, state)], "ROLLBACK");
}

/** Runs statements on limbeck's own tables in a transaction of their own, which leaves nothing if it is only to be tried. */
export async function writeTables(
  session: Session,
  statements: readonly string[],
  end: "COMMIT" | "ROLLBACK" = "COMMIT",
): Promise<void> {
  try {
    await session.script(["BEGIN", ...statements, end]);
  } catch (error) {
    await session.script(["ROLLBACK"]).catch(() => undefined);
    const cause = error instanceof ScriptError ? error.cause : error;
    throw queryError(cause, "writing the version table") ?? cause;
  }
}
