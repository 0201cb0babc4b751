import { scriptOf, type ScriptStatement } from "../schema/script.ts";
import type { Context } from "./context.ts";
import { readEmpty, withSource } from "./schemas.ts";

export type { ScriptStatement };

export interface DumpOptions {
  /** A URL of a database, a `.sql` file, a Drizzle module, a folder of them, or `rev:ID`; the live database by default. */
  readonly source?: string;
}

export interface DumpResult {
  /** What makes the schema in an empty database, in the order in which it has to run. */
  readonly statements: readonly ScriptStatement[];
  /** Things that the script does not make. */
  readonly notExpressed: readonly string[];
}

/** A schema as SQL, read from the catalogs. Rows are no part of it. */
export async function dump(context: Context, { source }: DumpOptions = {}): Promise<DumpResult> {
  const { planChanges } = await import("../schema/plan.ts");
  return await withSource(context, { source }, async (read, session) => {
    const schema = await read();
    const plan = planChanges(await readEmpty(context, session), schema, { defaultSchema: null });
    return { statements: scriptOf(plan.operations), notExpressed: plan.notExpressed };
  });
}
