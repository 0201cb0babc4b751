import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface CurrentResult {
  readonly database: string;
  /** The newest applied revisions of each line: the version table's rows, and what they imply through dependencies. */
  readonly current: readonly RevisionSummary[];
  /** Whether every revision is applied. */
  readonly isAtHeads: boolean;
}

/** The revisions that the database stands at. Throws REVISION_UNKNOWN_TO_FILES. */
export async function current(context: Context): Promise<CurrentResult> {
  await context.connectAhead();
  const graph = context.graph();
  const { rows } = await databaseState(context, graph);
  const applied = graph.applied(rows);
  const session = await context.session();
  return {
    database: session.description,
    current: summariesOf(graph, appliedTips(graph, applied)),
    isAtHeads: graph.heads().every((head) => applied.has(head)),
  };
}

/** Applied revisions that no applied one has as its down revision. */
function appliedTips(graph: RevisionGraph<RevisionFile>, applied: ReadonlySet<string>): string[] {
  return [...applied].filter((id) => !graph.children(id).some((child) => applied.has(child))).toSorted();
}
