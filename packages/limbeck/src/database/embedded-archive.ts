import { existsSync, renameSync, rmSync } from "node:fs";
import { reasonOf } from "../errors/reason.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { takeEmbeddedLock } from "./embedded-lock.ts";
import { importPglite, replacedFolder, sessionOfEmbeddedClient } from "./embedded-session.ts";
import type { Session } from "./session.ts";

/** Opens an archive of a data folder in memory. Throws BACKUP_FAILED for a file that is none. */
export async function openEmbeddedArchive(archive: Buffer<ArrayBuffer>): Promise<Session> {
  const client = await unpacked(archive, undefined);
  return { ...sessionOfEmbeddedClient(client), close: () => client.close() };
}

/**
 * Makes the embedded database in a folder what an archive says. The archive is unpacked and opened beside it first, and
 * takes its place only then. Nobody may have it open. Throws EMBEDDED_IN_USE and BACKUP_FAILED.
 */
export async function replaceEmbedded(folder: string, archive: Buffer<ArrayBuffer>): Promise<void> {
  const unlock = await takeEmbeddedLock(folder, WAIT_MS);
  const fresh = `${folder}.new-${process.pid}`;
  try {
    rmSync(fresh, { recursive: true, force: true });
    const client = await unpacked(archive, fresh);
    await client.close();
    if (existsSync(folder)) {
      rmSync(replacedFolder(folder), { recursive: true, force: true });
      renameSync(folder, replacedFolder(folder));
    }
    renameSync(fresh, folder);
    rmSync(replacedFolder(folder), { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    unlock();
  }
}

const WAIT_MS = 15_000;

async function unpacked(archive: Buffer<ArrayBuffer>, folder: string | undefined) {
  const { PGlite } = await importPglite();
  try {
    const client = await PGlite.create(folder, { loadDataDir: new Blob([archive]) });
    await client.query("select 1");
    return client;
  } catch (cause) {
    throw new LimbeckError("BACKUP_FAILED", {
      message: `The archive cannot be opened: ${reasonOf(cause)}.`,
      hint: "Take another backup. The database is as it was.",
      cause,
    });
  }
}
