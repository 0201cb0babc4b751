import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, startCluster, test } from "testkit";
import { upgrade } from "./backfill-run.ts";

/** What pg's Client has for replication, and its types do not say. */
interface ReplicationClient {
  readonly connection: { sendCopyFromChunk(chunk: Buffer): void };
}

/** A standby as the server sees it, which says on its connection how far it has replayed. */
async function standby(url: string, from: string) {
  const client = new pg.Client({ connectionString: url, replication: "database" } as pg.ClientConfig);
  const { connection } = client as unknown as ReplicationClient;
  client.on("error", () => undefined);
  await client.connect();
  client.query(`START_REPLICATION PHYSICAL ${from}`).catch(() => undefined);
  return {
    /** Standby status update: written, flushed and replayed, the clock, no answer wanted (manual, 55.4). */
    says(lsn: string): void {
      const [high = "", low = ""] = lsn.split("/");
      const message = Buffer.alloc(34);
      message.write("r");
      for (const at of [1, 9, 17]) {
        message.writeUInt32BE(Number.parseInt(high, 16), at);
        message.writeUInt32BE(Number.parseInt(low, 16), at + 4);
      }
      connection.sendCopyFromChunk(message);
    },
    end: () => client.end().catch(() => undefined),
  };
}

test(
  "a backfill waits while a replica is further behind than it may be, and goes on when it has caught up",
  { timeout: 60_000 },
  async ({ folder }) => {
    const cluster = await startCluster({ settings: { wal_level: "replica" } });
    const client = new pg.Client(cluster.url);
    try {
      await client.connect();
      await client.query("create table t (id integer primary key, n integer not null default 0)");
      await client.query("insert into t select generate_series(1, 20000)");
      const written = async (): Promise<string> =>
        (await client.query<{ lsn: string }>("select pg_current_wal_flush_lsn()::text as lsn")).rows[0]!.lsn;
      const changed = async (): Promise<number> =>
        (await client.query<{ rows: number }>("select count(*)::int as rows from t where n = 1")).rows[0]!.rows;

      const start = await written();
      const replica = await standby(cluster.url, start);
      while ((await client.query("select from pg_stat_replication where replay_lsn is not null")).rowCount === 0) {
        await sleep(50);
        replica.says(start);
      }
      const running = upgrade(
        { databaseUrl: cluster.url, folder },
        `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 200, pause: 60, maxLag: "500ms" } });`,
      );
      await sleep(4000);
      const stopped = await changed();
      await sleep(1500);
      expect(await changed()).toBe(stopped);
      expect(stopped).toBeGreaterThan(0);
      expect(stopped).toBeLessThan(20_000);

      const keepUp = setInterval(() => void written().then((lsn) => replica.says(lsn)), 100);
      const told = await running;
      clearInterval(keepUp);
      expect(await changed()).toBe(20_000);
      const waits = told.flatMap(({ waiting }) => (waiting?.for === "replica" ? [waiting.lagMs] : []));
      expect(Math.max(...waits)).toBeGreaterThan(1500);
      await replica.end();
    } finally {
      await client.end();
      await cluster.stop();
    }
  },
);
