import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface CurrentResult {
  readonly database: string;
  /** The version table's rows. */
  readonly current: readonly RevisionSummary[];
  /** Whether every revision is applied. */
  readonly isAtHeads: boolean;
}

/** The revisions that the database stands at. Throws REVISION_UNKNOWN_TO_FILES. */
export async function current(context: Context): Promise<CurrentResult> {
  const graph = context.graph();
  const { rows } = await databaseState(context);
  const applied = graph.applied(rows);
  const session = await context.session();
  return {
    database: session.description,
    current: summariesOf(graph, rows),
    isAtHeads: graph.heads().every((head) => applied.has(head)),
  };
}
