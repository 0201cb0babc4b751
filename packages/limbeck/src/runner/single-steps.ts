import type { Step } from "../revisions/revision.ts";
import { prepareTables, withLock } from "./run.ts";
import type { RunContext } from "./run-context.ts";
import { runSteps } from "./run-steps.ts";
import { readState } from "./version-table.ts";

/** Runs one step, whichever the caller names. Throws what a run would throw. */
export type RunStep = (step: Step) => Promise<void>;

/**
 * Lets the caller run single steps of these revisions, back and forth, all under one lock. A plan goes to a target; here
 * the caller answers for it that each step can stand where the database is.
 */
export async function withSingleSteps<T>(
  context: RunContext,
  revisions: readonly string[],
  work: (run: RunStep) => Promise<T>,
): Promise<T> {
  const { session, table } = context;
  return await withLock(context, async (locked) => {
    await prepareTables(context, await readState(session, table), revisions);
    return await work(async (step) => {
      const state = await readState(session, table);
      const command = `limbeck ${step.direction} ${step.revision}`;
      await runSteps(context, locked, { state, steps: [step], command });
    });
  });
}
