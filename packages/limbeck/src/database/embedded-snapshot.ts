import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import type { PgliteModule } from "./embedded-session.ts";

/**
 * Opens a PGlite database. A new one in a folder begins as a copy of a fresh data folder in the user's cache: making
 * one from nothing runs initdb in WebAssembly, which takes seconds, and copying takes a fraction of one.
 */
export async function createFromSnapshot({ PGlite }: PgliteModule, folder: string | undefined): Promise<PGlite> {
  if (folder === undefined) return await createInMemory(PGlite);
  if (!existsSync(join(folder, "PG_VERSION"))) {
    const cache = cacheFolder();
    if (cache !== undefined && (await ensureSnapshot(PGlite, cache))) copyWhole(cache, folder);
  }
  return await PGlite.create(folder);
}

/** In memory, a database is unpacked from an archive in the cache, which leaves nothing on the disk to clean up. */
async function createInMemory(Pglite: typeof PGlite): Promise<PGlite> {
  const cache = cacheFolder();
  if (cache === undefined) return await Pglite.create();
  const archive = `${cache}.tar`;
  if (existsSync(archive)) return await Pglite.create({ loadDataDir: new Blob([readFileSync(archive)]) });
  const database = await Pglite.create();
  try {
    const data = await database.dumpDataDir("none");
    mkdirSync(dirname(archive), { recursive: true });
    const part = `${archive}.new-${process.pid}`;
    writeFileSync(part, Buffer.from(await data.arrayBuffer()));
    renameSync(part, archive);
  } catch {
    // A cache that cannot be written is no error.
  }
  return database;
}

function cacheFolder(): string | undefined {
  try {
    // The package does not export its package.json, which stands above the folder of its entry.
    const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
    const manifest = readFileSync(join(dirname(entry), "..", "package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "limbeck", `pglite-${version}`);
  } catch {
    return undefined;
  }
}

/** Whether the cache has a snapshot, made now if it had none. A cache that cannot be written is no error. */
async function ensureSnapshot(Pglite: typeof PGlite, cache: string): Promise<boolean> {
  if (existsSync(join(cache, "PG_VERSION"))) return true;
  try {
    mkdirSync(dirname(cache), { recursive: true });
    const fresh = mkdtempSync(`${cache}-`);
    const database = await Pglite.create(fresh);
    await database.close();
    moveWhole(fresh, cache);
    return existsSync(join(cache, "PG_VERSION"));
  } catch {
    return false;
  }
}

/** Copies a folder so that it is there whole or not at all, whenever the process ends. */
function copyWhole(source: string, target: string): void {
  const copy = `${target}.new-${process.pid}`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(source, copy, { recursive: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(copy, target);
}

/** Somebody else's snapshot that was ready first is as good. */
function moveWhole(source: string, target: string): void {
  try {
    renameSync(source, target);
  } catch {
    rmSync(source, { recursive: true, force: true });
  }
}
