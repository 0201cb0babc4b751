import type { HistoryResult } from "../commands/history.ts";

/** A revision that a drawing or a document shows. */
export type DrawnRevision = HistoryResult["revisions"][number];

export interface DrawnEdge {
  readonly child: string;
  readonly parent: string;
  readonly isDependency: boolean;
}

/** The edges that have both ends among these revisions. A down revision that is also a dependency has one edge. */
export function edgesAmong(revisions: readonly DrawnRevision[]): DrawnEdge[] {
  const shown = new Set(revisions.map(({ revision }) => revision));
  return revisions.flatMap(({ revision: child, downRevision, dependsOn }) => {
    const needed = dependsOn.filter((id) => !downRevision.includes(id));
    return [
      ...downRevision.map((parent) => ({ child, parent, isDependency: false })),
      ...needed.map((parent) => ({ child, parent, isDependency: true })),
    ].filter(({ parent }) => shown.has(parent));
  });
}

/** What stands behind an id: `(labels)`, `(head)`, `(current)`. */
export function marksOf({ branchLabels, isHead, isCurrent }: DrawnRevision): string[] {
  return [
    ...(branchLabels.length === 0 ? [] : [`(${branchLabels.join(", ")})`]),
    ...(isHead ? ["(head)"] : []),
    ...(isCurrent === true ? ["(current)"] : []),
  ];
}

/** On one line, and without what a terminal would take for a command. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
