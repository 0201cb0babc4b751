import { layOutLanes, type LaneRow } from "../revisions/lanes.ts";
import type { HistoryEntry } from "../runner/read-history.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summarize, type RevisionSummary } from "./summary.ts";

export interface HistoryOptions {
  /** As in `a:b`, `a:`, `:b`, `-3:`, `:current`. */
  readonly range?: string;
  /** Ask the database which of them are current, and when each was applied. */
  readonly indicateCurrent?: boolean;
}

export interface ListedRevision extends RevisionSummary {
  readonly isCurrent?: boolean;
  readonly isApplied?: boolean;
  /** The step by which it came to be applied; null when limbeck knows of none. */
  readonly applied?: HistoryEntry | null;
}

export interface HistoryResult {
  /** Newest first. With `indicateCurrent` each says what the database has of it. */
  readonly revisions: readonly ListedRevision[];
}

/** The revisions of a range, newest first. */
export async function history(context: Context, options: HistoryOptions = {}): Promise<HistoryResult> {
  const graph = context.graph();
  const { range = ":", indicateCurrent = false } = options;
  const asksDatabase = indicateCurrent || /\bcurrent\b|(?:^|[:@])[+-]\d/.test(range.replace(/^-\d+:|:\+\d+$/g, ""));
  const state = asksDatabase ? await databaseState(context, graph) : undefined;
  const found = graph.history(range, state?.rows ?? []);
  if (state === undefined || !indicateCurrent)
    return { revisions: found.map((revision) => summarize(graph, revision)) };
  const { applyingEntries } = await import("../runner/read-history.ts");
  const entries = await applyingEntries(await context.session(), context.config.versionTable, state);
  const applied = graph.applied(state.rows);
  const revisions = found.map((revision): ListedRevision => {
    const id = revision.revision;
    const isApplied = applied.has(id);
    const entry = isApplied ? entries.get(id) : undefined;
    return { ...summarize(graph, revision), isCurrent: state.rows.includes(id), isApplied, applied: entry ?? null };
  });
  return { revisions };
}

/** The same as lanes, row by row, for a drawing of the graph. */
export function historyLanes({ revisions }: HistoryResult): LaneRow[] {
  return layOutLanes(revisions);
}
