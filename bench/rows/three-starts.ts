import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import type { Migration, Peer } from "../peers/peer.ts";
import { administer, environment, makeDatabase, project, type Bench, type Outcome } from "./row.ts";

const STEPS = 12;

/** Migrations that each leave a row, so that one that is run twice or not at all can be seen. The sleeper takes a second. */
export function witnessed(sleeper: number): Migration[] {
  return Array.from({ length: STEPS }, (_, number) => ({
    number,
    sql: `INSERT INTO witness SELECT ${number} FROM pg_sleep(${number === sleeper ? 1 : 0})`,
  }));
}

/** A database for them. */
export function witnessDatabase(bench: Bench, name: string): void {
  makeDatabase(bench, name);
  administer({ ...bench, urlOf: () => bench.urlOf(name) }, "create table witness (number integer)");
}

/** Which of the migrations did not run exactly once; the empty text if all did. */
export async function disorder(bench: Bench, name: string): Promise<string> {
  const client = new pg.Client(bench.urlOf(name));
  await client.connect();
  try {
    const { rows } = await client.query<{ number: number; times: number }>(
      `select step as number, count(number)::int as times from generate_series(0, ${STEPS - 1}) step
        left join witness on number = step group by step having count(number) <> 1 order by step`,
    );
    return rows.map(({ number, times }) => `migration ${number + 1} ran ${times} times`).join(", ");
  } finally {
    await client.end();
  }
}

/** Starts a contestant's upgrade in a process group of its own. */
export function start(bench: Bench, { upgrade: [program, ...args] }: Peer, cwd: string, database: string) {
  const env = { ...process.env, ...environment(bench, database) };
  const child = spawn(program, args, { cwd, env, stdio: "ignore", detached: true });
  return { child, ended: once(child, "exit").then(([code]) => code as number | null) };
}

/** Three runners at once on a database that lacks everything. Clean: all exit with 0, and each migration ran once. */
export async function threeStarts(bench: Bench, peer: Peer): Promise<Outcome> {
  const database = `${peer.name}_three`;
  witnessDatabase(bench, database);
  const cwd = project(bench, "three", peer, witnessed(0));
  const codes = await Promise.all([1, 2, 3].map(() => start(bench, peer, cwd, database).ended));
  const wrong = await disorder(bench, database);
  const exits = `exits ${codes.toSorted((one, other) => Number(one) - Number(other)).join(", ")}`;
  return {
    isClean: wrong === "" && codes.every((code) => code === 0),
    said: wrong === "" ? exits : `${exits}; ${wrong}`,
  };
}
