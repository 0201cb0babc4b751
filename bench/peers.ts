import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bin, withServer, type BenchServer } from "./beside-psql.ts";
import { makeProject, statementOf } from "./make-project.ts";
import { measure, report, type Contestant, type Timing } from "./paired.ts";

/**
 * limbeck beside other tools of its kind, each with the same one-statement migrations: all of them on an empty database,
 * one that is pending behind the others, and nothing to do. `npm run bench:peers` prints a table for each and writes
 * `bench/results/peers.json`. BENCH_COUNT and BENCH_ROUNDS make it smaller.
 */
const COUNT = Number(process.env["BENCH_COUNT"] ?? 1000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const home = fileURLToPath(new URL("peers", import.meta.url));

/** How a tool is given its migrations and run. */
interface Peer {
  readonly name: string;
  /** Writes the migrations of these numbers into a folder. */
  readonly write: (folder: string, from: number, to: number) => void;
  readonly command: (folder: string) => readonly string[];
}

const program = (name: string): string => join(home, "node_modules", ".bin", name);
const padded = (index: number): string => String(index + 1).padStart(5, "0");

const peers: readonly Peer[] = [
  {
    name: "limbeck",
    write: (folder, _from, to) => makeProject(folder, to),
    command: () => ["node", bin, "upgrade", "-q"],
  },
  {
    name: "node-pg-migrate",
    write: each((index) => [`${1_700_000_000_000 + index}_step.sql`, `-- Up Migration\n${statementOf(index)};\n`]),
    command: (folder) => [program("node-pg-migrate"), "up", "-m", folder, "--log-level", "error"],
  },
  {
    name: "knex",
    write: each((index) => [
      `${padded(index)}_step.cjs`,
      `exports.up = (knex) => knex.raw(${JSON.stringify(statementOf(index))});\nexports.down = () => {};\n`,
    ]),
    command: (folder) => ["node", join(home, "knex.mjs"), folder],
  },
  ...["kysely", "umzug", "postgrator"].map((name) => ({
    name,
    write: each((index) => [`${padded(index)}.do.step.sql`, `${statementOf(index)};\n`]),
    command: (folder: string) => ["node", join(home, `${name}.mjs`), folder],
  })),
];

/** A file for each migration. */
function each(file: (index: number) => readonly [name: string, text: string]): Peer["write"] {
  return (folder, from, to) => {
    for (let index = from; index < to; index++) {
      const [name, text] = file(index);
      writeFileSync(join(folder, name), text);
    }
  };
}

if (!existsSync(join(home, "node_modules"))) {
  spawnSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: home, stdio: "inherit" });
}
const tables: Record<string, Timing[]> = {};
await withServer(async (server) => {
  const psql = (...sql: readonly string[]): void => {
    spawnSync("psql", ["-q", "-d", server.url.replace(/bench$/, "postgres"), ...sql.flatMap((text) => ["-c", text])]);
  };
  const contestants = peers.map((peer) => prepared(peer, server, psql));
  const rows: Record<string, (name: string) => string> = {
    [`${COUNT} on an empty database`]: () => "template0",
    [`one pending behind ${COUNT - 1}`]: (name) => `${name}_behind`,
    [`nothing to do, ${COUNT} applied`]: (name) => `${name}_done`,
  };
  for (const [row, template] of Object.entries(rows)) {
    console.log(`\n${row}`);
    const turns = contestants.map((contestant) => ({
      ...contestant,
      prepare: () =>
        psql(
          "drop database if exists bench with (force)",
          `create database bench template "${template(contestant.name)}"`,
        ),
    }));
    tables[row] = measure(turns, ROUNDS);
    report(tables[row], {});
  }
  await Promise.resolve();
});
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  date: new Date().toISOString(),
};
const results = join(import.meta.dirname, "results");
mkdirSync(results, { recursive: true });
writeFileSync(
  join(results, "peers.json"),
  `${JSON.stringify({ machine, count: COUNT, rounds: ROUNDS, milliseconds: tables }, null, 2)}\n`,
);

/** Writes a tool's migrations, and makes a database with all but one of them applied, and one with all. */
function prepared(peer: Peer, { folder, url }: BenchServer, psql: (...sql: readonly string[]) => void): Contestant {
  const own = join(folder, peer.name);
  mkdirSync(own);
  const [command = "", ...args] = peer.command(own);
  const run = (database: string): void => {
    const env = { ...process.env, DATABASE_URL: url.replace(/bench$/, database) };
    const { status, stderr, stdout } = spawnSync(command, args, { cwd: own, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`${peer.name} ended with ${status}: ${stderr}${stdout}`);
  };
  const [behind, done] = [`${peer.name}_behind`, `${peer.name}_done`];
  psql(`create database "${behind}"`);
  peer.write(own, 0, COUNT - 1);
  run(behind);
  psql(`create database "${done}" template "${behind}"`);
  peer.write(own, COUNT - 1, COUNT);
  run(done);
  return { name: peer.name, command, args, cwd: own, env: { DATABASE_URL: url } };
}
