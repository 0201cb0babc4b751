/** A revision as its file's header tells it. Nothing of the file has been run. */
export interface RevisionFile {
  readonly revision: string;
  readonly downRevision: string | readonly string[] | null;
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The first paragraph of the revision's description, or its file's slug in words. */
  readonly message: string;
  /** The description in full. */
  readonly description: string;
  /** The absolute path of the file. */
  readonly path: string;
  readonly format: "ts" | "sql";
  /** The file, and the line of the `revision` metadata in it. */
  readonly where: { readonly file: string; readonly line: number };
}

/** The metadata of a revision, as its file writes them. */
export const METADATA = ["revision", "downRevision", "branchLabels", "dependsOn"] as const;

export type MetadataName = (typeof METADATA)[number];

export type MetadataValue = string | readonly string[] | null;

/** What a header reader found in a file. */
export interface Header {
  readonly metadata: ReadonlyMap<MetadataName, { readonly value: MetadataValue; readonly line: number }>;
  readonly description: string | undefined;
  /** False for a file that has nothing of a revision in it. */
  readonly isRevision: boolean;
}
