import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isLimbeckError, LimbeckError } from "../../errors/limbeck-error.ts";
import { reasonOf } from "../../errors/reason.ts";
import { manifestPath, sha256Of, type Manifest, type Written } from "./manifest.ts";

/** Where a backup goes: a name of our own in a folder, or the file that somebody asked for. */
export type BackupPlace =
  | { readonly folder: string; readonly stem: string; readonly extension: string }
  | { readonly file: string };

/** Writes a file, checks it, and tells what it is. */
export type BackupWriter = (part: string) => Promise<Written>;

export interface Backup {
  readonly file: string;
  readonly manifest: Manifest;
}

/** What is behind the name of a file that is being written. Nothing ever takes such a file for a backup. */
const PART = ".part";

/**
 * Writes a backup so that it has its name only when it is whole, checked and on the disk: Only the account that runs this can read it. Overwrites nothing; what a failure leaves is
 * removed. Throws FILE_EXISTS and BACKUP_FAILED.
 */
export async function writeBackup(place: BackupPlace, write: BackupWriter): Promise<Backup> {
  const folder = "file" in place ? dirname(place.file) : place.folder;
  const file = attempted(folder, () => begun(place, folder));
  const [part, note] = [file + PART, manifestPath(file) + PART];
  try {
    const written = await write(part);
    syncFile(part);
    const { size: bytes } = statSync(part);
    const manifest: Manifest = { ...written, file: basename(file), bytes, sha256: await sha256Of(part) };
    writeFileSync(note, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    syncFile(note);
    publish(part, file);
    publish(note, manifestPath(file));
    syncFolder(folder);
    return { file, manifest };
  } catch (cause) {
    throw failed(folder, cause);
  } finally {
    for (const path of [part, note]) rmSync(path, { force: true });
  }
}

function attempted<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw failed(folder, cause);
  }
}

function failed(folder: string, cause: unknown): unknown {
  if (isLimbeckError(cause)) return cause;
  return new LimbeckError("BACKUP_FAILED", {
    message: `The backup could not be written to ${folder}: ${reasonOf(cause)}.`,
    hint: "See whether the disk has room, and the folder may be written. What was written is removed; the database is as it was.",
    cause,
  });
}

/** Takes a name that nobody has, by making the file that will get it. */
function begun(place: BackupPlace, folder: string): string {
  const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  // What is in a database is nothing for a repository.
  if (isNew) writeFileSync(join(folder, ".gitignore"), "*\n");
  sweep(folder);
  for (let n = 1; ; n++) {
    const file =
      "file" in place ? place.file : join(folder, `${place.stem}${n === 1 ? "" : `-${n}`}${place.extension}`);
    if (!existsSync(file) && !existsSync(manifestPath(file)) && create(file + PART)) return file;
    if ("file" in place) {
      throw new LimbeckError("FILE_EXISTS", {
        message: `${file} exists already, or is being written, and a backup is never overwritten.`,
        hint: "Name another file, or a folder, in which each backup gets a name with its time.",
        where: { file },
      });
    }
  }
}

function create(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Removes what runs that were killed have left: parts of ours that nobody has written to for a day. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!/\d{8}T\d{6}Z(?:-\d+)?\.(?:dump|tar\.gz)(?:\.json)?\.part$/.test(name)) continue;
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { force: true });
  }
}

/** Gives a file its name. A second name for it fails where the name is taken, which renaming would not notice. */
function publish(part: string, file: string): void {
  try {
    linkSync(part, file);
  } catch (error) {
    // Not every file system has links.
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(file)) throw error;
    renameSync(part, file);
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** So that the name survives a power cut too. Windows has no such thing for folders. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
