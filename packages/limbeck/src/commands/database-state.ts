import type { DatabaseState } from "../runner/version-table.ts";
import type { Context } from "./context.ts";

/** Where the database stands. Writes nothing. */
export async function databaseState(context: Context): Promise<DatabaseState> {
  const { readState } = await import("../runner/version-table.ts");
  return await readState(await context.session(), context.config.versionTable);
}
