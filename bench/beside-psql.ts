import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCluster, type ClusterOptions } from "testkit/cluster";
import { measure, report } from "./paired.ts";

export const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));

export interface BesidePsql {
  /** Writes a limbeck project into a folder, and gives the script that psql runs to the same end. */
  readonly project: (folder: string) => string;
  readonly rounds: number;
  /** How many times psql's time `limbeck upgrade` may take. */
  readonly bound: number;
}

/** `limbeck upgrade` of a project beside psql running the same statements, each on a database that was just made. */
export async function besidePsql({ project, rounds, bound }: BesidePsql): Promise<void> {
  await withServer(async ({ folder, url, fresh }) => {
    const script = join(folder, "floor.sql");
    writeFileSync(script, project(folder));
    const timings = measure(
      [
        { name: "psql", command: "psql", args: ["-X", "-q", "-f", script, url], prepare: fresh },
        {
          name: "limbeck upgrade",
          command: "node",
          args: [bin, "upgrade", "-q", "--url", url],
          cwd: folder,
          prepare: fresh,
        },
      ],
      rounds,
    );
    process.exitCode = report(timings, { "limbeck upgrade": bound }) ? 0 : 1;
  });
}

export interface BenchServer {
  /** A temporary folder. */
  readonly folder: string;
  /** The database `bench` of a server of its own. */
  readonly url: string;
  /** Makes that database anew. */
  readonly fresh: () => void;
}

/** A server of pg_dump's own major version where that is installed: pg_dump reads no newer one. */
export function serverOfDump(): ClusterOptions {
  const [, major] = /(\d+)\./.exec(spawnSync("pg_dump", ["--version"], { encoding: "utf8" }).stdout)!;
  const programs = `/usr/lib/postgresql/${major}/bin`;
  return existsSync(programs) ? { bin: programs } : {};
}

/** Gives a server and a folder, and takes both away again. */
export async function withServer(
  work: (server: BenchServer) => Promise<void>,
  options: ClusterOptions = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
  const cluster = await startCluster(options);
  try {
    const url = new URL(cluster.url);
    url.pathname = "/bench";
    const fresh = (): void => {
      const sql = ["drop database if exists bench with (force)", "create database bench"];
      spawnSync("psql", ["-q", cluster.url, ...sql.flatMap((text) => ["-c", text])]);
    };
    await work({ folder, url: url.href, fresh });
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
