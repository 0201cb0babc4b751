import { releaseAdvisoryLock, takeAdvisoryLock, type LockOptions } from "../database/advisory-lock.ts";
import { queryError } from "../database/query-error.ts";
import { ScriptError, type Session } from "../database/session.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Plan, Step } from "../revisions/revision.ts";
import { historyTableSql } from "./history.ts";
import { lockName } from "./lock-name.ts";
import { stepInfo, type RunContext } from "./run-context.ts";
import { stepQueue } from "./step-queue.ts";
import { refuseUnknownRows } from "./unknown-rows.ts";
import { readState, versionTableSql, type DatabaseState } from "./version-table.ts";

export interface StepResult {
  readonly revision: string;
  readonly direction: Step["direction"];
  readonly durationMs: number;
}

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
  const { session, table, graph } = context;
  const before = await readState(session, table);
  await refuseUnknownRows(session, table, graph, before);
  const intended = graph.plan(direction, target, [...before.rows]);
  if (intended.steps.length === 0) return { steps: [], heads: intended.heads };
  return await withLock(context, async () => {
    const state = await readState(session, table);
    const plan = sameRows(before, state) ? intended : planAgain(context, direction, target, intended, state);
    if (plan.steps.length === 0) return { steps: [], heads: plan.heads };
    await prepareTables(context, state, plan);
    return { steps: await runSteps(context, state, plan), heads: plan.heads };
  });
}

/** Does something under the lock that all runners of the version table share. */
export async function withLock<T>(context: RunContext, work: () => Promise<T>): Promise<T> {
  const { session, table, listener, lockWaitMs, signal } = context;
  const name = lockName(table);
  const cancel = (): void => void session.cancel().catch(() => undefined);
  const onWait: LockOptions["onWait"] = (holder, heldBy) => listener({ type: "wait", for: "lock", holder, heldBy });
  await takeAdvisoryLock(session, { name, waitMs: lockWaitMs, signal, onWait });
  signal?.addEventListener("abort", cancel);
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", cancel);
    await releaseAdvisoryLock(session, name);
  }
}

function sameRows(a: DatabaseState, b: DatabaseState): boolean {
  return a.rows.length === b.rows.length && a.rows.every((row, index) => row === b.rows[index]);
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
async function prepareTables({ session, table }: RunContext, state: DatabaseState, plan: Plan): Promise<void> {
  const ids = plan.steps.map(({ revision }) => revision);
  const statements = [...versionTableSql(table, ids, state), ...historyTableSql(table, state)];
  if (statements.length > 0) await writeTables(session, statements);
}

/** Runs statements on limbeck's own tables in a transaction of their own. */
export async function writeTables(session: Session, statements: readonly string[]): Promise<void> {
  try {
    await session.script(["BEGIN", ...statements, "COMMIT"]);
  } catch (error) {
    await session.script(["ROLLBACK"]).catch(() => undefined);
    const cause = error instanceof ScriptError ? error.cause : error;
    throw queryError(cause, "writing the version table") ?? cause;
  }
}

async function runSteps(context: RunContext, state: DatabaseState, { steps }: Plan): Promise<StepResult[]> {
  const { graph, listener, signal } = context;
  const queue = await stepQueue(context, state, steps);
  listener({ type: "plan", steps: steps.map((step) => stepInfo(graph, step)) });
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    if (signal?.aborted) throw interrupted(results);
    const started = performance.now();
    const info = stepInfo(graph, step);
    const done = queue.done(step);
    listener(done === undefined ? { type: "stepStart", step: info } : { type: "stepResume", step: info, done });
    const online = await queue.take(index);
    await online.run().catch((error: unknown) => {
      throw signal?.aborted ? interrupted(results, error) : error;
    });
    const durationMs = performance.now() - started;
    listener({ type: "stepEnd", step: info, durationMs });
    results.push({ ...step, durationMs: Math.round(durationMs * 1000) / 1000 });
  }
  return results;
}

function interrupted(done: readonly StepResult[], cause?: unknown): LimbeckError {
  return new LimbeckError("INTERRUPTED", {
    message: `The run was interrupted after ${done.length} of its steps; the one under way was rolled back.`,
    hint: "Run the same command again: it goes on where the database stands.",
    details: { done: done.map(({ revision }) => revision) },
    cause,
  });
}
