import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { manifestPath, readManifest, type BackedUpDatabase, type Manifest } from "./manifest.ts";

/** Which backups stay: those that one of the two says. Without any, all. */
export interface Retention {
  /** The newest so many. */
  readonly keep: number | undefined;
  /** Those that are younger, in milliseconds. */
  readonly keepForMs: number | undefined;
}

/**
 * Removes older backups of the same database from a folder, and gives their names. Only what has a manifest is known to
 * be one, and the newest stays, however old it is.
 */
export function removeOld(folder: string, of: BackedUpDatabase, { keep, keepForMs }: Retention, now: Date): string[] {
  if (keep === undefined && keepForMs === undefined) return [];
  const backups = backupsIn(folder).filter(({ database }) => isSame(database, of));
  const isKept = ({ takenAt }: Manifest, index: number): boolean =>
    index < Math.max(keep ?? 0, 1) || (keepForMs !== undefined && now.getTime() - Date.parse(takenAt) < keepForMs);
  return backups.flatMap((backup, index) => {
    if (isKept(backup, index)) return [];
    const path = join(folder, backup.file);
    // A manifest without its file is taken for nothing, a file without its manifest for somebody else's.
    rmSync(path, { force: true });
    rmSync(manifestPath(path), { force: true });
    return [path];
  });
}

/** The backups in a folder, newest first. */
function backupsIn(folder: string): Manifest[] {
  const files = readdirSync(folder).filter((name) => existsSync(manifestPath(join(folder, name))));
  return files
    .flatMap((name) => readManifest(join(folder, name)) ?? [])
    .toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
}

function isSame(a: BackedUpDatabase, b: BackedUpDatabase): boolean {
  return a.name === b.name && a.host === b.host && a.port === b.port;
}
