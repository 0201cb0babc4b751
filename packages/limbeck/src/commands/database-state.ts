import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { DatabaseState } from "../runner/version-table.ts";
import type { Context } from "./context.ts";

/** Where the database stands. Writes nothing. Throws REVISION_UNKNOWN_TO_FILES for rows that the graph does not have. */
export async function databaseState(context: Context, graph: RevisionGraph<RevisionFile>): Promise<DatabaseState> {
  const [{ readState }, { refuseUnknownRows }] = await Promise.all([
    import("../runner/version-table.ts"),
    import("../runner/unknown-rows.ts"),
  ]);
  const session = await context.session();
  const state = await readState(session, context.config.versionTable);
  await refuseUnknownRows(session, context.config.versionTable, graph, state);
  return state;
}
