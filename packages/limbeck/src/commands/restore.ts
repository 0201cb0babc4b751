import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Manifest } from "../proof/backup/manifest.ts";
import type { ObjectCounts } from "../proof/backup/objects.ts";
import type { Session } from "../database/session.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { clientTools } from "./backup.ts";
import type { Context } from "./context.ts";
import { confirmName } from "./confirm-name.ts";
import { runContext } from "./run-context.ts";

export interface RestoreOptions {
  /** Whether what the database has now may go. */
  readonly allowDataLoss?: boolean | undefined;
  /** The database's name, which says so as well. */
  readonly confirm?: string | undefined;
  /** Whether objects get their owners, and their grants. Default: true. */
  readonly owner?: boolean | undefined;
  readonly privileges?: boolean | undefined;
}

export interface RestoreResult {
  readonly file: string;
  /** Whether the database has now what the backup's manifest says; true where there is none. */
  readonly ok: boolean;
  /** Null for a file without a manifest, which could not be compared with anything. */
  readonly manifest: Manifest | null;
  /** What the database has now. */
  readonly objects: ObjectCounts;
  /** The version table's rows, sorted. */
  readonly heads: readonly string[];
  readonly durationMs: number;
}

/**
 * Makes the database what a backup says, under the migration lock. What is in it goes, if somebody says that it may. A
 * failure leaves it as it was. Throws BACKUP_NOT_FOUND, BACKUP_DAMAGED, DATABASE_NOT_EMPTY, NOT_CONFIRMED,
 * PG_DUMP_NOT_FOUND, LOCK_TIMEOUT, RESTORE_FAILED and INTERRUPTED.
 */
export async function restore(context: Context, path: string, options: RestoreOptions = {}): Promise<RestoreResult> {
  const started = performance.now();
  const file = resolve(context.cwd, path);
  const { checkedManifest } = await import("../proof/backup/manifest.ts");
  const manifest = await checkedManifest(file);
  const session = await context.session();
  refuseOtherKind(file, session);
  const wasEmpty = await consent(context, session, options);
  if (session.kind === "embedded") await restoreInFolder(context, session, file);
  else await restoreOnServer(context, session, file, { ...options, wasEmpty, madeBy: madeBy(manifest) });
  const state = await stateAfter(context);
  const ok = manifest === undefined || sameCounts(manifest.objects, state.objects);
  return { file, ok, manifest: manifest ?? null, ...state, durationMs: Math.round(performance.now() - started) };
}

function madeBy(manifest: Manifest | undefined): number {
  return manifest === undefined ? 0 : Number.parseInt(manifest.programVersion, 10);
}

interface ServerRestore {
  /** The major of the pg_dump that made the archive. */
  readonly madeBy: number;
  /** Nobody was asked then. */
  readonly wasEmpty: boolean;
}

async function restoreOnServer(
  context: Context,
  session: Session,
  file: string,
  { owner = true, privileges = true, madeBy: atLeast, wasEmpty, allowDataLoss }: RestoreOptions & ServerRestore,
): Promise<void> {
  const [{ withLock }, { restoreServer }, { listArchive }] = await Promise.all([
    import("../runner/run.ts"),
    import("../proof/backup/restore-server.ts"),
    import("../proof/backup/backup-server.ts"),
  ]);
  const tools = await clientTools(context, session, atLeast);
  await listArchive(tools.programs, file, tools.run);
  // The revisions are nobody's business here, and their files need not be there.
  const runs = await runContext(context, RevisionGraph.from([]));
  await withLock(runs, async () => {
    if (wasEmpty) await consent(context, session, { allowDataLoss });
    context.listener({ type: "restoreStart", file });
    await restoreServer({ file, ...tools, lockWaitMs: context.config.lock.waitMs, owner, privileges });
    // The archive has no statistics, and without them the planner guesses.
    await session.query("ANALYZE").catch(() => undefined);
  });
}

async function restoreInFolder(context: Context, session: Session, file: string): Promise<void> {
  const { replaceEmbedded } = await import("../database/embedded-archive.ts");
  const [, folder] = /^pglite:\/\/(?!memory$)(.+)$/.exec(session.description) ?? [];
  if (folder === undefined) {
    throw new LimbeckError("USAGE", {
      message: "An embedded database in memory, or of the caller's own, cannot be replaced.",
      hint: "Restore into a folder, or open the archive as PGlite's loadDataDir.",
    });
  }
  context.listener({ type: "restoreStart", file });
  await context.close();
  await replaceEmbedded(folder, readFileSync(file));
}

async function stateAfter(context: Context): Promise<Pick<RestoreResult, "objects" | "heads">> {
  const [{ databaseFacts }, { readState }] = await Promise.all([
    import("../proof/backup/database-facts.ts"),
    import("../runner/version-table.ts"),
  ]);
  const session = await context.session();
  const { objects } = await databaseFacts(session);
  const { rows } = await readState(session, context.config.versionTable);
  return { objects, heads: rows };
}

function sameCounts(expected: ObjectCounts, found: ObjectCounts): boolean {
  const kinds = Object.keys({ ...expected, ...found }) as (keyof ObjectCounts)[];
  return kinds.every((kind) => expected[kind] === found[kind]);
}

/**
 * What is in the database goes only if somebody says so, and where the configuration requires it by its name. Tells
 * whether there is nothing.
 */
async function consent(
  context: Context,
  session: Session,
  { allowDataLoss, confirm }: RestoreOptions,
): Promise<boolean> {
  const { databaseFacts } = await import("../proof/backup/database-facts.ts");
  const { countsText } = await import("../proof/backup/objects.ts");
  const { objects, estimatedRows, database } = await databaseFacts(session);
  const isEmpty = Object.keys(objects).length === 0;
  const what = isEmpty
    ? `The database ${database.name} at ${session.description} will be what the backup says.`
    : `What ${database.name} at ${session.description} has now is dropped: ${countsText(objects)}, about ${estimatedRows.toLocaleString("en-US")} rows.`;
  const isAsked = confirm !== undefined || context.askText !== undefined;
  if (context.config.require.includes("confirm") || (!isEmpty && !allowDataLoss && isAsked)) {
    await confirmName(context, what, confirm);
    return isEmpty;
  }
  if (isEmpty || allowDataLoss) return isEmpty;
  throw new LimbeckError("DATABASE_NOT_EMPTY", {
    message: `${what} Nobody has said that it may be, and nothing was done.`,
    hint: "Restore into an empty database, or say --allow-data-loss (in the library: `allowDataLoss: true`).",
    details: { database: database.name, objects },
  });
}

function refuseOtherKind(file: string, session: Session): void {
  const head = beginningOf(file);
  const format =
    head.toString("latin1") === "PGDMP" ? "server" : head[0] === 0x1f && head[1] === 0x8b ? "embedded" : undefined;
  if (format === session.kind) return;
  throw new LimbeckError("BACKUP_DAMAGED", {
    message:
      format === undefined
        ? `${file} is neither an archive of pg_dump's custom format nor one of the embedded database's.`
        : `${file} is a backup of ${format === "server" ? "a server's database" : "an embedded database"}, and ${session.description} is none.`,
    hint: "See that the file and the database belong together: --url and --env choose the database.",
  });
}

function beginningOf(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const head = Buffer.alloc(5);
    readSync(descriptor, head);
    return head;
  } finally {
    closeSync(descriptor);
  }
}
