import { LimbeckError } from "../errors/limbeck-error.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { reparentRevisionFile } from "../scripts/reparent.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { updateHeadsFile } from "./heads-file.ts";

export interface RebaseOptions {
  /** The revision to stand on; the other head, when there are two. */
  readonly onto?: string;
  /** Whether to ask the database if the revision is applied there. Default: true. */
  readonly askDatabase?: boolean;
}

export interface RebaseResult {
  readonly revision: string;
  readonly from: readonly string[];
  readonly onto: string;
  readonly path: string;
}

/**
 * Puts a revision that is applied nowhere, with all that stands on it, on top of another one: what a merge revision
 * would join becomes one line. Only the file's down revision changes. Throws REBASE_REFUSED and what a broken graph
 * deserves.
 */
export async function rebase(context: Context, identifier: string, options: RebaseOptions = {}): Promise<RebaseResult> {
  const graph = context.graph();
  const revision = oneRevision(graph, identifier);
  if (revision.downRevision.length > 1) {
    throw refused(
      `Revision ${revision.revision} is a merge, which stands on several.`,
      "Rebase what it merges instead.",
    );
  }
  const onto =
    options.onto === undefined ? otherHead(graph, revision.revision) : oneRevision(graph, options.onto).revision;
  const changed = RevisionGraph.from(
    Array.from(graph, ({ source }) =>
      source.revision === revision.revision ? { ...source, downRevision: onto } : source,
    ),
  );
  if (options.askDatabase !== false) await refuseApplied(context, graph, revision.revision);
  reparentRevisionFile(revision.source, onto);
  updateHeadsFile(context.config, changed);
  return { revision: revision.revision, from: revision.downRevision, onto, path: revision.source.path };
}

function oneRevision(graph: RevisionGraph<RevisionFile>, identifier: string): Revision<RevisionFile> {
  const ids = graph.resolve(identifier);
  if (ids.length === 1) return graph.get(ids[0]!)!;
  throw refused(`${identifier} names ${ids.length} revisions.`, "Name one, by its id.");
}

function otherHead(graph: RevisionGraph<RevisionFile>, revision: string): string {
  const above = graph.descendants([revision]);
  const others = graph.heads().filter((head) => !above.has(head));
  if (others.length === 1) return others[0]!;
  throw refused(
    others.length === 0
      ? `No other head than that above ${revision} is there.`
      : `There are ${others.length} other heads.`,
    `Say what to stand on: \`limbeck rebase ${revision} --onto <revision>\`.`,
  );
}

async function refuseApplied(context: Context, graph: RevisionGraph<RevisionFile>, revision: string): Promise<void> {
  const { rows } = await databaseState(context, graph);
  if (!graph.applied(rows).has(revision)) return;
  const { description } = await context.session();
  throw refused(
    `Revision ${revision} is applied in ${description}.`,
    `Undo it there first, or join the branches with \`limbeck merge -m "join"\`.`,
  );
}

function refused(message: string, hint: string): LimbeckError {
  return new LimbeckError("REBASE_REFUSED", { message, hint });
}
