import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface ShowResult {
  readonly revisions: readonly RevisionSummary[];
}

/** The revisions that an identifier names. */
export async function show(context: Context, identifier: string): Promise<ShowResult> {
  const graph = context.graph();
  const asksDatabase = identifier === "current" || /^(?:[^@]+@)?[+-]\d+$/.test(identifier);
  const rows = asksDatabase ? (await databaseState(context, graph)).rows : [];
  return { revisions: summariesOf(graph, graph.resolve(identifier, rows)) };
}
