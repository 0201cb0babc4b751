import { sourceOf } from "../operations/catalogue.ts";
import type { ComparedObject } from "../schema/both-sides.ts";
import { scriptOf, type ScriptStatement } from "../schema/script.ts";
import type { Context } from "./context.ts";
import { configuredTarget, readSources, withSource } from "./schemas.ts";

export type { ComparedAttribute, ComparedObject } from "../schema/both-sides.ts";

export interface DiffOptions {
  /** A URL of a database, a `.sql` file, a Drizzle module, a folder of them, or `rev:ID`; the live database by default. */
  readonly from?: string;
  /** The same; the configured target schema by default. */
  readonly to?: string;
  /** What has another name now: `city.name=title`, `table:city=town`. */
  readonly renames?: readonly string[];
  /** The server to build files on; the one that they are compared with, or in memory, when left out. */
  readonly scratch?: string;
}

export interface DiffResult {
  /** The differences, one line each. Empty where the two are the same. */
  readonly differences: readonly string[];
  /** The same, each with what both sides say of it. */
  readonly objects: readonly ComparedObject[];
  /** What makes `to` out of `from`, as calls of a revision. */
  readonly operations: readonly string[];
  /** The same as SQL, in the order in which it has to run. */
  readonly statements: readonly ScriptStatement[];
  /** Where data is lost, or rows may stand in the way. */
  readonly dataLoss: readonly string[];
  /** What is dropped and created here, and may have been renamed: told as `renames`, it keeps its data. */
  readonly renameCandidates: readonly string[];
  /** Things that only one of the two has, and that limbeck neither makes nor takes away. */
  readonly notExpressed: readonly string[];
}

/** What leads from one schema to another. Writes nothing. */
export async function diff(
  context: Context,
  { from, to, renames = [], scratch }: DiffOptions = {},
): Promise<DiffResult> {
  const [{ compareSchemas }, { bothSides }, { planChanges }, hints] = await Promise.all([
    import("../schema/compare.ts"),
    import("../schema/both-sides.ts"),
    import("../schema/plan.ts"),
    import("../schema/rename-hints.ts"),
  ]);
  const targets = to === undefined ? configuredTarget(context) : [to];
  const at = scratch === undefined ? {} : { scratch };
  return await withSource(context, { source: from, ...at }, async (read, session) => {
    const target = await readSources(context, targets, { session, live: read, ...at });
    const live = await read();
    const told = { renames: hints.renameHints(renames.map(hints.saidNow), live, target) };
    const plan = planChanges(live, target, told);
    return {
      differences: compareSchemas(live, target).map(({ message }) => message),
      objects: bothSides(live, target),
      operations: plan.operations.map((operation) => `${sourceOf(operation)};`),
      statements: scriptOf(planChanges(live, target, { ...told, defaultSchema: null }).operations),
      dataLoss: plan.dataLoss.map(({ message }) => message),
      renameCandidates: plan.renameCandidates.map(hints.displayRename),
      notExpressed: plan.notExpressed,
    };
  });
}
