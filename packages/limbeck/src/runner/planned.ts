import { redact } from "../errors/redact.ts";
import type { Location } from "../errors/limbeck-error.ts";
import type { Lock } from "../operations/language/statement.ts";
import type { Direction, Step } from "../revisions/revision.ts";
import { intend } from "./intention.ts";
import { piecesOf, type Piece } from "./pieces.ts";
import { lookAt, type LookedStep } from "./look-at.ts";
import type { LookingRecorder } from "./looking-recorder.ts";
import { unfinishedSteps } from "./read-history.ts";
import type { RunContext } from "./run-context.ts";

export interface PlannedWork {
  readonly work: "rewrite" | "scan" | "index build";
  readonly relation: string | null;
  /** False where the catalogs do not know the relation yet: it may turn out to be free. */
  readonly certain: boolean;
}

export interface PlannedStatement {
  readonly sql: string;
  /** False for what runs on its own, outside a transaction. */
  readonly transactional: boolean;
  /** The strongest locks on relations that exist before it; null for SQL that calls what nobody can see into. */
  readonly locks: readonly Lock[] | null;
  /** What it does that takes as long as a relation is large; null where that is not known. */
  readonly work: readonly PlannedWork[] | null;
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

/** Steps that were recorded, in the order of the plan. */
export type LookedPlan = readonly { readonly step: Step; readonly looked: LookedStep }[];

/** What is known of a statement that has been read. */
export type Weight = Pick<PlannedStatement, "work" | "locks">;

/** The weight of a statement of a revision, if it could be read. The statements are asked about in their order. */
export type Weighed = (revision: string, text: string) => Weight | undefined;

/**
 * What a run would do, without doing it. The revisions' code is run and records; where it looks at the database it
 * does, in a transaction that can only read. Takes no lock and writes nothing. `weigh` says what the statements' work is, and which locks SQL of the author's own takes.
 */
export async function planned(
  context: RunContext,
  direction: Direction,
  target: string,
  weigh: (plan: LookedPlan) => Promise<Weighed> = async () => () => undefined,
): Promise<PlanResult> {
  const { session, table } = context;
  const { state, plan } = await intend(context, direction, target);
  const unfinished = await unfinishedSteps(session, table, state);
  const seen: { readonly step: Step; readonly looked: LookedStep }[] = [];
  for (const [index, step] of plan.steps.entries())
    seen.push({ step, looked: await lookAt(context, step, index === 0) });
  const weighed = await weigh(seen);
  const steps: PlannedStep[] = [];
  for (const { step, looked } of seen) {
    const begun = unfinished.find((other) => other.revision === step.revision && other.direction === direction);
    steps.push(await plannedStep(context, step, looked, { done: begun?.done ?? 0, weighed }));
  }
  return { planned: steps, heads: plan.heads };
}

async function plannedStep(
  { graph }: RunContext,
  step: Step,
  { recorder, title, uncertain }: LookedStep,
  { done, weighed }: { readonly done: number; readonly weighed: Weighed },
): Promise<PlannedStep> {
  const { path } = graph.get(step.revision)!.source;
  const before = await piecesUpTo(recorder, recorder.firstLook?.recorded ?? Infinity);
  const after = await piecesUpTo(recorder, Infinity);
  return {
    ...step,
    title,
    path,
    statements: after.map((piece, index) => plannedStatement(piece, weighed(step.revision, piece.text), index < done)),
    uncertain: uncertain === undefined ? null : { from: before.length, reason: uncertain },
  };
}

async function piecesUpTo({ recorded }: LookingRecorder, count: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const one of recorded.slice(0, count)) pieces.push(...(await piecesOf(one)));
  return pieces;
}

function plannedStatement(
  { text, transactional, locks, where }: Piece,
  weight: Weight | undefined,
  done: boolean,
): PlannedStatement {
  const known = locks ?? weight?.locks ?? null;
  return { sql: redact(text), transactional, locks: known, work: weight?.work ?? null, done, where: where() ?? null };
}
