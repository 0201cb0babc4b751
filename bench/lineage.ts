import { startCluster } from "testkit/cluster";
import pg from "pg";
import { getLineageGraph } from "../apps/watcher/src/services/lineage.ts";
import { openMigrated } from "../apps/watcher/src/migrations.ts";

/** Time to read the lineage of one address of a chain of 200 and of a grid of 50 × 50: `npm run bench:lineage`. */
const BOUND_MS = 100;
const ROUNDS = 7;

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
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const graph = await getLineageGraph(database, String(start));
      times.push(performance.now() - started);
      found = (JSON.parse(graph) as { edges: unknown[] }).edges.length;
    }
    const best = Math.min(...times);
    if (best > BOUND_MS) kept = false;
    const verdict = best <= BOUND_MS ? "ok" : "TOO SLOW";
    console.log(`${name.padEnd(40)} ${best.toFixed(1)} ms  ${found} of ${edges} edges  ${verdict} (≤ ${BOUND_MS})`);
  }
  process.exitCode = kept ? 0 : 1;
} finally {
  await client.end();
  await database.close();
  await cluster.stop();
}
