import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startCluster } from "testkit/cluster";
import { pointWork, reportStalls, stallsDuring, type Application } from "./stall.ts";

/**
 * A backfill of 1,000,000 rows beside an application of 8 clients, and beside one UPDATE of them all: how long the
 * application's longest operation took, and how fast the rows were changed. `npm run bench:backfill`.
 */
const ROWS = 1_000_000;
const BOUND_MS = 150;
const IDLE = "nothing else";
const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster({ settings: { max_wal_size: "4GB", shared_buffers: "256MB" } });
try {
  const url = new URL(cluster.url);
  url.pathname = "/bench";
  writeRevision();
  const client = new pg.Client(cluster.url);
  await client.connect();
  const fresh = async (): Promise<void> => {
    await client.query("drop database if exists bench with (force)");
    await client.query("create database bench");
    const setup = new pg.Client(url.href);
    await setup.connect();
    await setup.query(
      "create table t (id integer primary key, name text, touched integer not null default 0, filled text)",
    );
    await setup.query(`insert into t select g, 'name ' || g from generate_series(1, ${ROWS}) g`);
    await setup.query("vacuum (analyze) t");
    await setup.query("checkpoint");
    await setup.end();
  };
  const application: Application = { url: url.href, clients: 8, operation: pointWork("t", ROWS), thinkMs: 10 };
  const contestants: readonly (readonly [string, () => Promise<unknown>, number?])[] = [
    [IDLE, () => sleep(10_000)],
    [
      "one UPDATE",
      () => runProcess("psql", ["-X", "-q", url.href, "-c", "update t set filled = 'x' where filled is null"]),
    ],
    ["limbeck upgrade with op.backfill", () => runProcess("node", [bin, "upgrade", "-q", "--url", url.href]), BOUND_MS],
  ];
  let kept = true;
  for (const [name, work, bound] of contestants) {
    await fresh();
    const stalls = await stallsDuring(application, work);
    kept = reportStalls(name, stalls, bound) && kept;
    if (name !== IDLE)
      console.log(`${"".padEnd(36)} ${Math.round(ROWS / (stalls.tookMs / 1000)).toLocaleString("en")} rows a second`);
  }
  await client.end();
  process.exitCode = kept ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function runProcess(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}

function writeRevision(): void {
  mkdirSync(join(folder, "migrations"));
  writeFileSync(
    join(folder, "migrations", "a1_fill.ts"),
    `import type { Operations } from "limbeck";

export const revision = "a1";
export const downRevision = null;

/** Fill. */
export async function upgrade(op: Operations) {
  op.backfill("t", { set: { filled: "x" }, where: "filled IS NULL" });
}

export async function downgrade(op: Operations) {}
`,
  );
}
