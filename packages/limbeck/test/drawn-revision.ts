import type { DrawnRevision } from "../src/cli/drawn-revision.ts";

/** A revision to be drawn, of which a test says what matters to it. */
export function drawnRevision(id: string, more: Partial<DrawnRevision> = {}): DrawnRevision {
  return {
    revision: id,
    downRevision: [],
    dependsOn: [],
    branchLabels: [],
    message: "",
    description: "",
    path: `/project/migrations/${id}.ts`,
    isHead: false,
    isImpliedHead: false,
    isBranchPoint: false,
    isMergePoint: false,
    children: [],
    ...more,
  };
}
