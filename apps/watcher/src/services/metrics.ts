import type { Database } from "../store/database.ts";
import { alertKinds } from "./alerts.ts";
import { checkHealth, type ReadMigrationStatus } from "./health.ts";
import { jobNames, type JobName, type Queue } from "./queue.ts";

/** A number, with the labels that tell it from others of its family. */
export interface Sample {
  /** What follows the family's name, of histograms: `_bucket`, `_sum` or `_count`. */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of one name. */
export interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** What the service measures of its database and of what waits there. What a database that is away does not say is left out. */
export async function databaseMetrics(
  database: Database,
  queue: Queue,
  readStatus: ReadMigrationStatus,
): Promise<Family[]> {
  const { status, pending } = await checkHealth(database, readStatus);
  const up = gauge("watcher_database_up", "Whether the database answers.", [
    { value: status === "unavailable" ? 0 : 1 },
  ]);
  if (pending === null) return [up];
  const revisions = gauge("watcher_pending_revisions", "How many revisions are not applied to the database.", [
    { value: pending },
  ]);
  // A database that is behind lacks tables that the rest asks.
  if (status !== "ok") return [up, revisions];
  return [up, revisions, await queueMetrics(queue), await alertMetrics(database)];
}

async function queueMetrics(queue: Queue): Promise<Family> {
  const waiting = new Map((await queue.waiting()).map((one) => [one.job, one]));
  const samples = (Object.keys(jobNames) as JobName[]).flatMap((job) =>
    (["ready", "later"] as const).map((state) => ({
      labels: { queue: job, state },
      value: waiting.get(job)?.[state] ?? 0,
    })),
  );
  return gauge(
    "watcher_queue_jobs",
    "Jobs of each queue that wait for a worker (ready), or for their time (later).",
    samples,
  );
}

async function alertMetrics(database: Database): Promise<Family> {
  const rows = await database.query<{ kind: string; count: number }>(
    "SELECT kind, count(*) FROM alert WHERE resolved_at IS NULL GROUP BY kind",
  );
  const counts = new Map(rows.map(({ kind, count }) => [kind, count]));
  const samples = alertKinds.map((kind) => ({ labels: { kind }, value: counts.get(kind) ?? 0 }));
  return gauge("watcher_open_alerts", "Alerts that are open.", samples);
}

export function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: "gauge", help, samples };
}
