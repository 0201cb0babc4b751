import { loadIndependent } from "../database/load-beside.ts";
import { openSession } from "../database/open.ts";
import { readSchema } from "../database/read-schema.ts";
import { ensureRoles, loadOperations, loadSql } from "../database/scratch-load.ts";
import { isDoubtful, settleExpressions } from "../database/settle-expressions.ts";
import { withScratchAt, type Built, type ScratchPlace } from "../database/scratch.ts";
import type { Session } from "../database/session.ts";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import { named } from "../operations/named.ts";
import type { Exclusion } from "../schema/exclude.ts";
import type { Fact, Schema, Silence } from "../schema/fact.ts";
import { planChanges } from "../schema/plan.ts";
import type { Authoring } from "../scripts/load.ts";
import type { Casing } from "./drizzle-casing.ts";
import { DRIZZLE_IS_SILENT_ON, readDrizzle } from "./drizzle.ts";
import { findSources, type Source } from "./find-sources.ts";
import { readSql } from "./sql.ts";

export interface TargetContext extends Exclusion, ScratchPlace {
  /** The live database, beside which the target schema is built. */
  readonly session: Session;
  /** Reads the schema that the target will be compared with, in whose words expressions are then given: once, while the target is built. */
  readonly live?: () => Promise<Schema>;
  readonly authoring: Authoring;
  /** Names what Drizzle modules give no name. */
  readonly namingConvention?: NamingConvention | undefined;
  readonly casing?: Casing | undefined;
}

/** What is done with a schema, while the scratch database that it was built in still holds it; there is none for a database's own. */
export type WithTarget<Result> = (target: Schema, built: Built | undefined) => Promise<Result>;

/**
 * Reads the target schema from Drizzle modules and SQL files, in the order in which they are named, or from a database.
 * Files are built in a scratch database and read from its catalogs, so that PostgreSQL has the last word on every type
 * and expression. Throws SCHEMA_SOURCE_INVALID.
 */
export async function withTargetSchema<Result>(
  targets: readonly string[],
  context: TargetContext,
  work: WithTarget<Result>,
): Promise<Result> {
  const sources = findSources(targets, context.folder);
  const [first] = sources;
  if (first?.kind === "database") return await work(await readDatabase(first.url, context), undefined);
  const silentOn = sources.every(({ kind }) => kind === "drizzle") ? DRIZZLE_IS_SILENT_ON : [];
  const build = async (scratch: Session): Promise<void> => {
    for (const source of sources) await loadSource(scratch, source, context);
  };
  return await withBuilt(context, { silentOn, build }, work);
}

/** What a schema is built beside. */
export type Surroundings = Omit<TargetContext, "authoring">;

export interface Building {
  readonly silentOn: readonly Silence[];
  readonly build: (scratch: Session) => Promise<void>;
}

/** Builds a schema in a scratch database and reads it from its catalogs. */
export async function withBuilt<Result>(
  context: Surroundings,
  { silentOn, build }: Building,
  work: WithTarget<Result>,
): Promise<Result> {
  return await withScratchAt(context.session, context, async (scratch) => {
    const untouched = await aboutPublic(scratch);
    const [live] = await together(context.live?.(), build(scratch));
    // What is said of the database itself is said of another one.
    const silences: Silence[] = [...silentOn, "unmodelled database"];
    if ((await aboutPublic(scratch)) === untouched) silences.push("schema public");
    const schema = await readSchema(scratch, context);
    const read = withoutLoader(schema, await currentUser(scratch));
    const settled = live === undefined ? read : await settleExpressions(scratch, live, read);
    return await work({ ...settled, silentOn: silences }, { scratch, schema });
  });
}

/** Both results, when neither is under way any more: what one of them uses is still there then, should the other fail. */
async function together<A, B>(first: Promise<A> | A, second: Promise<B> | B): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return await Promise.all([first, second]);
}

/** Whose the schema `public` is, and what else is said of it: files that do not say a word leave that to the live database. */
async function aboutPublic(scratch: Session): Promise<string> {
  const [row] = await scratch.query<{ about: string }>(
    `select concat_ws(' ', nspowner, nspacl::text, obj_description(oid, 'pg_namespace')) as about
       from pg_namespace where nspname = 'public'`,
  );
  return row?.about ?? "";
}

async function currentUser(scratch: Session): Promise<string> {
  const [row] = await scratch.query<{ name: string }>("select session_user::text as name");
  return row!.name;
}

/** What belongs to the role that built the schema belongs to nobody that the files name. */
function withoutLoader(schema: Schema, loader: string): Schema {
  const isUnsaid = ({ kind, attributes }: Fact): boolean => kind === "owner" && attributes["role"] === loader;
  return {
    ...schema,
    facts: schema.facts.map((fact) => (isUnsaid(fact) ? { ...fact, attributes: { role: null } } : fact)),
  };
}

async function readDatabase(url: string, context: TargetContext): Promise<Schema> {
  const session = await openSession(url, context.folder, context.env);
  let read: Schema, live: Schema | undefined;
  try {
    [live, read] = await together(context.live?.(), readSchema(session, context));
  } finally {
    await session.close();
  }
  return live === undefined || !isDoubtful(live, read) ? read : await settledInCopy(context, live, read);
}

/** Nothing is tried out in a database that is somebody's: a copy of its schema does. One that cannot be made settles nothing. */
async function settledInCopy(context: TargetContext, live: Schema, target: Schema): Promise<Schema> {
  return await withScratchAt(context.session, context, async (scratch) => {
    const { operations } = planChanges(await readSchema(scratch, context), target, { defaultSchema: null });
    try {
      await loadOperations(scratch, "", operations);
    } catch (error) {
      if (!isLimbeckError(error) || error.code !== "SCHEMA_SOURCE_INVALID") throw error;
      return target;
    }
    return await settleExpressions(scratch, live, target);
  });
}

async function loadSource(
  scratch: Session,
  source: Source,
  { authoring, namingConvention, casing }: TargetContext,
): Promise<void> {
  if (source.kind === "sql") {
    for (const file of source.files) await loadSql(scratch, file, readSql(file));
  } else if (source.kind === "drizzle") {
    const { operations, roles } = await readDrizzle(source.files, authoring, casing);
    await ensureRoles(scratch, source.files[0]!, roles);
    const called =
      namingConvention === undefined ? operations : operations.map((operation) => named(operation, namingConvention));
    await loadIndependent(scratch, source.files[0]!, called);
  }
}
