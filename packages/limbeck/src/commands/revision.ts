import { existsSync } from "node:fs";
import { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { writeNewRevision, type NewRevisionOptions, type NewRevisionResult } from "./new-revision.ts";

export interface RevisionOptions extends NewRevisionOptions {
  /** What the new revision stands on: `head` by default, `base` for a new base, `heads` for all of them. */
  readonly head?: string;
}

/** Writes a new revision file. Touches no database. Throws MULTIPLE_HEADS, NOT_A_HEAD and what a broken graph deserves. */
export function revision(context: Context, options: RevisionOptions = {}): NewRevisionResult {
  const graph = graphOrEmpty(context);
  const parents = graph.size === 0 && options.head === undefined ? [] : graph.resolve(options.head ?? "head");
  return writeNewRevision(context, graph, parents, options);
}

/** The first revision makes the folder. */
function graphOrEmpty(context: Context): RevisionGraph<RevisionFile> {
  const missing = context.config.locations.every((location) => !existsSync(location));
  return missing ? RevisionGraph.from<RevisionFile>([]) : context.graph();
}
