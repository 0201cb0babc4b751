import type { RunResult } from "../runner/run.ts";
import type { Context } from "./context.ts";
import { migrate, migrateSql } from "./migrate.ts";

/** Runs what the database lacks to stand at the target, `head` if none is given. */
export async function upgrade(context: Context, target = "head"): Promise<RunResult> {
  return await migrate(context, "upgrade", target);
}

/** The same as a script for psql, which starts from an empty database unless the range says otherwise. */
export async function upgradeSql(context: Context, range = "head"): Promise<string> {
  return await migrateSql(context, "upgrade", range);
}
