import type { Session } from "../database/session.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionInfo } from "../revisions/revision.ts";
import { applyingEntries, type HistoryEntry } from "./read-history.ts";
import type { DatabaseState, VersionTable } from "./version-table.ts";

/**
 * Refuses a database whose version table names what no file has, and tells apart why: limbeck's history knows the
 * revision, so this checkout is behind the database; or it does not, so the row is somebody else's.
 * Throws REVISION_UNKNOWN_TO_FILES.
 */
export async function refuseUnknownRows<T extends RevisionInfo>(
  session: Session,
  table: VersionTable,
  graph: RevisionGraph<T>,
  state: DatabaseState,
): Promise<void> {
  const unknown = graph.unknownRows(state.rows);
  if (unknown.length === 0) return;
  const known = await applyingEntries(session, table, state, unknown);
  throw known.size === 0 ? foreign(unknown) : behind(unknown, [...known.values()]);
}

function behind(unknown: readonly string[], entries: readonly HistoryEntry[]): LimbeckError {
  const known = entries.map(({ revision, startedAt, user, host }) => ({
    revision,
    at: `${startedAt.slice(0, 16).replace("T", " ")} UTC`,
    who: user,
    host,
  }));
  const runs = known.map(({ revision, at, who, host }) => `${revision} on ${at} by ${who ?? "?"} on ${host ?? "?"}`);
  return new LimbeckError("REVISION_UNKNOWN_TO_FILES", {
    message: `The database is ahead of these files: it has had ${runs.join(", ")}, and no file here has ${names(unknown)}.`,
    hint: "Check out the code that has the file. To go back to these files, downgrade with that code first.",
    details: { rows: unknown, known },
  });
}

function foreign(unknown: readonly string[]): LimbeckError {
  return new LimbeckError("REVISION_UNKNOWN_TO_FILES", {
    message: `The version table names ${names(unknown)}, which no file has, and limbeck's history does not know either.`,
    hint: "Check that URL and migrations folder belong together. If the file is gone for good, say what is applied: `limbeck stamp --purge <revision>`.",
    details: { rows: unknown, known: [] },
  });
}

function names(unknown: readonly string[]): string {
  return unknown.length === 1 ? `the revision ${unknown[0]}` : `the revisions ${unknown.join(", ")}`;
}
