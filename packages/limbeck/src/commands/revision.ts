import { existsSync } from "node:fs";
import { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { planSql } from "./migrate.ts";
import { writeNewRevision, type NewRevisionOptions, type NewRevisionResult } from "./new-revision.ts";

export interface RevisionOptions extends NewRevisionOptions {
  /** What the new revision stands on: `head` by default, `base` for a new base, several for a merge. */
  readonly head?: string | readonly string[];
}

/** Writes a new revision file. Touches no database. Throws MULTIPLE_HEADS, NOT_A_HEAD and what a broken graph deserves. */
export async function revision(context: Context, options: RevisionOptions = {}): Promise<NewRevisionResult> {
  const graph = graphOrEmpty(context);
  return await writeNewRevision(context, graph, parentsOf(graph, options.head), options);
}

/** The ids that a new revision stands on. Throws MULTIPLE_HEADS where nobody says which. */
export function parentsOf(graph: RevisionGraph<RevisionFile>, head: RevisionOptions["head"]): string[] {
  const heads = [head ?? (graph.size === 0 ? "base" : "head")].flat();
  return [...new Set(heads.flatMap((each) => graph.resolve(each)))];
}

export interface RevisionSqlResult extends NewRevisionResult {
  /** A script for psql. */
  readonly sql: string;
}

/**
 * Writes a new revision file, and gives the script that takes a database from what the revision needs to the revision.
 * Touches no database.
 */
export async function revisionSql(context: Context, options: RevisionOptions = {}): Promise<RevisionSqlResult> {
  const written = await revision(context, options);
  const graph = graphOrEmpty(context);
  const { downRevision, dependsOn } = graph.get(written.revision)!;
  const needed = [...downRevision, ...dependsOn];
  const from = needed.length === 0 ? [] : graph.plan("upgrade", needed, []).heads;
  const plan = graph.plan("upgrade", written.revision, [...from]);
  return { ...written, sql: await planSql(context, graph, { from, ...plan }) };
}

/** The first revision of a folder makes it, so that a folder may be missing. */
export function graphOrEmpty(context: Context): RevisionGraph<RevisionFile> {
  return context.graph(context.config.locations.filter((location) => existsSync(location)));
}
