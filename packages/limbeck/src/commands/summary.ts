import type { Revision } from "../revisions/revision.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";

/** A revision as commands tell of it. */
export interface RevisionSummary {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
  /** The labels that the revision carries, those of its line included. */
  readonly branchLabels: readonly string[];
  readonly message: string;
  readonly description: string;
  readonly path: string;
  /** No revision has it as its down revision. */
  readonly isHead: boolean;
  /** A head that another revision depends on: a database at that one has this one too. */
  readonly isImpliedHead: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
  /** The revisions that have this one as down revision. */
  readonly children: readonly string[];
}

export function summarize(graph: RevisionGraph<RevisionFile>, revision: Revision<RevisionFile>): RevisionSummary {
  const { revision: id, downRevision, dependsOn, message, source } = revision;
  const children = graph.children(id);
  return {
    revision: id,
    downRevision,
    dependsOn,
    branchLabels: graph.labels(id),
    message,
    description: source.description,
    path: source.path,
    isHead: children.length === 0,
    isImpliedHead: children.length === 0 && graph.descendants([id]).size > 1,
    isBranchPoint: children.length > 1,
    isMergePoint: downRevision.length > 1,
    children,
  };
}

/** The revisions of these ids; ids only. */
export function summariesOf(graph: RevisionGraph<RevisionFile>, ids: readonly string[]): RevisionSummary[] {
  return ids.map((id) => summarize(graph, graph.get(id)!));
}
