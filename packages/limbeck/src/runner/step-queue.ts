import type { Step } from "../revisions/revision.ts";
import { describeBlockers, type Blocker } from "../database/blockers.ts";
import type { StepInfo } from "./events.ts";
import { loadStep } from "./step-source.ts";
import type { Progress } from "./history.ts";
import { unfinishedSteps } from "./read-history.ts";
import { OnlineStep } from "./online-step.ts";
import type { RunConnection } from "./run-connection.ts";
import { stepInfo, type RunContext } from "./run-context.ts";
import { stepUnfinished } from "./step-error.ts";
import type { DatabaseState } from "./version-table.ts";

/** The steps of a run in their order. Each is loaded, and recorded if it can be, while the one before it runs. */
export interface StepQueue {
  /** How many statements of a step an earlier run has done; undefined when none has begun it. */
  done(step: Step): number | undefined;
  /** The step of this number, ready to run. Throws what its file deserves. */
  take(index: number): Promise<OnlineStep>;
}

/**
 * Makes the queue of a plan's steps for a database in this state. Throws STEP_UNFINISHED when an earlier run has left
 * a revision half done in the other direction: what it did would be taken for what it was about to do.
 */
export async function stepQueue(
  context: RunContext,
  connection: RunConnection,
  state: DatabaseState,
  steps: readonly Step[],
): Promise<StepQueue> {
  const changes = context.graph.rowChanges([...state.rows], steps);
  const unfinished = await unfinishedSteps(context.session, context.table, state);
  const inTheWay = unfinished.find(({ direction }) => direction !== steps[0]?.direction);
  if (inTheWay !== undefined) throw stepUnfinished(inTheWay, inTheWay.done);
  const progressOf = ({ direction, revision }: Step): Progress | undefined =>
    unfinished.find((step) => step.direction === direction && step.revision === revision);

  const prepare = async (index: number): Promise<OnlineStep> => {
    const step = steps[index]!;
    const { source: file } = context.graph.get(step.revision)!;
    const looked = context.looked?.get(step.revision);
    const source = looked?.source ?? (await loadStep(file, step.direction, context.authoring));
    const online = new OnlineStep({
      connection,
      table: context.table,
      step: stepInfo(context.graph, step),
      source,
      recorded: looked?.recorder.recorded,
      guard: looked === undefined && context.guard !== undefined ? () => context.guard!(step.revision) : undefined,
      record: { ...step, checksum: source.checksum, ...context.who },
      changes: changes[index]!,
      progress: progressOf(step),
      path: file.path,
      arguments: context.arguments,
      namingConvention: context.namingConvention,
      hooks: context.hooks,
      onWait: waitTeller(context, stepInfo(context.graph, step)),
      listener: context.listener,
      signal: context.signal,
    });
    await online.prepare();
    return online;
  };

  let next: Promise<OnlineStep> | undefined;
  return {
    done: (step) => progressOf(step)?.done,
    async take(index) {
      const taken = await (next ?? prepare(index));
      next = index + 1 < steps.length ? meanwhile(() => prepare(index + 1)) : undefined;
      return taken;
    },
  };
}

/** Tells of a step's waits, each time that it waits for somebody else. */
function waitTeller({ listener }: RunContext, step: StepInfo): (blockers: readonly Blocker[]) => void {
  let told = "";
  return (blockers) => {
    const pids = blockers.map(({ pid }) => pid).join();
    if (pids === told) return;
    told = pids;
    listener({ type: "wait", for: "sessions", step, blockers, heldBy: describeBlockers(blockers) });
  };
}

/** Does something when the server is at work. What goes wrong is for the one who asks for the result. */
function meanwhile<T>(work: () => Promise<T>): Promise<T> {
  const result = new Promise((resolve) => setImmediate(resolve)).then(work);
  result.catch(() => undefined);
  return result;
}
