import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { withServer } from "./beside-psql.ts";
import { contestants, installPeers } from "./peers/all.ts";
import type { Peer } from "./peers/peer.ts";
import { histories, startUp } from "./rows/histories.ts";
import { killAndResume } from "./rows/kill-and-resume.ts";
import { outcomesTable, timesTable } from "./rows/markdown.ts";
import type { Bench, Outcome, Outcomes } from "./rows/row.ts";
import { stallBehindReader } from "./rows/stall.ts";
import { threeStarts } from "./rows/three-starts.ts";

/**
 * limbeck beside other tools of its kind: times and memory on a long history, and what becomes of three starts at once, of
 * kill -9 in the middle, and of an application behind a change. `npm run bench:peers` prints tables and writes
 * `bench/results/peers.json`. BENCH_COUNT and BENCH_ROUNDS make it smaller, BENCH_PEERS names some of the contestants.
 */
const COUNT = Number(process.env["BENCH_COUNT"] ?? 1000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const some = process.env["BENCH_PEERS"]?.split(",");
const peers = contestants.filter(({ name }) => some?.includes(name) ?? true);

installPeers();
await withServer(async ({ folder, url }) => {
  const bench: Bench = { folder, urlOf: (database) => url.replace(/bench$/, database), rounds: ROUNDS };
  const times = { ...startUp(bench, peers), ...histories(bench, peers, COUNT) };
  const failures = {
    "three starts at once": await each(bench, threeStarts),
    "kill -9, and again": await each(bench, killAndResume),
    "a column behind a reader": await each(bench, stallBehindReader),
  };
  console.log(`${timesTable(times, peers)}\n\n${outcomesTable(failures, peers)}`);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    date: new Date().toISOString(),
  };
  const results = join(import.meta.dirname, "results");
  mkdirSync(results, { recursive: true });
  const all = { machine, count: COUNT, rounds: ROUNDS, times, failures };
  writeFileSync(join(results, "peers.json"), `${JSON.stringify(all, null, 2)}\n`);
});

async function each(bench: Bench, row: (bench: Bench, peer: Peer) => Promise<Outcome>): Promise<Outcomes> {
  const outcomes: Record<string, Outcome> = {};
  for (const peer of peers) outcomes[peer.name] = await row(bench, peer);
  return outcomes;
}
