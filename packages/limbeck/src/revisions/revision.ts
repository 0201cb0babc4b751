import type { Location } from "../errors/limbeck-error.ts";

/** What a revision file says of itself: the input of `RevisionGraph.from`. */
export interface RevisionInfo {
  readonly revision: string;
  /** One parent, several (a merge), or null (a base). Ids, in full. */
  readonly downRevision: string | readonly string[] | null;
  readonly branchLabels?: string | readonly string[] | null | undefined;
  /** Revisions that must be applied first without being parents. Ids in full, or branch labels. */
  readonly dependsOn?: string | readonly string[] | null | undefined;
  readonly message?: string | undefined;
  /** Where it is written, so that the errors of a broken graph can name file and line. */
  readonly where?: Location | undefined;
}

/** A revision of a graph, in normal form. It is itself a `RevisionInfo`. */
export interface Revision<T extends RevisionInfo = RevisionInfo> {
  readonly revision: string;
  /** The parents as written, without repeats; a base has none. */
  readonly downRevision: readonly string[];
  /** The labels written on this revision; `RevisionGraph.labels` gives the inherited ones too. */
  readonly branchLabels: readonly string[];
  /** Revision ids; a label is replaced by the revision it names. */
  readonly dependsOn: readonly string[];
  readonly message: string;
  readonly where: Location | undefined;
  /** The object that was given to `RevisionGraph.from`. */
  readonly source: T;
}

/** The direction in which a revision is run. */
export type Direction = "upgrade" | "downgrade";

/** One revision in one direction. */
export interface Step {
  readonly direction: Direction;
  readonly revision: string;
}

/** The steps in the order in which they run, and the rows of the version table afterwards, sorted. */
export interface Plan {
  readonly steps: Step[];
  readonly heads: string[];
}

/** A plan for offline mode, with the rows that the database is trusted to have. */
export interface OfflinePlan extends Plan {
  readonly from: string[];
}

/** What happens to the rows of the version table, to be carried out in this order. Each list is sorted. */
export interface RowChange {
  readonly delete: string[];
  readonly insert: string[];
  readonly update: { readonly from: string; readonly to: string }[];
}
