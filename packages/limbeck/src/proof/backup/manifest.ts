import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import type { ObjectCounts } from "./objects.ts";

/** What a backup is of. Stands beside it as JSON, in a file of its name with `.json` behind it. */
export interface Manifest {
  /** The version of limbeck that made it. */
  readonly limbeck: string;
  /** An archive in pg_dump's custom format, or the data folder of the embedded database as a compressed tar. */
  readonly format: "pg_dump" | "pglite";
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly database: BackedUpDatabase;
  /** Of the server, as in `17.10`, and of the program that wrote the file. */
  readonly serverVersion: string;
  readonly programVersion: string;
  /** When its snapshot was taken, in UTC: ISO 8601. */
  readonly takenAt: string;
  readonly durationMs: number;
  /** The version table's rows, sorted. */
  readonly revisions: readonly string[];
  readonly objects: ObjectCounts;
  /** By the planner's statistics. */
  readonly estimatedRows: number;
}

/** What whoever writes a backup knows of it. */
export type Written = Omit<Manifest, "file" | "bytes" | "sha256">;

export interface BackedUpDatabase {
  readonly name: string;
  /** Null for the embedded database, which is in `name`'s folder. */
  readonly host: string | null;
  readonly port: number | null;
}

export function manifestPath(file: string): string {
  return `${file}.json`;
}

/** Undefined where there is none, or where something else has that name. */
export function readManifest(file: string): Manifest | undefined {
  try {
    const read = JSON.parse(readFileSync(manifestPath(file), "utf8")) as Manifest;
    return typeof read.limbeck === "string" && read.file === basename(file) && typeof read.sha256 === "string"
      ? read
      : undefined;
  } catch {
    return undefined;
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** Reads what is known of a backup, and compares the file with it. Throws BACKUP_NOT_FOUND and BACKUP_DAMAGED. */
export async function checkedManifest(file: string): Promise<Manifest | undefined> {
  if (!existsSync(file)) {
    throw new LimbeckError("BACKUP_NOT_FOUND", {
      message: `There is no backup ${file}.`,
      hint: "Name the file that `limbeck backup` wrote, the one without .json behind it.",
    });
  }
  const manifest = readManifest(file);
  if (manifest === undefined) return undefined;
  const { size } = statSync(file);
  if (size === manifest.bytes && (await sha256Of(file)) === manifest.sha256) return manifest;
  throw new LimbeckError("BACKUP_DAMAGED", {
    message: `${file} is not the file that was checked when it was written: it has ${size} bytes of ${manifest.bytes}, or others.`,
    hint: "Take another copy of it, or another backup. Nothing was changed.",
    details: { file, bytes: size, expectedBytes: manifest.bytes },
  });
}
