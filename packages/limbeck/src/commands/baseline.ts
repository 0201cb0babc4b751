import { LimbeckError } from "../errors/limbeck-error.ts";
import { sourceOf } from "../operations/catalogue.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import type { GeneratedHalf } from "./generated-revision.ts";
import { writeGeneratedRevision } from "./generated-revision.ts";
import type { NewRevisionOptions } from "./new-revision.ts";
import { graphOrEmpty } from "./revision.ts";
import { readEmpty, readLive } from "./schemas.ts";
import { stamp } from "./stamp.ts";

export interface BaselineOptions extends NewRevisionOptions {
  /** Whether the file is tried in a scratch database before it counts. Default: true. */
  readonly proof?: boolean;
}

export interface BaselineResult {
  readonly revision: string;
  readonly path: string;
  /** What the upgrade does, as calls. */
  readonly operations: readonly string[];
  /** Things that the database has and the revision does not make. */
  readonly notExpressed: readonly string[];
  /** The version table's rows afterwards. */
  readonly heads: readonly string[];
}

/**
 * Writes the first revision, which makes the live schema out of nothing, and stamps the database with it: the beginning of a
 * history for a database that has none. Throws DATABASE_NOT_UP_TO_DATE where there is one, and PROOF_FAILED.
 */
export async function baseline(context: Context, options: BaselineOptions = {}): Promise<BaselineResult> {
  const graph = graphOrEmpty(context);
  const state = await databaseState(context, graph);
  if (graph.size > 0 || state.rows.length > 0) throw begun(graph.size);
  const { planChanges } = await import("../schema/plan.ts");
  const session = await context.session();
  const { tryTables } = await import("../runner/run.ts");
  await tryTables(session, context.config.versionTable, state);
  const [live, empty] = [await readLive(context, session), await readEmpty(context, session)];
  const there = planChanges(empty, live);
  const half = (operations: GeneratedHalf["operations"]): GeneratedHalf => ({ operations, notes: new Map() });
  const { revision, path } = await writeGeneratedRevision(context, graph, [], options, {
    upgrade: half(there.operations),
    downgrade: half(planChanges(live, empty).operations),
    proof: options.proof === false ? undefined : { session, live: empty, target: live },
  });
  const { heads } = await stamp(context, [revision]);
  return {
    revision,
    path,
    operations: there.operations.map((operation) => `${sourceOf(operation)};`),
    notExpressed: there.notExpressed,
    heads,
  };
}

function begun(size: number): LimbeckError {
  return new LimbeckError("DATABASE_NOT_UP_TO_DATE", {
    message:
      size === 0
        ? "The database has a version table with rows, so its history has begun already."
        : `There ${size === 1 ? "is a revision" : `are ${size} revisions`} already, so the history has begun.`,
    hint: "A baseline is the first revision. Use `limbeck revision --autogenerate` for what comes after it.",
  });
}
