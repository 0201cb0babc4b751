import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Step } from "../revisions/revision.ts";
import type { CutOff } from "../runner/doubt.ts";
import type { EditedRevision } from "../runner/edited.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { runContext } from "./run-context.ts";

export interface RepairResult {
  /** The revisions whose files are declared right as they are, with what was recorded before. */
  readonly repaired: readonly EditedRevision[];
  /** The steps that were cut off at a statement of which it is known now whether it was done. */
  readonly answered: readonly (Step & { readonly statement: number; readonly cutOff: CutOff })[];
}

export interface RepairOptions {
  /** Whether the statement at which the step of the one revision named was cut off was done, or is to run again. */
  readonly cutOff?: CutOff | undefined;
}

/**
 * Accepts the files of applied revisions that have been edited since: all of them, or those named. With `cutOff`, says
 * of the statement at which a run was cut off what nobody else can know.
 */
export async function repair(
  context: Context,
  identifiers: readonly string[] = [],
  { cutOff }: RepairOptions = {},
): Promise<RepairResult> {
  const graph = context.graph();
  if (cutOff !== undefined) return { repaired: [], answered: [await answer(context, graph, identifiers, cutOff)] };
  const wanted = identifiers.length === 0 ? undefined : await appliedOnes(context, graph, identifiers);
  const { repairHistory } = await import("../runner/repair.ts");
  return { repaired: await repairHistory(await runContext(context, graph), wanted), answered: [] };
}

async function answer(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  identifiers: readonly string[],
  cutOff: CutOff,
): Promise<RepairResult["answered"][number]> {
  const { rows } = await databaseState(context, graph);
  const [revision, ...others] = identifiers.flatMap((identifier) => graph.resolve(identifier, rows));
  if (revision === undefined || others.length > 0) {
    throw new LimbeckError("USAGE", {
      message: `Of which revision the statement ${cutOff === "done" ? "was done" : "may run again"} is not said: name one.`,
      hint: `Type \`limbeck repair REVISION --${cutOff}\`; \`limbeck status\` shows the half-done one.`,
    });
  }
  const { answerInDoubt } = await import("../runner/repair.ts");
  const step = await answerInDoubt(await runContext(context, graph), revision, cutOff);
  if (step !== undefined) return { ...step, cutOff };
  throw new LimbeckError("TARGET_INVALID", {
    message: `Revision ${revision} was not cut off at a statement of which it is not known whether it was done.`,
    hint: "Run the command again that was cut off: it goes on where it knows, and says so where it does not.",
    details: { revision },
  });
}

async function appliedOnes(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  identifiers: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await databaseState(context, graph);
  const ids = new Set(identifiers.flatMap((identifier) => graph.resolve(identifier, rows)));
  const applied = graph.applied(rows);
  const pending = [...ids].find((id) => !applied.has(id));
  if (pending === undefined) return ids;
  throw new LimbeckError("TARGET_INVALID", {
    message: `Revision ${pending} is not applied, so there is nothing to compare its file with.`,
    hint: "Edit it as you like. `limbeck status` lists the applied revisions whose files were edited.",
    details: { revision: pending },
  });
}
