import type { Context } from "./context.ts";

/** Whether the database has nothing but limbeck's own tables, so that nothing in it can be locked or lost. */
export async function isEmpty(context: Context): Promise<boolean> {
  const [{ holdsNothing }, { HISTORY_TABLE }] = await Promise.all([
    import("../proof/holds-nothing.ts"),
    import("../runner/history-table.ts"),
  ]);
  const { versionTable } = context.config;
  return await holdsNothing(await context.session(), [
    versionTable,
    { schema: versionTable.schema, name: HISTORY_TABLE },
  ]);
}
