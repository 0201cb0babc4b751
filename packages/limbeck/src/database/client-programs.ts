import { execFile } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { LimbeckError } from "../errors/limbeck-error.ts";

/** PostgreSQL's own programs of one version, which stand in one folder. */
export interface ClientPrograms {
  readonly folder: string;
  readonly major: number;
  /** As they say it themselves: `15.18`. */
  readonly version: string;
  readonly pgDump: string;
  readonly pgRestore: string;
  readonly psql: string;
}

export interface WantedPrograms {
  /** The oldest major that will do: `pg_dump` refuses servers that are newer than itself. */
  readonly major: number;
  /** The only folder to look into, where the configuration names one. */
  readonly folder: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Finds the programs of the oldest version that will do: on the PATH, and where Debian, Red Hat, Homebrew, Postgres.app
 * and the installer for Windows put them. Throws PG_DUMP_NOT_FOUND.
 */
export async function findClientPrograms(wanted: WantedPrograms): Promise<ClientPrograms> {
  const folders = wanted.folder === undefined ? usualFolders(wanted.env) : [wanted.folder];
  const found = (await Promise.all(folders.map(programsIn))).filter((programs) => programs !== undefined);
  const [best] = found.filter(({ major }) => major >= wanted.major).toSorted((a, b) => a.major - b.major);
  if (best !== undefined) return best;
  throw notFound(wanted, found);
}

const EXTENSION = process.platform === "win32" ? ".exe" : "";

async function programsIn(folder: string): Promise<ClientPrograms | undefined> {
  const [pgDump, pgRestore, psql] = ["pg_dump", "pg_restore", "psql"].map((name) => join(folder, name + EXTENSION));
  if (![pgDump, pgRestore, psql].every((path) => existsSync(path!))) return undefined;
  try {
    // Debian's wrapper on the PATH chooses a version by itself; the programs behind it are in a folder of their own.
    if (realpathSync(pgDump!).endsWith("pg_wrapper")) return undefined;
    const { stdout } = await promisify(execFile)(pgDump!, ["--version"], { timeout: 10_000 });
    const [, version] = /\(PostgreSQL\) (\S+)/.exec(stdout) ?? [];
    if (version === undefined) return undefined;
    return {
      folder,
      major: Number.parseInt(version, 10),
      version,
      pgDump: pgDump!,
      pgRestore: pgRestore!,
      psql: psql!,
    };
  } catch {
    return undefined;
  }
}

function usualFolders(env: NodeJS.ProcessEnv): string[] {
  const path = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const homebrew = ["/opt/homebrew/opt", "/usr/local/opt"].flatMap((folder) =>
    within(folder, /^(?:postgresql(?:@\d+)?|libpq)$/),
  );
  const installed = [
    ...within("/usr/lib/postgresql", /^\d+$/),
    ...within("/usr", /^pgsql-\d+$/),
    ...homebrew,
    ...within("/Applications/Postgres.app/Contents/Versions", /^\d+$/),
    ...within(join(env["ProgramFiles"] ?? "C:\\Program Files", "PostgreSQL"), /^\d+$/),
  ].map((folder) => join(folder, "bin"));
  return Array.from(new Set([...path, ...installed]));
}

function within(folder: string, name: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((entry) => name.test(entry))
      .map((entry) => join(folder, entry));
  } catch {
    return [];
  }
}

function notFound({ major, folder }: WantedPrograms, found: readonly ClientPrograms[]): LimbeckError {
  const place = folder === undefined ? "on this machine" : `in ${folder}`;
  const others = found.map(({ version, folder: where }) => `${version} in ${where}`);
  return new LimbeckError("PG_DUMP_NOT_FOUND", {
    message:
      `pg_dump, pg_restore and psql of PostgreSQL ${major} or newer are needed, and are not ${place}` +
      `${others.length === 0 ? "" : `, which has ${others.join(", ")}`}.`,
    hint: `${INSTALL[process.platform]?.(major) ?? debian(major)} Or name their folder: \`backup: { programs: "…" }\` in the configuration, or LIMBECK_PG_BIN.`,
    details: { major, found: others },
  });
}

function debian(major: number): string {
  return `Debian's package is postgresql-client-${major}: \`apt-get install postgresql-client-${major}\`, from apt.postgresql.org where the distribution has an older one.`;
}

const INSTALL: Partial<Record<NodeJS.Platform, (major: number) => string>> = {
  darwin: (major) => `Homebrew has them: \`brew install postgresql@${major}\`.`,
  win32: (major) => `Install the command line tools of PostgreSQL ${major} from postgresql.org/download/windows.`,
};
