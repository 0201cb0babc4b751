import type { RunResult } from "../runner/run.ts";
import type { Context } from "./context.ts";
import { migrate, migrateSql } from "./migrate.ts";

/** Undoes what the database has above the target. */
export async function downgrade(context: Context, target: string): Promise<RunResult> {
  return await migrate(context, "downgrade", target);
}

/** The same as a script for psql, for a range `from:to`. */
export async function downgradeSql(context: Context, range: string): Promise<string> {
  return await migrateSql(context, "downgrade", range);
}
