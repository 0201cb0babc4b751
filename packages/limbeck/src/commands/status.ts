import { HISTORY_TABLE } from "../runner/history-table.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { summariesOf, type RevisionSummary } from "./summary.ts";

export interface LastRun {
  readonly revision: string;
  readonly direction: string;
  readonly status: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly error: string | null;
}

export interface StatusResult {
  readonly database: string;
  readonly current: readonly RevisionSummary[];
  readonly heads: readonly RevisionSummary[];
  /** What `upgrade heads` would run, in its order. */
  readonly pending: readonly RevisionSummary[];
  /** The last steps that were run, newest first. */
  readonly lastRuns: readonly LastRun[];
}

/** Where the database and the revision files stand to each other. Writes nothing. */
export async function status(context: Context): Promise<StatusResult> {
  const graph = context.graph();
  const { rows, historyExists } = await databaseState(context, graph);
  const pending = graph.size === 0 ? [] : graph.plan("upgrade", "heads", rows).steps;
  const session = await context.session();
  return {
    database: session.description,
    current: summariesOf(graph, rows),
    heads: summariesOf(graph, graph.heads()),
    pending: summariesOf(
      graph,
      pending.map(({ revision }) => revision),
    ),
    lastRuns: historyExists ? await lastRuns(context) : [],
  };
}

async function lastRuns(context: Context): Promise<LastRun[]> {
  const { qualified } = await import("../operations/language/identifiers.ts");
  const session = await context.session();
  return await session.query<LastRun>(
    `SELECT revision, direction, status,
            to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startedAt",
            duration_ms AS "durationMs", error
       FROM ${qualified(context.config.versionTable.schema, HISTORY_TABLE)}
      ORDER BY id DESC LIMIT 5`,
  );
}
