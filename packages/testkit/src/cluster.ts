import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { findBinaries, serverAccount } from "./binaries.ts";

/** A running PostgreSQL server. */
export interface Cluster {
  /** The superuser's URL of the database `postgres`; no password needed. */
  readonly url: string;
  /** Where the programs came from: `npm`, `system 15`, `option`, `TEST_PG_BIN` or `TEST_DATABASE_URL`. */
  readonly source: string;
  readonly major: number;
  /** The folder with its data; undefined for a server that is not ours. */
  readonly data?: string;
  /**
   * Ends the server as a crash does: nothing is written any more, every connection breaks, and the next start recovers
   * from the write-ahead log. Missing for a server that is not ours.
   */
  readonly crash?: () => Promise<void>;
  /** Starts a server that crashed, on its port. */
  readonly restart?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface ClusterOptions {
  /** Server settings, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A folder with `initdb` and `postgres` of another version. */
  readonly bin?: string;
  /** Where to put the data, instead of into memory or the temporary folder: a new folder's path. */
  readonly data?: string;
}

const prefix = "limbeck-pg-";
const dayInMs = 24 * 60 * 60 * 1000;
const memory = "/dev/shm";
const plentyInBytes = 4 * 2 ** 30;
const environment = { LC_ALL: "C", TZ: "UTC", PATH: process.env["PATH"] };

/** `guarded` needs a password on every way in, so that a wrong one is truly refused; everybody else is trusted. */
const clientAuthentication = [
  "local all guarded              scram-sha-256",
  "host  all guarded 127.0.0.1/32 scram-sha-256",
  "local all all                  trust",
  "host  all all     127.0.0.1/32 trust",
  "",
].join("\n");

/**
 * Starts a PostgreSQL server of its own, in a temporary folder that is also its socket directory, as root or not. Its data
 * is in memory where there is plenty: a database is three hundred files, made and removed with each test.
 * Role `postgres` is the superuser without a password; role `guarded` has the password `right-horse`.
 * With TEST_DATABASE_URL set, and no options, that server is used instead.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const external = process.env["TEST_DATABASE_URL"];
  if (external && Object.keys(options).length === 0) {
    return { url: external, source: "TEST_DATABASE_URL", major: await prepare(external), stop: async () => {} };
  }
  removeStaleHomes();
  const home = mkdtempSync(join(tmpdir(), prefix));
  const room = options.data === undefined && hasPlenty(memory) ? mkdtempSync(join(memory, prefix)) : home;
  const place: Place = { home, data: options.data ?? join(room, "data"), room };
  try {
    const { bin, source } = initialise(place, options.bin);
    const settings = options.settings ?? {};
    const first = await start(bin, place, settings);
    let running = guarded(first.server, place);
    const stop = async (): Promise<void> => {
      await running.end("SIGINT");
      remove(place);
    };
    try {
      const url = `postgres://postgres@127.0.0.1:${first.port}/postgres`;
      const major = await prepare(url);
      const crash = (): Promise<void> => running.end("SIGQUIT");
      const restart = async (): Promise<void> => {
        running = guarded((await start(bin, place, settings, first.port)).server, place);
      };
      return { url, source, major, data: place.data, crash, restart, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    remove(place);
    throw error;
  }
}

function hasPlenty(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.min(bavail * bsize, process.availableMemory()) > plentyInBytes;
  } catch {
    return false;
  }
}

function remove({ home, room }: Place): void {
  for (const path of [home, room]) rmSync(path, { recursive: true, force: true });
}

/** Homes of runs that were killed together with their guard, a machine's power cut say. */
function removeStaleHomes(): void {
  for (const path of [tmpdir(), memory].flatMap(homesIn)) {
    try {
      if (Date.now() - statSync(path).mtimeMs > dayInMs) rmSync(path, { recursive: true });
    } catch {
      // Another run removes it at this moment, or it is another user's.
    }
  }
}

function homesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix));
  return names.map((name) => join(folder, name));
}

