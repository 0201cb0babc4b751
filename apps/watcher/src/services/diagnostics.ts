import type { Database } from "../store/database.ts";
import type { MigrationStatus, ReadMigrationStatus } from "./health.ts";
import type { Found, MigrationFindings, ReadMigrationReport } from "./migration-report.ts";
import type { Queue } from "./queue.ts";

/** One measured value and the most that it should be. */
export interface Check {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: "ms" | "s" | "count" | "%";
  readonly ok: boolean;
  /** The same for people's eyes. */
  readonly mark: "✓" | "✗";
}

interface Section {
  readonly checks: readonly Check[];
}

export interface Diagnostics {
  readonly status: "ok" | "attention";
  readonly connection: Section & { readonly database: Database["kind"]; readonly server_version: string };
  readonly schema: Section & {
    readonly current: readonly string[];
    readonly heads: readonly string[];
    readonly tables: readonly TableSize[];
  };
  readonly performance: Section & {
    readonly deadlocks_since_reset: number;
    readonly active_queries: readonly ActiveQuery[];
  };
  readonly queue: Section;
}

interface TableSize {
  readonly name: string;
  /** PostgreSQL's estimate, null when it has none yet. */
  readonly rows: number | null;
  readonly bytes: number;
}

interface ActiveQuery {
  readonly pid: number;
  readonly seconds: number;
  readonly waits_for: string | null;
  readonly query: string;
}

/** Looks at the database from outside and inside, and holds what it finds to limits. */
export async function diagnose(
  database: Database,
  queue: Queue,
  readStatus: ReadMigrationStatus,
  readReport: ReadMigrationReport,
): Promise<Diagnostics> {
  const connection = await diagnoseConnection(database);
  const [schema, performance, waiting] = await Promise.all([
    Promise.all([readStatus(database), readReport()]).then((both) => diagnoseSchema(database, ...both)),
    diagnosePerformance(database),
    diagnoseQueue(database, queue),
  ]);
  const checks = [connection, schema, performance, waiting].flatMap((section) => section.checks);
  const status = checks.every(({ ok }) => ok) ? "ok" : "attention";
  return { status, connection, schema, performance, queue: waiting };
}

/** The parts of the diagnostics that the original's page asked for, under its names. */
export const diagnosticTexts = {
  "connection-performance": async (database: Database) => asHtml(await diagnoseConnection(database)),
  "schema-health": async (database: Database, _queue: Queue, readStatus: ReadMigrationStatus) =>
    asHtml(await diagnoseSchema(database, await readStatus(database))),
  performance: async (database: Database) => asHtml(await diagnosePerformance(database)),
  redis: async (database: Database, queue: Queue) => asHtml(await diagnoseQueue(database, queue)),
  celery: async (database: Database, queue: Queue) => asHtml(await diagnoseQueue(database, queue)),
} as const;

export type DiagnosticText = keyof typeof diagnosticTexts;

function asHtml({ checks, ...facts }: Section): string {
  const lines = checks.map(
    ({ mark, name, value, limit, unit }) => `${mark} ${name}: ${value} ${unit} (limit ${limit})`,
  );
  const rest = Object.entries(facts).map(([name, fact]) => `${name}: ${JSON.stringify(fact, null, 2)}`);
  return `<pre>${[...lines, "", ...rest].join("\n").replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</pre>`;
}

async function diagnoseConnection(database: Database): Promise<Diagnostics["connection"]> {
  const { connectMs, queryMs } = await database.probe();
  const started = performance.now();
  await Promise.all(Array.from({ length: 5 }, () => database.query("SELECT 1")));
  const parallelMs = performance.now() - started;
  const [server] = await database.query<{ version: string; used: number }>(serverFacts);
  return {
    database: database.kind,
    server_version: server?.version ?? "",
    checks: [
      ...(connectMs === null ? [] : [check("new connection", connectMs, 500, "ms")]),
      check("smallest query", queryMs, 50, "ms"),
      check("five queries at once", parallelMs, 250, "ms"),
      check("connections of the server in use", server?.used ?? 0, 80, "%"),
    ],
  };
}

async function diagnoseSchema(
  database: Database,
  status: MigrationStatus,
  findings?: MigrationFindings,
): Promise<Diagnostics["schema"]> {
  const [tables, [faults]] = await Promise.all([
    database.query<TableSize>(tableSizes),
    database.query<{ invalid_indexes: number; unvalidated_constraints: number; orphans: number }>(schemaFaults),
  ]);
  return {
    current: status.current,
    heads: status.heads,
    tables,
    checks: [
      check("heads of the revisions", status.heads.length, 1, "count"),
      check("pending revisions", status.pending, 0, "count"),
      ...(findings === undefined ? [] : findingChecks(findings)),
      check("invalid indexes", faults?.invalid_indexes ?? 0, 0, "count"),
      check("constraints not validated", faults?.unvalidated_constraints ?? 0, 0, "count"),
      check("executions without their parent", faults?.orphans ?? 0, 0, "count"),
    ],
  };
}

