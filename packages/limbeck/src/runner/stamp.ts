import { refuseUnknownRows } from "./unknown-rows.ts";
import { stampRecords } from "./declared-records.ts";
import { abandonedSql, declaredSql, historyTableSql } from "./history.ts";
import { withLock, writeTables } from "./run.ts";
import type { RunContext } from "./run-context.ts";
import { rowDifference } from "../revisions/rows.ts";
import { readState, rowChangesSql, versionTableSql } from "./version-table.ts";

/** Writes the rows of these targets into the version table, in one transaction, under the runner's lock. */
export async function stampRows(
  context: RunContext,
  targets: readonly string[],
  purge: boolean,
): Promise<{ before: readonly string[]; heads: readonly string[] }> {
  const { session, table, graph, who } = context;
  const before = await readState(session, table);
  if (!purge) await refuseUnknownRows(session, table, graph, before);
  graph.plan("stamp", targets, before.rows, { purge });
  return await withLock(context, async () => {
    const state = await readState(session, table);
    const { heads } = graph.plan("stamp", targets, state.rows, { purge });
    await writeTables(session, [
      ...versionTableSql(table, heads, state),
      ...historyTableSql(table, state),
      ...rowChangesSql(table, rowDifference(state.rows, heads)),
      // A stamp is somebody's word for where the database stands: a step that was cut off is not resumed after it.
      abandonedSql(table),
      ...declaredSql(table, "stamped", stampRecords(graph, state.rows, heads, who)),
    ]);
    return { before: state.rows, heads };
  });
}
