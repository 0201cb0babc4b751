import { redact } from "../errors/redact.ts";
import type { Location } from "../errors/limbeck-error.ts";
import type { Lock } from "../operations/language/statement.ts";
import type { Direction, Step } from "../revisions/revision.ts";
import { unfinishedSql, type Progress } from "./history.ts";
import { intend } from "./intention.ts";
import { piecesOf, type Piece } from "./pieces.ts";
import { lookAt } from "./look-at.ts";
import type { LookingRecorder } from "./looking-recorder.ts";
import type { RunContext } from "./run-context.ts";

export interface PlannedStatement {
  readonly sql: string;
  /** False for what runs on its own, outside a transaction. */
  readonly transactional: boolean;
  /** The strongest locks on relations that exist before it; null for SQL of the author's own. */
  readonly locks: readonly Lock[] | null;
  /** Whether an earlier run, that was cut off, has done it. */
  readonly done: boolean;
  readonly where: Location | null;
}

export interface PlannedStep {
  readonly revision: string;
  readonly direction: Direction;
  /** What the step does, as in `a, b -> c, message`. */
  readonly title: string;
  readonly path: string;
  readonly statements: readonly PlannedStatement[];
  /** From which statement on the run may do otherwise, counted from 0, and why; null when the plan is certain. */
  readonly uncertain: { readonly from: number; readonly reason: string } | null;
}

export interface PlanResult {
  /** In the order in which they would run. */
  readonly planned: readonly PlannedStep[];
  /** The version table's rows afterwards, sorted. */
  readonly heads: readonly string[];
}

/**
 * What a run would do, without doing it. The revisions' code is run and records; where it looks at the database it
 * does, in a transaction that can only read. Takes no lock and writes nothing.
 */
export async function planned(context: RunContext, direction: Direction, target: string): Promise<PlanResult> {
  const { session, table } = context;
  const { state, plan } = await intend(context, direction, target);
  const unfinished = state.historyExists ? await session.query<Step & Progress>(unfinishedSql(table)) : [];
  const steps: PlannedStep[] = [];
  for (const [index, step] of plan.steps.entries()) {
    const begun = unfinished.find((other) => other.revision === step.revision && other.direction === direction);
    steps.push(await plannedStep(context, step, begun?.done ?? 0, index === 0));
  }
  return { planned: steps, heads: plan.heads };
}

async function plannedStep(context: RunContext, step: Step, done: number, isFirst: boolean): Promise<PlannedStep> {
  const { path } = context.graph.get(step.revision)!.source;
  const { recorder, title, uncertain } = await lookAt(context, step, isFirst);
  const before = await piecesUpTo(recorder, recorder.firstLook?.recorded ?? Infinity);
  const after = await piecesUpTo(recorder, Infinity);
  return {
    ...step,
    title,
    path,
    statements: after.map((piece, index) => plannedStatement(piece, index < done)),
    uncertain: uncertain === undefined ? null : { from: before.length, reason: uncertain },
  };
}

async function piecesUpTo({ recorded }: LookingRecorder, count: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const one of recorded.slice(0, count)) pieces.push(...(await piecesOf(one)));
  return pieces;
}

function plannedStatement({ text, transactional, locks, where }: Piece, done: boolean): PlannedStatement {
  return { sql: redact(text), transactional, locks: locks ?? null, done, where: where() ?? null };
}
