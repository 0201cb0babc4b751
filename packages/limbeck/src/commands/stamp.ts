import type { Context } from "./context.ts";
import { runContext } from "./run-context.ts";

export interface StampOptions {
  /** Empty the version table first, whatever is in it. */
  readonly purge?: boolean;
}

export interface StampResult {
  /** The version table's rows before and afterwards, sorted. */
  readonly before: readonly string[];
  readonly heads: readonly string[];
}

/** Writes the version table and runs nothing. */
export async function stamp(
  context: Context,
  targets: readonly string[],
  options: StampOptions = {},
): Promise<StampResult> {
  const graph = context.graph();
  const { stampRows } = await import("../runner/stamp.ts");
  return await stampRows(await runContext(context, graph), targets, options.purge ?? false);
}

/** The same as a script for psql, for a range `from:to` or a target alone. */
export async function stampSql(context: Context, range: string): Promise<string> {
  const graph = context.graph();
  const { from, heads } = graph.planOffline("stamp", range);
  const { offlineStamp } = await import("../runner/offline.ts");
  const { stampRecords } = await import("../runner/declared-records.ts");
  const records = stampRecords(graph, from, heads, context.who);
  return offlineStamp({ table: context.config.versionTable, version: context.version, from, to: heads, records });
}
