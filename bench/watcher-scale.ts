import pg from "pg";
import { startCluster } from "testkit/cluster";
import { openMigrated } from "../apps/watcher/src/migrations.ts";
import { detectAnomalies } from "../apps/watcher/src/services/anomaly-detection.ts";
import { listAnomalies } from "../apps/watcher/src/services/anomalies.ts";
import { listExecutions } from "../apps/watcher/src/services/executions.ts";
import { getHistory } from "../apps/watcher/src/services/history.ts";
import { listPipelineOverviews } from "../apps/watcher/src/services/overview.ts";
import { listPipelines } from "../apps/watcher/src/services/pipelines.ts";
import { getDailyReport, refreshReport } from "../apps/watcher/src/services/reports.ts";
import type { Database } from "../apps/watcher/src/store/database.ts";

/**
 * Lists, reports and anomaly checks with 10,000 pipelines and 5,000,000 executions, beside the same with a hundredth:
 * `npm run bench:watcher-scale`. SCALE=0.2 makes both smaller.
 */
const BOUND = 2;
const ROUNDS = 15;
const scale = Number(process.env["SCALE"] ?? 1);
const cluster = await startCluster();
try {
  const small = await measure("small", 100 * scale, 50_000 * scale);
  const large = await measure("large", 10_000 * scale, 5_000_000 * scale);
  let kept = true;
  for (const [name, time] of large) {
    const ratio = time / small.get(name)!;
    if (ratio > BOUND) kept = false;
    const figures = `${small.get(name)!.toFixed(1).padStart(7)} ms  ${time.toFixed(1).padStart(7)} ms`;
    console.log(
      `${name.padEnd(40)} ${figures}  ${ratio.toFixed(2)} ×  ${ratio <= BOUND ? "ok" : "TOO SLOW"} (≤ ${BOUND})`,
    );
  }
  process.exitCode = kept ? 0 : 1;
} finally {
  await cluster.stop();
}

async function measure(name: string, pipelines: number, executions: number): Promise<Map<string, number>> {
  const admin = new pg.Client({ connectionString: cluster.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  const { database } = await openMigrated({ url: url.href, onIdleError: () => {} });
  try {
    await fill(database, pipelines, executions);
    return await times(database, pipelines);
  } finally {
    await database.close();
  }
}

/** Executions of 50 days, the pipelines' turn by turn; two of a hundred fail, one in a thousand is an anomaly. */
async function fill(database: Database, pipelines: number, executions: number): Promise<void> {
  await database.query("INSERT INTO pipeline_type (name) SELECT 'type ' || n FROM generate_series(1, 20) AS n");
  await database.query(
    `INSERT INTO pipeline (name, pipeline_type_id, input_hash)
    SELECT 'pipeline ' || n, 1 + n % 20, '' FROM generate_series(1, $1::integer) AS n`,
    [pipelines],
  );
  await database.query(
    `INSERT INTO anomaly_detection_rule (pipeline_id, metric_field, z_threshold, lookback_days, minimum_executions)
    SELECT id, 'INSERTS', 3, 60, 5 FROM pipeline`,
  );
  await database.query(
    `INSERT INTO pipeline_execution (pipeline_id, start_date, date_recorded, hour_recorded, end_date, duration_seconds,
      completed_successfully, inserts, total_rows)
    SELECT 1 + n % $1::integer, moment, (moment AT TIME ZONE 'UTC')::date, extract(hour FROM moment AT TIME ZONE 'UTC'),
      moment + interval '5 minutes', 300, n % 50 <> 0, n % 97, n % 97
    FROM generate_series(1, $2::integer) AS n
    CROSS JOIN LATERAL (SELECT now() - interval '50 days' + n * (interval '50 days' / $2) AS moment) AS at`,
    [pipelines, executions],
  );
  await database.query(
    `INSERT INTO anomaly_detection_result (pipeline_execution_id, rule_id)
    SELECT id, pipeline_id FROM pipeline_execution WHERE id % 1000 = 0`,
  );
  await database.query("VACUUM ANALYZE");
  await refreshReport(database);
  await database.query("ANALYZE daily_pipeline_report");
}

async function times(database: Database, pipelines: number): Promise<Map<string, number>> {
  const some = String(Math.ceil(pipelines / 2));
  const report = { page: 1, page_size: 50, days: 30 };
  const works: Record<string, () => Promise<unknown>> = {
    "executions, the latest 50": () => listExecutions(database, {}),
    "executions of a pipeline": () => listExecutions(database, { pipeline_id: some }),
    "executions that failed": () => listExecutions(database, { status: "failed" }),
    "executions that run": () => listExecutions(database, { status: "running" }),
    "anomalies, the latest 50": () => listAnomalies(database, {}),
    "anomalies of a pipeline": () => listAnomalies(database, { pipeline_id: some }),
    "pipelines, a page of 50": () => listPipelines(database, { after: some, limit: 50 }),
    "pipelines by name, with their runs": () => listPipelineOverviews(database, { cursor: `pipeline ${some}` }),
    "history of a pipeline": () => getHistory(database, some, { metric: "inserts" }),
    "report, the first page": () => getDailyReport(database, report),
    "report of a pipeline": () => getDailyReport(database, { ...report, pipeline_name: `pipeline ${some}` }),
    "anomaly check": async () => {
      await database.query(
        `INSERT INTO anomaly_check SELECT max(id) FROM pipeline_execution
        WHERE pipeline_id = $1::integer AND completed_successfully`,
        [some],
      );
      await detectAnomalies(database, []);
    },
  };
  const result = new Map<string, number>();
  for (const [name, work] of Object.entries(works)) {
    const taken = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      await work();
      taken.push(performance.now() - started);
    }
    result.set(name, Math.min(...taken));
  }
  return result;
}
