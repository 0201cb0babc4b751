import type { Context } from "./context.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface BranchesResult {
  readonly branchPoints: readonly (RevisionSummary & { readonly branches: readonly RevisionSummary[] })[];
}

/** The revisions that are the down revision of several, each with those. */
export function branches(context: Context): BranchesResult {
  const graph = context.graph();
  const points = summariesOf(graph, graph.branchPoints());
  return { branchPoints: points.map((point) => ({ ...point, branches: summariesOf(graph, point.children) })) };
}
