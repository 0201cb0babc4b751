import pg from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { pointWork, stallsDuring } from "../stall.ts";
import type { Peer } from "../peers/peer.ts";
import { makeDatabase, project, sql, type Bench, type Outcome } from "./row.ts";
import { start } from "./three-starts.ts";

const ROWS = 10_000;
const READER_MS = 3000;
const LONGEST_MS = 1000;

/**
 * A column is added to a table that somebody reads, and goes on reading for 3 s after the change has begun to wait. Clean:
 * the column is there at the end, and no client waited a second.
 */
export async function stallBehindReader(bench: Bench, peer: Peer): Promise<Outcome> {
  const database = `${peer.name}_stall`;
  makeDatabase(bench, database);
  sql(
    bench.urlOf(database),
    `create table t as select id, 0 as touched from generate_series(1, ${ROWS}) id`,
    "alter table t add primary key (id)",
  );
  const cwd = project(bench, "stall", peer, [{ number: 0, sql: "ALTER TABLE t ADD COLUMN extra integer" }]);
  const url = bench.urlOf(database);
  const reader = new pg.Client(url);
  await reader.connect();
  let code: number | null = null;
  try {
    const stalls = await stallsDuring({ url, clients: 4, operation: pointWork("t", ROWS), thinkMs: 5 }, async () => {
      await reader.query("begin; select from t limit 1");
      const { ended } = start(bench, peer, cwd, database);
      const isOver = ended.then(() => true);
      while (!(await someoneWaits(reader)) && !(await Promise.race([isOver, sleep(20, false)])));
      await sleep(READER_MS);
      await reader.query("commit");
      code = await ended;
    });
    const isThere =
      (await reader.query("select from pg_attribute where attrelid = 't'::regclass and attname = 'extra'")).rowCount ===
      1;
    const longest = Math.round(stalls.longestMs);
    return {
      isClean: code === 0 && isThere && longest <= LONGEST_MS,
      said: `exits with ${code}${isThere ? "" : ", without the column"}; longest stall ${longest} ms`,
    };
  } finally {
    await reader.end();
  }
}

async function someoneWaits(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from pg_locks where not granted and relation = 't'::regclass and mode = 'AccessExclusiveLock'",
  );
  return rowCount! > 0;
}