/** What limbeck's check and lint have to say. What could not be found out is no check. */
function findingChecks({ drift, findings }: MigrationFindings): readonly Check[] {
  const count = (name: string, found: Found<readonly unknown[]>): readonly Check[] =>
    "error" in found ? [] : [check(name, found.length, 0, "count")];
  return [...count("differences from the target schema", drift), ...count("lint findings", findings)];
}

async function diagnosePerformance(database: Database): Promise<Diagnostics["performance"]> {
  const [queries, [load]] = await Promise.all([
    database.query<ActiveQuery>(oldestQueries),
    database.query<Load>(databaseLoad),
  ]);
  return {
    deadlocks_since_reset: load?.deadlocks ?? 0,
    active_queries: queries,
    checks: [
      check("longest active query", queries[0]?.seconds ?? 0, 30, "s"),
      check("longest transaction", load?.longest ?? 0, 300, "s"),
      check("locks waited for", load?.waiting ?? 0, 0, "count"),
      check("tables with too many dead rows", load?.bloated ?? 0, 0, "count"),
    ],
  };
}

async function diagnoseQueue(database: Database, queue: Queue): Promise<Section> {
  const [waiting, [backlog]] = await Promise.all([
    queue.waiting(),
    database.query<{ unchecked: number; undelivered: number }>(queueBacklog),
  ]);
  const jobs = waiting.reduce((sum, { ready }) => sum + ready, 0);
  return {
    checks: [
      check("jobs waiting", jobs, 50, "count"),
      check("oldest execution not checked for anomalies", backlog?.unchecked ?? 0, 120, "s"),
      check("oldest alert not delivered", backlog?.undelivered ?? 0, 300, "s"),
    ],
  };
}

const queueBacklog = `
  SELECT
    (SELECT extract(epoch FROM now() - min(requested_at))::float8 FROM anomaly_check) AS unchecked,
    (SELECT extract(epoch FROM now() - min(alert.opened_at))::float8 FROM alert_delivery
      JOIN alert ON alert.id = alert_delivery.alert_id WHERE delivered_at IS NULL) AS undelivered`;

function check(name: string, value: number, limit: number, unit: Check["unit"]): Check {
  const ok = value <= limit;
  return { name, value: Math.round(value * 100) / 100, limit, unit, ok, mark: ok ? "✓" : "✗" };
}

const tableSizes = `
  SELECT relname AS name, nullif(reltuples, -1)::bigint AS rows, pg_total_relation_size(oid) AS bytes
  FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
  ORDER BY bytes DESC, name`;

const schemaFaults = `
  SELECT
    (SELECT count(*) FROM pg_index WHERE NOT indisvalid) AS invalid_indexes,
    (SELECT count(*) FROM pg_constraint WHERE NOT convalidated) AS unvalidated_constraints,
    (SELECT count(*) FROM pipeline_execution AS child WHERE parent_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM pipeline_execution AS parent WHERE parent.id = child.parent_id)) AS orphans`;

/** The statements of others, and only as much of each as it takes to know it again. */
const oldestQueries = `
  SELECT pid, extract(epoch FROM clock_timestamp() - query_start)::float8 AS seconds,
    wait_event_type || ': ' || wait_event AS waits_for, left(query, 200) AS query
  FROM pg_stat_activity
  WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND backend_type = 'client backend'
  ORDER BY query_start
  LIMIT 10`;

interface Load {
  readonly deadlocks: number;
  readonly waiting: number;
  readonly longest: number | null;
  readonly bloated: number;
}

/** Autovacuum comes at a fifth; who is far beyond it keeps vacuum from its work, or it is too slow. */
const databaseLoad = `
  SELECT
    (SELECT extract(epoch FROM clock_timestamp() - min(xact_start))::float8 FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend') AS longest,
    (SELECT count(*) FROM pg_stat_user_tables
      WHERE n_dead_tup > 10000 AND n_dead_tup > 0.4 * (n_live_tup + n_dead_tup)) AS bloated,
    (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()) AS deadlocks,
    (SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
      SELECT pid FROM pg_stat_activity WHERE datname = current_database())) AS waiting`;

const serverFacts = `
  SELECT current_setting('server_version') AS version,
    (SELECT 100.0 * count(*) / current_setting('max_connections')::integer FROM pg_stat_activity
      WHERE backend_type = 'client backend')::float8 AS used`;
