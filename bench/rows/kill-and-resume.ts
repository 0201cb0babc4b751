import pg from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import type { Peer } from "../peers/peer.ts";
import { project, type Bench, type Outcome } from "./row.ts";
import { disorder, start, witnessDatabase, witnessed } from "./three-starts.ts";

/** kill -9 in the middle of migration 7, and another start when the server has noticed. Clean: it exits with 0, and each ran once. */
export async function killAndResume(bench: Bench, peer: Peer): Promise<Outcome> {
  const database = `${peer.name}_kill`;
  witnessDatabase(bench, database);
  const cwd = project(bench, "kill", peer, witnessed(6));
  const client = new pg.Client(bench.urlOf(database));
  await client.connect();
  const sessions = async (condition: string): Promise<number> => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
    );
    return rowCount ?? 0;
  };
  try {
    const first = start(bench, peer, cwd, database);
    const isDone = first.ended.then(() => true);
    while ((await sessions("wait_event = 'PgSleep'")) === 0) {
      if (await Promise.race([isDone, sleep(20, false)])) return { isClean: false, said: "ended by itself" };
    }
    process.kill(-first.child.pid!, "SIGKILL");
    await first.ended;
    while ((await sessions("true")) > 0) await sleep(50);
    const code = await start(bench, peer, cwd, database).ended;
    const wrong = await disorder(bench, database);
    return {
      isClean: code === 0 && wrong === "",
      said: [`the second start exits with ${code}`, wrong].filter((text) => text !== "").join("; "),
    };
  } finally {
    await client.end();
  }
}
