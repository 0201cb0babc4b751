import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { EditedRevision } from "../runner/edited.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { runContext } from "./run-context.ts";

export interface RepairResult {
  /** The revisions whose files are declared right as they are, with what was recorded before. */
  readonly repaired: readonly EditedRevision[];
}

/** Accepts the files of applied revisions that have been edited since: all of them, or those named. */
export async function repair(context: Context, identifiers: readonly string[] = []): Promise<RepairResult> {
  const graph = context.graph();
  const wanted = identifiers.length === 0 ? undefined : await appliedOnes(context, graph, identifiers);
  const { repairHistory } = await import("../runner/repair.ts");
  return { repaired: await repairHistory(await runContext(context, graph), wanted) };
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
