import type { Context } from "./context.ts";

export interface EnsureVersionResult {
  /** Whether the version table was made now. */
  readonly created: boolean;
}

/** Makes the version table if it is not there. */
export async function ensureVersion(context: Context): Promise<EnsureVersionResult> {
  const { versionTableSql, readState } = await import("../runner/version-table.ts");
  const { versionTableExists } = await readState(await context.session(), context.config.versionTable);
  if (versionTableExists) return { created: false };
  const { writeTables } = await import("../runner/run.ts");
  await writeTables(await context.session(), versionTableSql(context.config.versionTable, []));
  return { created: true };
}

/** The same as SQL. */
export async function ensureVersionSql(context: Context): Promise<string> {
  const { versionTableSql } = await import("../runner/version-table.ts");
  const statements = versionTableSql(context.config.versionTable, []);
  return statements.map((statement) => `${statement};\n`).join("");
}
