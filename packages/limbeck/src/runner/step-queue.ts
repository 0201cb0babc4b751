import type { Step } from "../revisions/revision.ts";
import { loadStep } from "./step-source.ts";
import { unfinishedSql, type Progress } from "./history.ts";
import { OnlineStep } from "./online-step.ts";
import { stepInfo, type RunContext } from "./run-context.ts";
import type { DatabaseState } from "./version-table.ts";

/** The steps of a run in their order. Each is loaded, and recorded if it can be, while the one before it runs. */
export interface StepQueue {
  /** How many statements of a step an earlier run has done; undefined when none has begun it. */
  done(step: Step): number | undefined;
  /** The step of this number, ready to run. Throws what its file deserves. */
  take(index: number): Promise<OnlineStep>;
}

/** Makes the queue of a plan's steps for a database in this state. */
export async function stepQueue(context: RunContext, state: DatabaseState, steps: readonly Step[]): Promise<StepQueue> {
  const changes = context.graph.rowChanges([...state.rows], steps);
  const unfinished = state.historyExists ? await readUnfinished(context) : new Map<string, Progress>();
  const progressOf = ({ direction, revision }: Step): Progress | undefined =>
    unfinished.get(`${direction} ${revision}`);

  const prepare = async (index: number): Promise<OnlineStep> => {
    const step = steps[index]!;
    const { source: file } = context.graph.get(step.revision)!;
    const source = await loadStep(file, step.direction, context.authoring);
    const online = new OnlineStep({
      session: context.session,
      table: context.table,
      step: stepInfo(context.graph, step),
      source,
      record: { ...step, checksum: source.checksum, ...context.who },
      changes: changes[index]!,
      progress: progressOf(step),
      path: file.path,
      arguments: context.arguments,
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

/** Does something when the server is at work. What goes wrong is for the one who asks for the result. */
function meanwhile<T>(work: () => Promise<T>): Promise<T> {
  const result = new Promise((resolve) => setImmediate(resolve)).then(work);
  result.catch(() => undefined);
  return result;
}

async function readUnfinished({ session, table }: RunContext): Promise<Map<string, Progress>> {
  const rows = await session.query<Progress & { revision: string; direction: string }>(unfinishedSql(table));
  return new Map(rows.map(({ revision, direction, ...progress }) => [`${direction} ${revision}`, progress]));
}
