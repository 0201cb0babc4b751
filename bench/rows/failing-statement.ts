import { spawnSync } from "node:child_process";
import type { Peer } from "../peers/peer.ts";
import { environment, project, sql, type Bench, type Outcome } from "./row.ts";
import { disorder, start, STEPS, witnessDatabase, witnessed } from "./three-starts.ts";

const BROKEN = 6;

/**
 * Migration 7 fails, is corrected, and all are run again. Clean: the first run exits with an error and says the database's,
 * what it has on record is what it did, and the second run does the rest, each once.
 */
export async function failingStatement(bench: Bench, peer: Peer): Promise<Outcome> {
  const database = `${peer.name}_failing`;
  const url = bench.urlOf(database);
  witnessDatabase(bench, database);
  const wrong = witnessed().with(BROKEN, { number: BROKEN, sql: "INSERT INTO witness SELECT 6 FROM no_such_table" });
  const cwd = project(bench, "failing", peer, wrong);
  const [program, ...args] = peer.upgrade;
  const env = { ...process.env, ...environment(bench, database) };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8", timeout: 60_000 });
  const saysWhy = `${stdout}${stderr}`.includes('relation "no_such_table" does not exist');
  const done = sql(url, "select count(*) from witness");
  peer.write(cwd, witnessed());
  const code = await start(bench, peer, cwd, database).ended;
  const left = await disorder(bench, database);
  const facts = [
    `exits with ${status}`,
    saysWhy ? "says the database's error" : "does not say the database's error",
    `${done} of ${BROKEN} stay applied`,
    ...(code === 0 ? [] : [`the second start exits with ${code}`]),
    ...(left === "" ? [] : [left]),
  ];
  const isRecorded = code === 0 && sql(url, peer.recorded) === String(STEPS);
  return {
    isClean: status !== 0 && saysWhy && left === "" && isRecorded,
    said: facts.join("; "),
  };
}
