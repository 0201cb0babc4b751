import type { EditedRevision } from "../runner/edited.ts";
import type { HistoryEntry } from "../runner/read-history.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface StatusResult {
  readonly database: string;
  readonly current: readonly RevisionSummary[];
  readonly heads: readonly RevisionSummary[];
  /** What `upgrade heads` would run, in its order. */
  readonly pending: readonly RevisionSummary[];
  /** Applied revisions whose files have been edited since. */
  readonly edited: readonly EditedRevision[];
  /** The last steps that were run, newest first. */
  readonly lastRuns: readonly HistoryEntry[];
}

export interface StatusOptions {
  /** How many of the last steps to tell of. Default: 5. */
  readonly lastRuns?: number | undefined;
}

/** Where the database and the revision files stand to each other. Writes nothing. */
export async function status(context: Context, { lastRuns = 5 }: StatusOptions = {}): Promise<StatusResult> {
  await context.connectAhead();
  const graph = context.graph();
  const state = await databaseState(context, graph);
  const pending = graph.size === 0 ? [] : graph.plan("upgrade", "heads", state.rows).steps;
  const session = await context.session();
  const { versionTable } = context.config;
  const [{ lastEntries }, { editedRevisions }] = await Promise.all([
    import("../runner/read-history.ts"),
    import("../runner/edited.ts"),
  ]);
  return {
    database: session.description,
    current: summariesOf(graph, state.rows),
    heads: summariesOf(graph, graph.heads()),
    pending: summariesOf(
      graph,
      pending.map(({ revision }) => revision),
    ),
    edited: await editedRevisions(session, versionTable, graph, state),
    lastRuns: await lastEntries(session, versionTable, state, lastRuns),
  };
}
