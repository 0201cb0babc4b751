import type { ReadSchemaOptions } from "../database/read-schema.ts";
import type { Session } from "../database/session.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { HISTORY_TABLE } from "../runner/history-table.ts";
import { included } from "../schema/exclude.ts";
import type { Schema } from "../schema/fact.ts";
import type { WithTarget } from "../sources/read-target.ts";
import type { Context } from "./context.ts";
import { runContext } from "./run-context.ts";

/** What is nobody's business in a comparison: the tool's own tables, and what the configuration excludes. */
export function exclusionOf({ config }: Context): ReadSchemaOptions {
  const { versionTable, exclude } = config;
  return { exclude, ignore: [versionTable, { schema: versionTable.schema, name: HISTORY_TABLE }] };
}

/** The schema of a database as it is compared. */
export async function readLive(context: Context, session: Session): Promise<Schema> {
  const { readSchema } = await import("../database/read-schema.ts");
  return included(await readSchema(session, exclusionOf(context)), "live", context.config.inclusion);
}

/** Reads when it is first asked, and answers the same ever after. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}

/** The configured target schema. Throws USAGE where there is none. */
export function configuredTarget({ config }: Context): readonly string[] {
  if (config.schema.length > 0) return config.schema;
  throw new LimbeckError("USAGE", {
    message: "There is nothing to compare with: no `schema` is configured.",
    hint: "Set `schema` in limbeck.config.ts to Drizzle modules, .sql files or a database; or name a source.",
  });
}

const REVISION = /^rev:/;

export interface Beside {
  /** The session beside which files are built. */
  readonly session: Session;
  /** Reads what it will be compared with, in whose words expressions are given: meanwhile, and once. */
  readonly live?: (() => Promise<Schema>) | undefined;
  /** The URL of another server to build them on. */
  readonly scratch?: string;
}

/**
 * Reads the schema of sources: Drizzle modules, SQL files, folders, the URL of a database, or `rev:ID`, which is what the
 * revisions up to that one make of an empty database.
 */
export async function readSources(context: Context, sources: readonly string[], beside: Beside): Promise<Schema> {
  return await withSources(context, sources, beside, (schema) => Promise.resolve(schema));
}

/** The same, and does something while the scratch database that it was built in still holds it. */
export async function withSources<Result>(
  context: Context,
  sources: readonly string[],
  beside: Beside,
  work: WithTarget<Result>,
): Promise<Result> {
  const { config, authoring } = context;
  const { session, live, scratch: place } = beside;
  const { folder, env, namingConvention, casing } = config;
  const about = {
    ...exclusionOf(context),
    session,
    folder,
    env,
    ...(live !== undefined && { live }),
    ...(place !== undefined && { scratch: place }),
  };
  const wanted: WithTarget<Result> = (target, built) => work(included(target, "target", config.inclusion), built);
  const revision = sources.find((source) => REVISION.test(source));
  if (revision !== undefined) {
    if (sources.length > 1) throw mixedWithRevision(revision);
    const { withBuilt } = await import("../sources/read-target.ts");
    const build = (scratch: Session): Promise<void> => replay(context, scratch, revision.replace(REVISION, ""));
    return await withBuilt(about, { silentOn: [], build }, wanted);
  }
  const { withTargetSchema } = await import("../sources/read-target.ts");
  return await withTargetSchema(sources, { ...about, authoring, namingConvention, casing }, wanted);
}

/** Runs the revisions up to one, or to all heads, in an empty database. */
async function replay(context: Context, scratch: Session, target: string): Promise<void> {
  const { run } = await import("../runner/run.ts");
  const graph = context.graph();
  if (graph.size === 0 && EVERYTHING_OR_NOTHING.has(target)) return;
  const there = await runContext({ ...context, session: () => Promise.resolve(scratch) }, graph);
  await run({ ...there, listener: () => undefined }, "upgrade", target);
}

/** What a history without revisions has, too. */
const EVERYTHING_OR_NOTHING = new Set(["head", "heads", "base"]);

function mixedWithRevision(revision: string): LimbeckError {
  return new LimbeckError("USAGE", {
    message: `${revision} is a schema by itself, and other sources were named with it.`,
    hint: "Name the revision alone.",
  });
}

/** The schema of an empty database beside another one: what the server gives to each. */
export async function readEmpty(context: Context, session: Session): Promise<Schema> {
  const [{ withScratchDatabase }, { readSchema }] = await Promise.all([
    import("../database/scratch.ts"),
    import("../database/read-schema.ts"),
  ]);
  return await withScratchDatabase(session, (scratch) => readSchema(scratch, exclusionOf(context)));
}

const URL = /^[a-z][a-z0-9+]*:\/\//i;

/**
 * Works with what reads one side of something, once, and with the session beside which the rest is built: a database that is named
 * is that itself, and its server prints everything alike. Without a source it is the live database.
 */
export async function withSource<Result>(
  context: Context,
  { source, ...at }: { readonly source: string | undefined; readonly scratch?: string },
  work: (read: () => Promise<Schema>, session: Session) => Promise<Result>,
): Promise<Result> {
  if (source === undefined || !URL.test(source)) {
    const session = await context.session();
    if (source === undefined)
      return await work(
        once(() => readLive(context, session)),
        session,
      );
    const schema = await readSources(context, [source], { session, ...at });
    return await work(() => Promise.resolve(schema), session);
  }
  const { openSession } = await import("../database/open.ts");
  const opened = await openSession(source, context.config.folder, context.config.env);
  try {
    return await work(
      once(() => readLive(context, opened)),
      opened,
    );
  } finally {
    await opened.close();
  }
}
