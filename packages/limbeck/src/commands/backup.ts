import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ClientPrograms } from "../database/client-programs.ts";
import type { ProgramOptions } from "../database/run-program.ts";
import type { Session } from "../database/session.ts";
import type { BackupPlace, BackupWriter } from "../proof/backup/backup-file.ts";
import type { EmbeddedBackupInput } from "../proof/backup/embedded.ts";
import type { Manifest } from "../proof/backup/manifest.ts";
import type { Context } from "./context.ts";

export { countsText } from "../proof/backup/objects.ts";
export type { Manifest };

export interface BackupOptions {
  /** A folder, or the file to write. Default: the configuration's folder, `backups`. */
  readonly output?: string | undefined;
  /** Removes older backups of this database from the folder: all but the newest so many. */
  readonly keep?: number | undefined;
  /** All but those younger than this, in milliseconds. With both, what one of them keeps stays. */
  readonly keepForMs?: number | undefined;
}

export interface BackupResult {
  /** The backup's file. Its manifest stands beside it, with `.json` behind its name. */
  readonly file: string;
  readonly manifest: Manifest;
  /** Older backups that were removed. */
  readonly removed: readonly string[];
}

/**
 * Writes a copy of the database to a file and reads it back. A server's through pg_dump, the embedded database's by
 * itself. Throws PG_DUMP_NOT_FOUND, BACKUP_FAILED, FILE_EXISTS and INTERRUPTED.
 */
export async function backup(context: Context, options: BackupOptions = {}): Promise<BackupResult> {
  const { config, now, version: limbeck } = context;
  const session = await context.session();
  const started = performance.now();
  const [{ writeBackup }, { nameOf }, { removeOld }] = await Promise.all([
    import("../proof/backup/backup-file.ts"),
    import("../proof/backup/database-facts.ts"),
    import("../proof/backup/retention.ts"),
  ]);
  const common = { session, table: config.versionTable, now, limbeck };
  const write = session.kind === "embedded" ? await embeddedWriter(common) : await serverWriter(context, common);
  const place = placeFor(context, nameOf(session).name, session.kind === "embedded" ? ".tar.gz" : ".dump", options);
  context.listener({ type: "backupStart", to: "file" in place ? place.file : place.folder });
  const { file, manifest } = await writeBackup(place, write);
  const retention = {
    keep: options.keep ?? config.backup.keep,
    keepForMs: options.keepForMs ?? config.backup.keepForMs,
  };
  const removed = removeOld(dirname(file), manifest.database, retention, now());
  context.listener({ type: "backupEnd", file, bytes: manifest.bytes, durationMs: performance.now() - started });
  return { file, manifest, removed };
}

async function embeddedWriter(common: EmbeddedBackupInput): Promise<BackupWriter> {
  const { backupEmbedded } = await import("../proof/backup/embedded.ts");
  return (part) => backupEmbedded(common, part);
}

async function serverWriter(context: Context, common: EmbeddedBackupInput): Promise<BackupWriter> {
  const { backupServer } = await import("../proof/backup/backup-server.ts");
  const tools = await clientTools(context, common.session, 0);
  const { waitMs: lockWaitMs } = context.config.lock;
  return (part) => backupServer({ ...common, ...tools, lockWaitMs }, part);
}

/** PostgreSQL's programs for the session's server, not older than `atLeast`, and how to run them. */
export async function clientTools(
  { config, signal }: Context,
  session: Session,
  atLeast: number,
): Promise<{ readonly programs: ClientPrograms; readonly run: ProgramOptions; readonly major: number }> {
  const [{ findClientPrograms }, { libpqEnvironment }] = await Promise.all([
    import("../database/client-programs.ts"),
    import("../database/libpq-environment.ts"),
  ]);
  const [row] = await session.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  const { major } = row!;
  const { url, folder, env, backup: settings } = config;
  const wanted = { major: Math.max(major, atLeast), folder: settings.programs, env };
  const programs = await findClientPrograms(wanted);
  return { programs, run: { env: libpqEnvironment(session, { url, folder, env }), signal }, major };
}

/** A name that says of what it is and of when, unless somebody says another. */
function placeFor(
  { config, cwd, now }: Context,
  database: string,
  extension: string,
  { output }: BackupOptions,
): BackupPlace {
  const path = output === undefined ? config.backup.folder : resolve(cwd, output);
  const isFolder = output === undefined || /[/\\]$/.test(output) || (existsSync(path) && statSync(path).isDirectory());
  if (!isFolder) return { file: path };
  const time = now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:]/g, "");
  return { folder: join(path), stem: `${database.replaceAll(/[^\w.-]/g, "_")}_${time}`, extension };
}
