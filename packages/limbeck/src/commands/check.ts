import type { RevisionGraph } from "../revisions/graph.ts";
import type { EditedRevision } from "../runner/edited.ts";
import { HISTORY_TABLE } from "../runner/history-table.ts";
import type { DatabaseState } from "../runner/version-table.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { lockFileState, type LockFileState } from "./heads-file.ts";

export interface CheckResult {
  /** Whether all four answers are as they should be. */
  readonly ok: boolean;
  /** Is there more than one head? */
  readonly heads: {
    readonly ok: boolean;
    readonly heads: readonly string[];
    /** What `limbeck.lock` says: the same heads, others, something git could not merge; or there is none, or none wanted. */
    readonly lockFile: LockFileState;
  };
  /** Are there revisions that are not applied? In the order in which they would run. */
  readonly pending: { readonly ok: boolean; readonly revisions: readonly string[] };
  /** Are there applied revisions whose files have been edited since? */
  readonly edited: { readonly ok: boolean; readonly revisions: readonly EditedRevision[] };
  /** Does the database differ from the target schema? Not compared when none is named, or revisions are pending. */
  readonly drift:
    | { readonly ok: boolean; readonly differences: readonly string[] }
    | { readonly ok: true; readonly notCompared: "no target schema" | "pending revisions" };
}

/** The four questions of a deployment, answered without writing anything. */
export async function check(context: Context): Promise<CheckResult> {
  const graph = context.graph();
  const headIds = graph.heads();
  const state = await databaseState(context, graph);
  const steps = graph.size === 0 ? [] : graph.plan("upgrade", "heads", state.rows).steps;
  const lockFile = lockFileState(context.config, headIds);
  const heads = {
    ok: headIds.length <= 1 && lockFile !== "stale" && lockFile !== "conflict",
    heads: headIds,
    lockFile,
  };
  const pending = { ok: steps.length === 0, revisions: steps.map(({ revision }) => revision) };
  const drift = pending.ok ? await driftOf(context) : { ok: true as const, notCompared: "pending revisions" as const };
  const edited = await editedOf(context, graph, state);
  return { ok: heads.ok && pending.ok && edited.ok && drift.ok, heads, pending, edited, drift };
}

async function editedOf(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  state: DatabaseState,
): Promise<CheckResult["edited"]> {
  const { editedRevisions } = await import("../runner/edited.ts");
  const revisions = await editedRevisions(await context.session(), context.config.versionTable, graph, state);
  return { ok: revisions.length === 0, revisions };
}

async function driftOf(context: Context): Promise<CheckResult["drift"]> {
  const { config, authoring } = context;
  if (config.schema.length === 0) return { ok: true, notCompared: "no target schema" };
  const session = await context.session();
  const { versionTable, exclude } = config;
  const exclusion = { exclude, ignore: [versionTable, { schema: versionTable.schema, name: HISTORY_TABLE }] };
  const [{ readSchema }, { readTargetSchema }, { compareSchemas }] = await Promise.all([
    import("../database/read-schema.ts"),
    import("../sources/read-target.ts"),
    import("../schema/compare.ts"),
  ]);
  const live = await readSchema(session, exclusion);
  const target = await readTargetSchema(config.schema, {
    ...exclusion,
    live,
    folder: config.folder,
    session,
    env: config.env,
    authoring,
  });
  const differences = compareSchemas(live, target).map(({ message }) => message);
  return { ok: differences.length === 0, differences };
}
