import { queryError } from "../database/query-error.ts";
import { ScriptError } from "../database/session.ts";
import type { Location } from "../errors/limbeck-error.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Direction, Plan } from "../revisions/revision.ts";
import { milliseconds } from "./clock.ts";
import { historyTableSql } from "./history.ts";
import { unfinishedSteps } from "./read-history.ts";
import { intend } from "./intention.ts";
import { withLock, type StepResult } from "./run.ts";
import { DEFAULT_LOCK_TIMEOUT_MS } from "./lock-policy.ts";
import { stepInfo, type RunContext } from "./run-context.ts";
import { loadStep } from "./step-source.ts";
import { TriedStep } from "./tried-step.ts";
import { readState, versionTableSql, type DatabaseState } from "./version-table.ts";

/** The place beyond which nothing can be tried and rolled back. */
export interface DryRunStop {
  readonly revision: string;
  readonly direction: Direction;
  readonly reason: string;
  /** The statement that cannot be tried. */
  readonly statement: string | null;
  readonly where: Location | null;
}

export interface DryRunResult {
  /** The steps that were run, and rolled back. */
  readonly tried: readonly StepResult[];
  readonly stoppedAt: DryRunStop | null;
  /** The revisions that were not tried, or not to their end. */
  readonly notTried: readonly string[];
  /** The version table's rows after a real run, sorted. */
  readonly heads: readonly string[];
}

/**
 * Runs steps in one transaction, their version rows and history rows included, and rolls it back. What PostgreSQL
 * refuses in a transaction cannot be tried; the run stops in front of it. Its locks are held until the end.
 */
export async function dryRun(context: RunContext, direction: Direction, target: string): Promise<DryRunResult> {
  const { session, table, graph } = context;
  const {
    plan: { steps, heads },
  } = await intend(context, direction, target);
  if (steps.length === 0) return { tried: [], stoppedAt: null, notTried: [], heads };
  return await withLock(context, async () => {
    const state = await readState(session, table);
    const plan = graph.plan(direction, target, [...state.rows]);
    try {
      return await tryPlan(context, state, plan);
    } catch (error) {
      throw context.signal?.aborted ? interrupted(error) : error;
    } finally {
      await session.script(["ROLLBACK"]).catch(() => undefined);
    }
  });
}

async function tryPlan(context: RunContext, state: DatabaseState, { steps, heads }: Plan): Promise<DryRunResult> {
  const { session, table, graph, listener } = context;
  const begun = await unfinishedSteps(session, table, state);
  const ids = steps.map(({ revision }) => revision);
  const changes = graph.rowChanges([...state.rows], steps);
  listener({ type: "plan", steps: steps.map((step) => stepInfo(graph, step)) });
  await begin(context, [...versionTableSql(table, ids, state), ...historyTableSql(table, state)]);
  const tried: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    const started = milliseconds();
    const info = stepInfo(graph, step);
    listener({ type: "stepStart", step: info });
    const source = await loadStep(graph.get(step.revision)!.source, step.direction, context.authoring);
    const one = new TriedStep({ context, step: info, source, changes: changes[index]! });
    const isBegun = begun.some(({ revision }) => revision === step.revision);
    const stop = isBegun ? { reason: "an earlier run has done a part of it" } : await one.run();
    if (stop !== undefined) {
      const stoppedAt = { ...step, statement: null, where: null, ...stop };
      return { tried, stoppedAt, notTried: ids.slice(index), heads };
    }
    const durationMs = milliseconds() - started;
    listener({ type: "stepEnd", step: info, durationMs });
    tried.push({ ...step, durationMs: Math.round(durationMs * 1000) / 1000 });
  }
  return { tried, stoppedAt: null, notTried: [], heads };
}

/** A lock that is not to be had is a reason to stop: nobody queues behind a trial. */
async function begin({ session, lock }: RunContext, tables: readonly string[]): Promise<void> {
  const { timeoutMs = DEFAULT_LOCK_TIMEOUT_MS } = lock;
  const timeout = session.kind === "server" ? [`SET LOCAL lock_timeout = ${Math.round(timeoutMs)}`] : [];
  try {
    await session.script(["BEGIN", ...timeout, ...tables]);
  } catch (error) {
    const cause = error instanceof ScriptError ? error.cause : error;
    throw queryError(cause, "trying to write the version table") ?? cause;
  }
}

function interrupted(cause: unknown): LimbeckError {
  return new LimbeckError("INTERRUPTED", {
    message: "The dry run was interrupted; nothing of it stays.",
    hint: "Run the same command again.",
    cause,
  });
}
