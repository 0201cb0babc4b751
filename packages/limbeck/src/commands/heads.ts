import type { Context } from "./context.ts";
import { updateHeadsFile } from "./heads-file.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface HeadsOptions {
  /** Leave out the heads that another revision depends on. */
  readonly resolveDependencies?: boolean;
  /** Write the heads into `limbeck.lock`. */
  readonly writeLock?: boolean;
}

export interface HeadsResult {
  readonly heads: readonly RevisionSummary[];
}

/** The revisions that none names as its down revision. */
export function heads(context: Context, options: HeadsOptions = {}): HeadsResult {
  const graph = context.graph();
  if (options.writeLock) updateHeadsFile(context.config, graph);
  return { heads: summariesOf(graph, graph.heads(options)) };
}
