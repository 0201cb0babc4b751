import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { serverOfDump, withServer } from "./beside-psql.ts";
import { contestants, installPeers } from "./peers/all.ts";
import { failingStatement } from "./rows/failing-statement.ts";
import { histories } from "./rows/histories.ts";
import { killAndResume } from "./rows/kill-and-resume.ts";
import { failureTable, figureTable, judgements, type Results } from "./results.ts";
import { alone, sql, type Bench, type Outcome, type Outcomes } from "./rows/row.ts";
import type { Peer } from "./peers/peer.ts";
import { schemas } from "./rows/schemas.ts";
import { stallBehindReader } from "./rows/stall.ts";
import { startUp } from "./rows/start-up.ts";
import { threeStarts } from "./rows/three-starts.ts";

/**
 * limbeck beside other tools of its kind: times and memory on a long history and on 500 tables, and what becomes of three
 * starts at once, of kill -9 in the middle, of a statement that fails, and of an application behind a change.
 * `npm run bench:peers` prints tables and writes `bench/results/peers.json`; then `npm run docs` writes the page.
 * BENCH_COUNT and BENCH_ROUNDS make it smaller, BENCH_PEERS names some of the contestants; such results are not written.
 */
const COUNT = Number(process.env["BENCH_COUNT"] ?? 1000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const some = process.env["BENCH_PEERS"]?.split(",");
const isWhole = !["BENCH_COUNT", "BENCH_ROUNDS", "BENCH_PEERS"].some((name) => name in process.env);
const peers = contestants.filter(({ name }) => some?.includes(name) ?? true);
const began = performance.now();
const load = loadavg()[0]!;

installPeers();
const server = serverOfDump();
// The programs themselves: Debian's psql and pg_dump start a Perl that looks for them.
if (server.bin !== undefined) process.env["PATH"] = `${server.bin}:${process.env["PATH"]}`;
await withServer(async ({ folder, url }) => {
  const bench: Bench = { folder, urlOf: (database) => url.replace(/bench$/, database), rounds: ROUNDS };
  const times = {
    ...(await startUp(bench, peers)),
    ...(await histories(bench, peers, COUNT)),
    ...(await schemas(bench)),
  };
  const failures = {
    ...(await each(bench, "three starts at once", threeStarts)),
    ...(await each(bench, "kill -9, and again", killAndResume)),
    ...(await each(bench, "a statement fails", failingStatement)),
    ...(await each(bench, "a column behind a reader", stallBehindReader)),
  };
  const results: Results = {
    machine: {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      postgres: sql(bench.urlOf("postgres"), "show server_version"),
      date: new Date().toISOString().slice(0, 16),
      commit: execFileSync("git", ["rev-parse", "--short=12", "HEAD"], { encoding: "utf8" }).trim(),
      loadBefore: load,
      minutes: Math.round((performance.now() - began) / 6000) / 10,
    },
    versions: versions(),
    floor: ["node -e 0", "pg_dump", ...peers.flatMap(({ name, isFloor }) => (isFloor ? [name] : []))],
    rounds: ROUNDS,
    times,
    failures,
  };
  console.log(
    [figureTable(results, "wallMs"), figureTable(results, "cpuMs"), figureTable(results, "memoryMb")].join("\n\n"),
  );
  console.log(`\n${failureTable(results)}\n\n${judgements(results).join("\n")}`);
  if (!isWhole) return;
  const file = join(import.meta.dirname, "results", "peers.json");
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}, server);

async function each(
  bench: Bench,
  name: string,
  row: (bench: Bench, peer: Peer) => Promise<Outcome>,
): Promise<Record<string, Outcomes>> {
  const outcomes: Record<string, Outcome> = {};
  await alone(name, async () => {
    for (const peer of peers) outcomes[peer.name] = await row(bench, peer);
  });
  return { [name]: outcomes };
}

/** The pinned versions, as the contestants' own lock file has them. */
function versions(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "peers/package.json"), "utf8"));
  return dependencies as Record<string, string>;
}
