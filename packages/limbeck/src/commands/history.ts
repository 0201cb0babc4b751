import { layOutLanes, type LaneRow } from "../revisions/lanes.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summarize, type RevisionSummary } from "./summary.ts";

export interface HistoryOptions {
  /** As in `a:b`, `a:`, `:b`, `-3:`, `:current`. */
  readonly range?: string;
  /** Ask the database which of them are current. */
  readonly indicateCurrent?: boolean;
}

export interface HistoryResult {
  /** Newest first. */
  readonly revisions: readonly (RevisionSummary & { readonly isCurrent?: boolean })[];
}

/** The revisions of a range, newest first. */
export async function history(context: Context, options: HistoryOptions = {}): Promise<HistoryResult> {
  const graph = context.graph();
  const { range = ":", indicateCurrent = false } = options;
  const asksDatabase = indicateCurrent || /\bcurrent\b|(?:^|[:@])[+-]\d/.test(range.replace(/^-\d+:|:\+\d+$/g, ""));
  const rows = asksDatabase ? (await databaseState(context, graph)).rows : [];
  const revisions = graph.history(range, rows).map((revision) => ({
    ...summarize(graph, revision),
    ...(indicateCurrent ? { isCurrent: rows.includes(revision.revision) } : {}),
  }));
  return { revisions };
}

/** The same as lanes, row by row, for a drawing of the graph. */
export function historyLanes({ revisions }: HistoryResult): LaneRow[] {
  return layOutLanes(revisions);
}
