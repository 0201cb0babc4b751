import { releaseAdvisoryLock, takeAdvisoryLock, type LockOptions } from "../database/advisory-lock.ts";
import { isConnectionLost, isPostgresError, type Session } from "../database/session.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Plan, Step } from "../revisions/revision.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Authoring } from "../scripts/load.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { RunListener, StepInfo } from "./events.ts";
import { createHistoryTableSql, unfinishedSql, type Progress, type StepRecord } from "./history.ts";
import { lockName } from "./lock-name.ts";
import { runOnlineStep } from "./online-step.ts";
import { loadStep, type StepSource } from "./step-source.ts";
import { refuseUnknownRows } from "./unknown-rows.ts";
import {
  createVersionTableSql,
  readState,
  widenVersionTableSql,
  type DatabaseState,
  type VersionTable,
} from "./version-table.ts";

/** What every run needs to know. */
export interface RunContext {
  readonly session: Session;
  readonly table: VersionTable;
  readonly graph: RevisionGraph<RevisionFile>;
  /** What `limbeck` means to a revision file. */
  readonly authoring: Authoring;
  readonly listener: RunListener;
  readonly lockWaitMs: number;
  /** Ends the run: the running statement is cancelled, its step rolled back, the lock released. */
  readonly signal: AbortSignal | undefined;
  /** Who runs it, for the history. */
  readonly who: Pick<StepRecord, "who" | "host" | "version">;
  /** The values given as `-x key=value`. */
  readonly arguments: Readonly<Record<string, string>>;
}

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
  const onWait: LockOptions["onWait"] = (holder, heldBy) => listener({ type: "wait", holder, heldBy });
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
  const longest = Math.max(...plan.steps.map(({ revision }) => revision.length));
  const limit = state.versionTableExists ? (state.idLength ?? Infinity) : 32;
  const statements = [
    ...(state.versionTableExists ? [] : [createVersionTableSql(table)]),
    ...(longest > limit ? [widenVersionTableSql(table)] : []),
    ...(state.historyExists ? [] : [createHistoryTableSql(table)]),
  ];
  if (statements.length > 0) await writeTables(session, statements);
}

/** Runs statements on limbeck's own tables in a transaction of their own. */
export async function writeTables(session: Session, statements: readonly string[]): Promise<void> {
  try {
    await session.script(["BEGIN", ...statements, "COMMIT"]);
  } catch (error) {
    await session.script(["ROLLBACK"]).catch(() => undefined);
    throw tableError((error as { cause?: unknown }).cause ?? error);
  }
}

function tableError(cause: unknown): unknown {
  if (isConnectionLost(cause) || !isPostgresError(cause)) return cause;
  const readOnly = cause.code === "25006";
  const denied = cause.code === "42501" || cause.code === "3F000";
  if (!readOnly && !denied) return cause;
  return new LimbeckError(readOnly ? "DATABASE_READ_ONLY" : "DATABASE_PERMISSION_DENIED", {
    message: `The version table cannot be written: ${cause.message}.`,
    hint: readOnly
      ? "Connect to the primary, or to a session without default_transaction_read_only."
      : "Grant CREATE on the version table's schema, or create that schema, or name another one as `versionTable.schema`.",
    cause,
  });
}

async function runSteps(context: RunContext, state: DatabaseState, plan: Plan): Promise<StepResult[]> {
  const { graph, listener, signal } = context;
  const changes = graph.rowChanges([...state.rows], plan.steps);
  const unfinished = state.historyExists ? await readUnfinished(context) : new Map<string, Progress>();
  listener({ type: "plan", steps: plan.steps.map((step) => stepInfo(graph, step)) });
  const results: StepResult[] = [];
  let loading = loadSource(context, plan.steps[0]!);
  for (const [index, step] of plan.steps.entries()) {
    if (signal?.aborted) throw interrupted(results);
    const started = performance.now();
    const info = stepInfo(graph, step);
    const progress = unfinished.get(`${step.direction} ${step.revision}`);
    listener(
      progress === undefined
        ? { type: "stepStart", step: info }
        : { type: "stepResume", step: info, done: progress.done },
    );
    const source = await loading;
    const next = plan.steps[index + 1];
    if (next !== undefined) loading = loadMeanwhile(context, next);
    await runOnlineStep({
      session: context.session,
      table: context.table,
      step: info,
      source,
      record: { ...step, checksum: source.checksum, ...context.who },
      changes: changes[index]!,
      progress,
      path: graph.get(step.revision)!.source.path,
      arguments: context.arguments,
    }).catch((error: unknown) => {
      throw signal?.aborted ? interrupted(results, error) : error;
    });
    const durationMs = performance.now() - started;
    listener({ type: "stepEnd", step: info, durationMs });
    results.push({ ...step, durationMs: Math.round(durationMs * 1000) / 1000 });
  }
  return results;
}

function loadSource({ graph, authoring }: RunContext, { revision, direction }: Step): Promise<StepSource> {
  return loadStep(graph.get(revision)!.source, direction, authoring);
}

/** Loads the next step's file while the server is at work on this one. Its code is not run before its turn. */
function loadMeanwhile(context: RunContext, step: Step): Promise<StepSource> {
  const loading = new Promise((resolve) => setImmediate(resolve)).then(() => loadSource(context, step));
  // A file that cannot be loaded is reported in its turn, after the steps before it.
  loading.catch(() => undefined);
  return loading;
}

function interrupted(done: readonly StepResult[], cause?: unknown): LimbeckError {
  return new LimbeckError("INTERRUPTED", {
    message: `The run was interrupted after ${done.length} of its steps; the one under way was rolled back.`,
    hint: "Run the same command again: it goes on where the database stands.",
    details: { done: done.map(({ revision }) => revision) },
    cause,
  });
}

async function readUnfinished({ session, table }: RunContext): Promise<Map<string, Progress>> {
  const rows = await session.query<Progress & { revision: string; direction: string }>(unfinishedSql(table));
  return new Map(rows.map(({ revision, direction, ...progress }) => [`${direction} ${revision}`, progress]));
}

export function stepInfo(graph: RevisionGraph<RevisionFile>, { revision, direction }: Step): StepInfo {
  const { downRevision: down, message } = graph.get(revision)!;
  const [from, to] = direction === "upgrade" ? [down.join(", "), revision] : [revision, down.join(", ")];
  return { revision, direction, down, message, title: `${from} -> ${to}${message === "" ? "" : `, ${message}`}` };
}
