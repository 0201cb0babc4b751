import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startCluster } from "testkit/cluster";
import { floorScript } from "./floor.ts";
import { makeProject, revisionId } from "./make-project.ts";
import { measure, report, type Contestant } from "./paired.ts";
import { probed } from "./probed.ts";

/**
 * `current`, and `upgrade` of one revision, on top of 1,000 that are applied, beside a bare Node that connects with pg
 * and asks `select 1`; and the memory they take on top of 10,000: `npm run bench:status`.
 */
const MOST_MEMORY_MB = 120;
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "packages/limbeck/bin/limbeck.cjs");
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster();
try {
  const floor = floorScript(folder, "floor", "await client.query('select 1');");
  const thousand = project("thousand", 1001);
  const speed = measure(
    [
      { name: "node + pg, select 1", command: "node", args: [floor], env: thousand.env },
      limbeck("limbeck current, 1,000 applied", thousand, 1000, "current"),
      limbeck("limbeck upgrade, 1 on top of 1,000", thousand, 1000, "upgrade", "-q"),
    ],
    15,
  );
  const keepsPace = report(speed, {
    "limbeck current, 1,000 applied": 1.5,
    "limbeck upgrade, 1 on top of 1,000": 1.5,
  });
  const many = project("many", 10_001);
  const small = [
    limbeck("limbeck current, 10,000 applied", many, 10_000, "current"),
    limbeck("limbeck upgrade, 1 on top of 10,000", many, 10_000, "upgrade", "-q"),
    limbeck("limbeck status, 10,000 applied", many, 10_000, "status"),
  ].map(keepsSmall);
  process.exitCode = keepsPace && small.every(Boolean) ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Project {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

function project(name: string, count: number): Project {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  makeProject(cwd, count);
  psql(cluster.url, `create database ${name}`);
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return { cwd, env: { DATABASE_URL: url.href } };
}

/** A command on a database that so many revisions have made; the one behind them is taken back before each run. */
function limbeck(name: string, { cwd, env }: Project, applied: number, ...args: readonly string[]): Contestant {
  const run = (...line: readonly string[]): void => {
    const { status, stderr } = spawnSync("node", [bin, ...line], {
      cwd,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
  };
  run("upgrade", revisionId(applied - 1), "-q");
  const sql = [
    `update alembic_version set version_num = '${revisionId(applied - 1)}'`,
    `drop table if exists t_${String(Math.floor(applied / 4)).padStart(4, "0")}`,
  ];
  return { name, command: "node", args: [bin, ...args], cwd, env, prepare: () => psql(env["DATABASE_URL"]!, ...sql) };
}

function psql(url: string, ...statements: readonly string[]): void {
  spawnSync("psql", ["-X", "-q", url, ...statements.flatMap((text) => ["-c", text])]);
}

/** Runs a command once, and says whether the most memory that it had is within the bound. */
function keepsSmall({ name, args, cwd, env, prepare }: Contestant): boolean {
  prepare?.();
  const { memoryMb } = probed(args, cwd!, env);
  const isSmall = memoryMb <= MOST_MEMORY_MB;
  console.log(
    `${name.padEnd(48)} ${memoryMb.toFixed(0)} MB${isSmall ? "  ok" : `  TOO MUCH (> ${MOST_MEMORY_MB} MB)`}`,
  );
  return isSmall;
}
