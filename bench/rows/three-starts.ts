import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import type { Migration, Peer } from "../peers/peer.ts";
import { environment, makeDatabase, project, sql, type Bench, type Outcome } from "./row.ts";

/** How many migrations there are in a row about a failure. */
export const STEPS = 12;

/** Migrations that each leave a row, so that one that is run twice or not at all can be seen. The sleeper takes a second. */
export function witnessed(sleeper?: number): Migration[] {
  return Array.from({ length: STEPS }, (_, number) => ({
    number,
    sql: `INSERT INTO witness SELECT ${number} FROM pg_sleep(${number === sleeper ? 1 : 0})`,
  }));
}

/** A database for them. */
export function witnessDatabase(bench: Bench, name: string): void {
  makeDatabase(bench, name);
  sql(bench.urlOf(name), "create table witness (number integer)");
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

const PATIENCE_MS = 60_000;

/** Starts a contestant's upgrade in a process group of its own. One that does not end in a minute is killed. */
export function start(bench: Bench, { upgrade: [program, ...args] }: Peer, cwd: string, database: string) {
  const env = { ...process.env, ...environment(bench, database) };
  const child = spawn(program, args, { cwd, env, stdio: "ignore", detached: true });
  const patience = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), PATIENCE_MS);
  const ended = once(child, "exit").then(([code]) => {
    clearTimeout(patience);
    return code as number | null;
  });
  return { child, ended };
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
