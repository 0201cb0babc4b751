import { existsSync } from "node:fs";
import { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { writeNewRevision, type NewRevisionOptions, type NewRevisionResult } from "./new-revision.ts";

export interface RevisionOptions extends NewRevisionOptions {
  /** What the new revision stands on: `head` by default, `base` for a new base, several for a merge. */
  readonly head?: string | readonly string[];
}

/** Writes a new revision file. Touches no database. Throws MULTIPLE_HEADS, NOT_A_HEAD and what a broken graph deserves. */
export async function revision(context: Context, options: RevisionOptions = {}): Promise<NewRevisionResult> {
  const graph = graphOrEmpty(context);
  const heads = [options.head ?? (graph.size === 0 ? "base" : "head")].flat();
  const parents = [...new Set(heads.flatMap((head) => graph.resolve(head)))];
  return await writeNewRevision(context, graph, parents, options);
}

/** The first revision makes the folder. */
function graphOrEmpty(context: Context): RevisionGraph<RevisionFile> {
  const missing = context.config.locations.every((location) => !existsSync(location));
  return missing ? RevisionGraph.from<RevisionFile>([]) : context.graph();
}
