import type { Session } from "../database/session.ts";
import { reasonOf } from "../errors/reason.ts";
import { operationsFor } from "../operations/recorder.ts";
import type { Step } from "../revisions/revision.ts";
import { LookingRecorder } from "./looking-recorder.ts";
import { stepInfo, type RunContext } from "./run-context.ts";
import { NOTHING_SENT, stepError, withHint } from "./step-error.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import { loadStep, type StepSource } from "./step-source.ts";

export interface LookContext extends Pick<RunContext, "graph" | "authoring" | "arguments" | "namingConvention"> {
  /** Undefined for offline mode. */
  readonly session: Session | undefined;
}

/** A step that was recorded, and not run. */
export interface LookedStep {
  readonly source: StepSource;
  readonly recorder: LookingRecorder;
  readonly title: string;
  /** Why the run may do otherwise; undefined when what was recorded is certain. */
  readonly uncertain: string | undefined;
}

/** Records a step without running it. Throws what is wrong with its file, or with its code. */
export async function lookAt(context: LookContext, step: Step, isFirst: boolean): Promise<LookedStep> {
  const source = await loadStep(context.graph.get(step.revision)!.source, step.direction, context.authoring);
  return await look(context, step, source, isFirst);
}

/** The steps whose code only records, recorded before the run, which does not enter their code again. */
export type LookedAhead = ReadonlyMap<string, LookedStep>;

/** Records steps ahead of a run. One that looks at the database, or cannot be recorded, is left for its turn. */
export async function lookAhead(context: LookContext, steps: readonly Step[]): Promise<LookedAhead> {
  const looked = new Map<string, LookedStep>();
  for (const step of steps) {
    try {
      const source = await loadStep(context.graph.get(step.revision)!.source, step.direction, context.authoring);
      if (source.onlyRecords) looked.set(step.revision, await look(context, step, source, false));
    } catch {
      // What is wrong is found again, and reported, in the step's turn.
    }
  }
  return looked;
}

async function look(context: LookContext, step: Step, source: StepSource, isFirst: boolean): Promise<LookedStep> {
  const { graph, session, arguments: given, namingConvention } = context;
  const file = graph.get(step.revision)!.source;
  const recorder = new LookingRecorder({
    session,
    source,
    arguments: given,
    namingConvention,
    path: file.path,
    isFirst,
  });
  const info = stepInfo(graph, step);
  let broken: string | undefined;
  try {
    await source.run(operationsFor(recorder));
  } catch (error) {
    // What the code makes of an answer that the run will not get says nothing of the run.
    if (recorder.firstLook === undefined) {
      const reported = stepError({ step: info, error, sent: [], where: placeInFile(error, file.path) });
      throw withHint(reported, NOTHING_SENT);
    }
    broken = reasonOf(error).split("\n")[0]!;
  }
  const { firstLook } = recorder;
  const uncertain = firstLook === undefined ? undefined : uncertainty(firstLook.reason, broken);
  return { source, recorder, title: info.title, uncertain };
}

function uncertainty(reason: string, broken: string | undefined): string {
  return broken === undefined ? reason : `${reason}; what comes after it is not known: ${broken}`;
}
