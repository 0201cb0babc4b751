import { readFileSync } from "node:fs";
import { startCluster } from "testkit/cluster";
import pg from "pg";
import { getLineageGraph } from "../apps/watcher/src/services/lineage.ts";
import { openMigrated } from "../apps/watcher/src/migrations.ts";

/**
 * CPU of the database and of this process for reading the lineage of one address, in a chain of 200 and in a grid of
 * 50 × 50: `npm run bench:lineage`. Where nobody else works on the machine it is the time on the clock. Linux only.
 */
const BOUND_MS = 100;
const ROUNDS = 40;

/** User and system time of a process, in milliseconds: proc(5), fields 14 and 15 of stat, in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const cluster = await startCluster();
const { database } = await openMigrated({ url: cluster.url, onIdleError: () => {} });
const client = new pg.Client({ connectionString: cluster.url });
await client.connect();
try {
  await client.query(
    `
    INSERT INTO pipeline_type (name) VALUES ('t');
    INSERT INTO pipeline (name, pipeline_type_id, input_hash) VALUES ('p', 1, '');
    INSERT INTO address_type (name, group_name) VALUES ('t', 'g');
    INSERT INTO address (name, address_type_id, input_hash) SELECT 'a' || n, 1, '' FROM generate_series(1, 2701) AS n;
    INSERT INTO address_lineage (pipeline_id, source_address_id, target_address_id)
      SELECT 1, n, n + 1 FROM generate_series(1, 200) AS n
      UNION ALL SELECT 1, cell(r, c), cell(r, c + 1) FROM grid WHERE c < 50
      UNION ALL SELECT 1, cell(r, c), cell(r + 1, c) FROM grid WHERE r < 50;
    ANALYZE;`
      .replaceAll(/cell\(([^,]+), ([^)]+)\)/g, "(202 + ($1 - 1) * 50 + $2 - 1)")
      .replaceAll("FROM grid", "FROM generate_series(1, 50) AS r, generate_series(1, 50) AS c"),
  );
  let kept = true;
  for (const [name, start, edges] of [
    ["a chain of 200, from its middle", 100, 200],
    ["a grid of 50 × 50, from its corner", 202, 4900],
    ["a grid of 50 × 50, from its middle", 202 + 25 * 50 + 25, 4900],
  ] as const) {
    const times = [];
    let found = 0;
    const [session] = await database.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const cpu = () => cpuOf(session!.pid) + cpuOf(process.pid);
    const before = cpu();
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const graph = await getLineageGraph(database, String(start));
      times.push(performance.now() - started);
      found = (JSON.parse(graph) as { edges: unknown[] }).edges.length;
    }
    const cost = (cpu() - before) / ROUNDS;
    if (cost > BOUND_MS) kept = false;
    const verdict = cost <= BOUND_MS ? "ok" : "TOO SLOW";
    const clock = `${cost.toFixed(1)} ms CPU, ${Math.min(...times).toFixed(1)} ms on the clock at best`;
    console.log(`${name.padEnd(36)} ${clock}  ${found} of ${edges} edges  ${verdict} (≤ ${BOUND_MS})`);
  }
  process.exitCode = kept ? 0 : 1;
} finally {
  await client.end();
  await database.close();
  await cluster.stop();
}
