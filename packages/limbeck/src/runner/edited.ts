import { readFileSync } from "node:fs";
import type { Session } from "../database/session.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { fileChecksum } from "../scripts/file-checksum.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { acceptedEntries, type HistoryEntry } from "./read-history.ts";
import type { DatabaseState, VersionTable } from "./version-table.ts";

/** An applied revision whose file is not the one that was applied. */
export interface EditedRevision {
  readonly revision: string;
  readonly path: string;
  /** SHA-256 of the file as it was applied, and as it is. */
  readonly appliedChecksum: string;
  readonly checksum: string;
  /** When, and by whom, it was applied, or last declared right. */
  readonly appliedAt: string;
  readonly user: string | null;
  readonly host: string | null;
}

/**
 * The applied revisions whose files have been edited since, in the order of the files. Of a revision that limbeck did
 * not apply nothing is known, and nothing is found.
 */
export async function editedRevisions(
  session: Session,
  table: VersionTable,
  graph: RevisionGraph<RevisionFile>,
  state: DatabaseState,
): Promise<EditedRevision[]> {
  const entries = await acceptedEntries(session, table, state);
  return [...graph.applied(state.rows)].flatMap((revision) => edited(graph, revision, entries.get(revision)) ?? []);
}

function edited(
  graph: RevisionGraph<RevisionFile>,
  revision: string,
  entry: HistoryEntry | undefined,
): EditedRevision | undefined {
  if (entry === undefined || entry.checksum === null) return undefined;
  const { path } = graph.get(revision)!.source;
  const checksum = fileChecksum(readFileSync(path, "utf8"));
  if (checksum === entry.checksum) return undefined;
  const { checksum: appliedChecksum, startedAt: appliedAt, user, host } = entry;
  return { revision, path, appliedChecksum, checksum, appliedAt, user, host };
}
