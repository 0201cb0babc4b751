import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serverAccount } from "./binaries.ts";
import { freePort } from "./cluster.ts";

export interface PgbouncerOptions {
  readonly poolMode: "session" | "transaction";
  /** Connections to the server for each database and user. */
  readonly poolSize?: number;
}

export interface Pgbouncer {
  /** The same database, through the pooler. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A pgbouncer program, or why there is none. */
export type PgbouncerProgram =
  | { readonly path: string; readonly libraries: string | undefined }
  | { readonly missing: string };

/** What Debian's pgbouncer needs beside what every machine has. */
const PACKAGES = ["pgbouncer", "libc-ares2", "libevent-2.1-7"];
const CACHE = join(tmpdir(), "limbeck-pgbouncer");

/** The installed pgbouncer, or else Debian's package, unpacked into a temporary folder and kept there. */
export function findPgbouncer(): PgbouncerProgram {
  const installed = spawnSync("pgbouncer", ["--version"]);
  if (installed.status === 0) return { path: "pgbouncer", libraries: undefined };
  if (!existsSync(CACHE)) {
    const failure = unpackPackages();
    if (failure !== undefined) return { missing: failure };
  }
  const path = join(CACHE, "usr/sbin/pgbouncer");
  const triples = join(CACHE, "usr/lib");
  const libraries = readdirSync(triples)
    .map((name) => join(triples, name))
    .join(":");
  const tried = spawnSync(path, ["--version"], { env: { LD_LIBRARY_PATH: libraries }, encoding: "utf8" });
  return tried.status === 0 ? { path, libraries } : { missing: `pgbouncer does not start: ${tried.stderr}` };
}

function unpackPackages(): string | undefined {
  const folder = mkdtempSync(`${CACHE}-`);
  chmodSync(folder, 0o755);
  const download = spawnSync("apt-get", ["download", ...PACKAGES], { cwd: folder, encoding: "utf8", timeout: 60_000 });
  const packages = readdirSync(folder).filter((name) => name.endsWith(".deb"));
  if (download.status !== 0 || packages.length < PACKAGES.length) {
    rmSync(folder, { recursive: true });
    return `no pgbouncer here, and none from apt-get: ${download.error?.message ?? download.stderr.trim().split("\n").at(-1)}`;
  }
  for (const name of packages) spawnSync("dpkg", ["-x", join(folder, name), folder]);
  try {
    renameSync(folder, CACHE);
  } catch {
    // Another run was faster.
    rmSync(folder, { recursive: true });
  }
  return undefined;
}

/** Starts a pgbouncer in front of the server of a database URL. */
export async function startPgbouncer(
  program: Extract<PgbouncerProgram, { path: string }>,
  databaseUrl: string,
  { poolMode, poolSize = 20 }: PgbouncerOptions,
): Promise<Pgbouncer> {
  const server = new URL(databaseUrl);
  const folder = mkdtempSync(join(tmpdir(), "limbeck-pgbouncer-run-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const file = join(folder, "pgbouncer.ini");
  const target = `host=${server.hostname} port=${server.port} user=${server.username}`;
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "any",
    pool_mode: poolMode,
    default_pool_size: poolSize,
    ignore_startup_parameters: "extra_float_digits",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(file, ["[databases]", `* = ${target}`, "[pgbouncer]", ...lines, ""].join("\n"));
  const child = spawn(program.path, ["-q", file], {
    ...serverAccount(),
    env: { PATH: process.env["PATH"], LD_LIBRARY_PATH: program.libraries },
    stdio: "ignore",
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await listens(port)); tries++) {
    if (child.exitCode !== null || tries === 200) {
      await stop();
      throw new Error(`pgbouncer did not start (exit code ${child.exitCode})`);
    }
    await sleep(25);
  }
  server.port = String(port);
  return { url: server.href, stop };
}

async function listens(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });
}