interface Place {
  readonly home: string;
  readonly data: string;
  /** The folder that was made for the data, which may be the home. */
  readonly room: string;
}

function initialise({ home, data }: Place, chosenBin: string | undefined): { bin: string; source: string } {
  const account = serverAccount();
  const { uid, gid } = account;
  if (uid !== undefined && gid !== undefined) for (const path of [home, dirname(data)]) chownSync(path, uid, gid);
  const { bin: foundBin, source } = findBinaries(chosenBin);
  const initdb = (bin: string) =>
    spawnSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      { ...account, cwd: home, env: environment, encoding: "utf8" },
    );
  let bin = foundBin;
  let result = initdb(bin);
  if (result.error !== undefined && "code" in result.error && result.error.code === "EACCES") {
    // The checkout lies under a folder that the server's account may not enter.
    cpSync(dirname(foundBin), join(home, "native"), { recursive: true, verbatimSymlinks: true });
    bin = join(home, "native/bin");
    result = initdb(bin);
  }
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
  writeFileSync(join(data, "pg_hba.conf"), clientAuthentication);
  return { bin, source };
}

async function start(
  bin: string,
  { home, data }: Place,
  settings: Readonly<Record<string, string>>,
  wantedPort?: number,
): Promise<{ server: ChildProcess; port: number }> {
  const effective = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: home,
    fsync: "off",
    full_page_writes: "off",
    synchronous_commit: "off",
    password_encryption: "scram-sha-256",
    max_connections: "200",
    ...settings,
  };
  const flags = Object.entries(effective).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  for (let attempt = 1; ; attempt++) {
    const port = wantedPort ?? (await freePort());
    // A file: into a pipe that nobody empties, because we wait for a program that waits for the server, it would wait too.
    const path = join(home, "server.log");
    const log = openSync(path, "w");
    const server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...flags], {
      ...serverAccount(),
      cwd: home,
      env: environment,
      stdio: ["ignore", "ignore", log],
    });
    closeSync(log);
    const failure = await failureToStart(server, path);
    if (failure === undefined) return { server, port };
    const portTaken = /Address already in use/.test(failure);
    if (!portTaken || attempt === 3) throw new Error(`postgres did not start: ${failure}`);
  }
}

async function failureToStart(server: ChildProcess, log: string): Promise<string | undefined> {
  let failure: string | undefined;
  const said = (): string => readFileSync(log, "utf8");
  server.once("error", (error) => (failure = error.message));
  server.once("exit", (code) => (failure = `exit code ${code}\n${said()}`));
  while (failure === undefined && !said().includes("ready to accept connections")) await setTimeout(20);
  return failure;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** A server that does not outlive us, however we end. */
function guarded(
  server: ChildProcess,
  { home, room }: Place,
): { readonly end: (signal: NodeJS.Signals) => Promise<void> } {
  // A guard that holds a pipe to us outlives us, and takes the server along.
  const guard = spawn(
    "sh",
    ["-c", 'read _; kill -QUIT "$0"; sleep 1; rm -rf "$1" "$2"', String(server.pid), home, room],
    {
      ...serverAccount(),
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    },
  );
  const handles = [server, guard, guard.stdin as Socket];
  for (const handle of handles) handle.unref();
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  return {
    end: async (signal) => {
      guard.kill("SIGKILL");
      server.ref();
      server.kill(signal);
      if (server.exitCode === null && server.signalCode === null) await gone;
    },
  };
}

/** Makes sure of the role `guarded`, and answers the server's major version. */
async function prepare(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ major: number; guarded: boolean }>(
      `select current_setting('server_version_num')::int / 10000 as major,
              exists (select from pg_roles where rolname = 'guarded') as guarded`,
    );
    const [server] = rows;
    if (!server!.guarded) await client.query("create role guarded login password 'right-horse'");
    return server!.major;
  } finally {
    await client.end();
  }
}
