import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import type { Session } from "../database/session.ts";
import { openContext, type Context, type ContextInput } from "./context.ts";
import { upgrade } from "./upgrade.ts";

export interface TestDatabaseInput extends ContextInput {
  /** Files of rows, `.sql` or modules, that run after the migrations. They count from the configuration's folder. */
  readonly seed: readonly string[];
}

/** A database of a test's own, at the heads of the history. */
export interface TestDatabase {
  /** Where it is, for any driver. `pglite://memory` for an embedded one, which only `client` leads to. */
  readonly url: string;
  /** The PGlite of an embedded database; undefined for one on a server. */
  readonly client: object | undefined;
  /** Makes it as it was at first, under the same URL. Connections to it are ended: pools have to be opened again. */
  reset(): Promise<void>;
  /** Drops it, whoever is connected. */
  drop(): Promise<void>;
}

/**
 * A migrated database for one test, one file of tests or one worker: on a server a copy of a template database, which is
 * made once for all processes and all runs as long as nothing in the folders of migrations, the configuration or the
 * seed changes; in memory where the configuration names the embedded database.
 */
export async function testDatabase(input: TestDatabaseInput): Promise<TestDatabase> {
  const context = await openContext(input);
  const { parseDatabaseUrl } = await import("../database/url.ts");
  const { url, folder } = context.config;
  const seed = input.seed.map((path) => resolve(folder, path));
  return parseDatabaseUrl(url, folder).kind === "server"
    ? await onServer(context, input, seed)
    : await inMemory(context, input, seed);
}

async function onServer(context: Context, input: TestDatabaseInput, seed: readonly string[]): Promise<TestDatabase> {
  const { copyName, copyTemplate, dropDatabase, ensureTemplate } = await import("../database/template.ts");
  const live = await openLive(context);
  try {
    const urlOf = (name: string): string => urlOfDatabase(context.config.url, name);
    const template = await ensureTemplate(live, contentsOf(context, seed), (name) =>
      fill({ ...input, url: urlOf(name) }, seed),
    );
    const name = await copyName(live);
    await copyTemplate(live, template, name);
    return {
      url: urlOf(name),
      client: undefined,
      async reset() {
        await dropDatabase(live, name);
        await copyTemplate(live, template, name);
      },
      async drop() {
        await dropDatabase(live, name);
        await live.close();
      },
    };
  } catch (error) {
    await live.close();
    throw error;
  }
}

/** The configuration's database may be one that nobody has made: only its server is needed. */
async function openLive({ config }: Context): Promise<Session> {
  const { openSession } = await import("../database/open.ts");
  const { url, folder, env } = config;
  try {
    return await openSession(url, folder, env);
  } catch (error) {
    if (!isLimbeckError(error) || error.code !== "DATABASE_NOT_FOUND") throw error;
    return await openSession(urlOfDatabase(url, "postgres"), folder, env);
  }
}

function urlOfDatabase(text: string, name: string): string {
  const url = new URL(text);
  url.pathname = `/${encodeURIComponent(name)}`;
  url.searchParams.delete("dbname");
  return url.href;
}

/** Migrates a database, and runs the seed. */
async function fill(input: ContextInput, seed: readonly string[]): Promise<void> {
  const context = await openContext(quiet(input));
  try {
    await migrate(context, seed);
  } finally {
    await context.close();
  }
}

async function migrate(context: Context, seed: readonly string[]): Promise<void> {
  // What a database that nobody uses asks of nobody.
  const free = { ...context, config: { ...context.config, require: [] } };
  if (context.graph().size > 0) await upgrade(free, "heads");
  const { runUserScript } = await import("../proof/user-script.ts");
  for (const path of seed) await runUserScript(await context.session(), path, context.authoring);
}

/** What a test database is made with is nobody's news. */
function quiet(input: ContextInput): ContextInput {
  return { ...input, listener: undefined, ask: undefined, askText: undefined };
}

async function inMemory({ config }: Context, input: TestDatabaseInput, seed: readonly string[]): Promise<TestDatabase> {
  const { openSession } = await import("../database/open.ts");
  const { openEmbeddedArchive } = await import("../database/embedded-archive.ts");
  const url = "pglite://memory";
  let session = await openSession(url, config.folder, config.env);
  await fill({ ...input, url, client: session.client as object }, seed);
  const snapshot = await (session.client as PGlite).dumpDataDir("none");
  return {
    url,
    get client() {
      return session.client as object;
    },
    async reset() {
      await session.close();
      session = await openEmbeddedArchive(Buffer.from(await snapshot.arrayBuffer()));
    },
    drop: () => session.close(),
  };
}

/** Twelve digits that stand for everything a template is made from. */
function contentsOf({ config, version }: Context, seed: readonly string[]): string {
  const { file, folder, locations, versionTable } = config;
  const files = [...(file === undefined ? [] : [file]), ...locations.flatMap(filesIn), ...seed];
  const hash = createHash("sha256").update(JSON.stringify([version, versionTable]));
  for (const path of files) hash.update(`\0${relative(folder, path)}\0`).update(readFileSync(path));
  return hash.digest("hex").slice(0, 12);
}

/** Helpers that revisions import stand among them, so that every file counts. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .toSorted()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
