import type { ResolvedConfig } from "../config/load.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionInfo } from "../revisions/revision.ts";
import { readHeadsFile, writeHeadsFile } from "../scripts/heads-file.ts";

/** Writes the heads of a history that has changed into `limbeck.lock`, unless that is switched off. */
export function updateHeadsFile<T extends RevisionInfo>(config: ResolvedConfig, graph: RevisionGraph<T>): void {
  if (config.lockFile) writeHeadsFile(config.locations[0]!, graph.heads());
}

export type LockFileState = "current" | "stale" | "conflict" | "missing" | "off";

/** How `limbeck.lock` stands to the heads that the files have. */
export function lockFileState(config: ResolvedConfig, heads: readonly string[]): LockFileState {
  if (!config.lockFile) return "off";
  const file = readHeadsFile(config.locations[0]!);
  if (file.state !== "read") return file.state;
  return file.heads.join() === heads.toSorted().join() ? "current" : "stale";
}
