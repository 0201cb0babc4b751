import { isLimbeckError } from "../errors/limbeck-error.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { EditedRevision } from "../runner/edited.ts";
import type { DatabaseState } from "../runner/version-table.ts";
import type { Difference } from "../schema/compare.ts";
import type { Schema } from "../schema/fact.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { lockFileState, type LockFileState } from "./heads-file.ts";
import { configuredTarget, once, readLive, readSources } from "./schemas.ts";

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
    | {
        readonly ok: boolean;
        readonly differences: readonly string[];
        /** The same, each with what it is about. */
        readonly objects: readonly DriftedObject[];
        /** Of the differences, those that the database has from somewhere else than the revisions. Null: nobody knows. */
        readonly byHand: readonly string[] | null;
        /** Of the differences, those that the target schema has and no revision makes. Null: nobody knows. */
        readonly withoutRevision: readonly string[] | null;
      }
    | { readonly ok: true; readonly notCompared: "no target schema" | "pending revisions" };
}

/** One thing that the database and the target schema do not have alike. */
export interface DriftedObject {
  /** As in `column`. */
  readonly kind: string;
  /** As in `pipeline.extra`, without the schema `public`. */
  readonly name: string;
  /** What the database has of it: nothing, or something on top, or something else. */
  readonly change: Difference["change"];
  /** The difference in one line. */
  readonly message: string;
}

/** The four questions of a deployment, answered without writing anything. */
export async function check(context: Context): Promise<CheckResult> {
  const graph = context.graph();
  const headIds = graph.heads();
  const state = await databaseState(context, graph);
  const steps = graph.size === 0 ? [] : graph.plan("upgrade", "heads", state.rows).steps;
  const heads = headsOf(context, headIds);
  const pending = { ok: steps.length === 0, revisions: steps.map(({ revision }) => revision) };
  const drift = pending.ok ? await driftOf(context) : { ok: true as const, notCompared: "pending revisions" as const };
  const edited = await editedOf(context, graph, state);
  return { ok: heads.ok && pending.ok && edited.ok && drift.ok, heads, pending, edited, drift };
}

function headsOf({ config }: Context, heads: readonly string[]): CheckResult["heads"] {
  const lockFile = lockFileState(config, heads);
  return { ok: heads.length <= 1 && lockFile !== "stale" && lockFile !== "conflict", heads, lockFile };
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

/** Compares the database with the target schema, if there is one. */
export async function driftOf(context: Context): Promise<CheckResult["drift"]> {
  const { config } = context;
  if (config.schema.length === 0) return { ok: true, notCompared: "no target schema" };
  const session = await context.session();
  const read = once(() => readLive(context, session));
  const target = await readSources(context, config.schema, { session, live: read });
  const live = await read();
  const { compareSchemas } = await import("../schema/compare.ts");
  const differences = compareSchemas(live, target);
  if (differences.length === 0) return { ok: true, differences: [], objects: [], byHand: [], withoutRevision: [] };
  const origins = await originsOf(context, { live, target }, differences);
  const objects = differences.map(({ kind, name, change, message }) => ({ kind, name, change, message }));
  return { ok: false, differences: objects.map(({ message }) => message), objects, ...origins };
}

/** Whose the differences are, held against what the revisions make: the database's, the target schema's, or of both. */
async function originsOf(
  context: Context,
  { live, target }: { readonly live: Schema; readonly target: Schema },
  differences: readonly Difference[],
): Promise<{ readonly byHand: readonly string[] | null; readonly withoutRevision: readonly string[] | null }> {
  const [session, { compareSchemas }] = [await context.session(), await import("../schema/compare.ts")];
  let replayed: Schema;
  try {
    replayed = await readSources(context, ["rev:heads"], { session, live: () => Promise.resolve(live) });
  } catch (error) {
    // Revisions may need rows, roles or another server: then nobody knows.
    if (!isLimbeckError(error) || error.code === "INTERRUPTED") throw error;
    return { byHand: null, withoutRevision: null };
  }
  const name = (difference: Difference): string => `${difference.kind} ${difference.name}`;
  const [byHand, inTarget] = [compareSchemas(live, replayed), compareSchemas(replayed, target)].map(
    (found) => new Set(found.map(name)),
  ) as [Set<string>, Set<string>];
  const messages = (isMeant: (each: string) => boolean): string[] =>
    differences.filter((each) => isMeant(name(each))).map(({ message }) => message);
  return {
    byHand: messages((each) => byHand.has(each)),
    withoutRevision: messages((each) => inTarget.has(each) || !byHand.has(each)),
  };
}

/** Whether the revisions, run in an empty database, make the target schema. */
export interface SqlOnlyCheckResult {
  readonly ok: boolean;
  readonly heads: CheckResult["heads"];
  /** What the target schema has otherwise than the revisions make it. */
  readonly differences: readonly string[];
}

export interface SqlOnlyCheckOptions {
  /** The server on which the scratch databases are made; in memory when left out. */
  readonly scratch?: string;
}

/** Asks of the files alone whether they belong together. Touches no database but scratch ones. */
export async function checkSqlOnly(
  context: Context,
  { scratch }: SqlOnlyCheckOptions = {},
): Promise<SqlOnlyCheckResult> {
  const { config } = context;
  const [{ openSession }, { compareSchemas }] = await Promise.all([
    import("../database/open.ts"),
    import("../schema/compare.ts"),
  ]);
  const targets = configuredTarget(context);
  const heads = headsOf(context, context.graph().heads());
  const session = await openSession(scratch ?? "pglite://memory", config.folder, config.env);
  try {
    const made = await readSources(context, ["rev:heads"], { session });
    const target = await readSources(context, targets, { session, live: () => Promise.resolve(made) });
    const differences = compareSchemas(made, target).map(({ message }) => message);
    return { ok: heads.ok && differences.length === 0, heads, differences };
  } finally {
    await session.close();
  }
}
