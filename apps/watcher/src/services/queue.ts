import type { Database } from "../store/database.ts";
import { openAlertsSql, resolveAlertsSql, type Channels } from "./alerts.ts";

/** The work that is done in the background, and what people call it. */
export const jobNames = {
  anomalies: "detect_anomalies_task",
  freshness: "freshness_check_task",
  timeliness: "timeliness_check_task",
  alerts: "deliver_alerts_task",
  cleanup: "log_cleanup_task",
  report: "refresh_report_task",
  "queue-health": "queue_health_check_task",
} as const;

export type JobName = keyof typeof jobNames;

/** Where work waits until a worker takes it. */
export interface Queue {
  /** Asks for a job. One that waits already with the same data is not asked for twice. */
  send(job: JobName, data?: Readonly<Record<string, number>>): Promise<void>;
  /** Asks for a job soon, once for all who ask meanwhile. For work that would be found without being asked for, too. */
  wake(job: JobName): void;
  /** How many jobs wait for a worker, and how many of those for their time. */
  waiting(): Promise<readonly Waiting[]>;
}

export interface Waiting {
  readonly job: JobName;
  readonly ready: number;
  readonly later: number;
}

export interface QueueHealth {
  readonly status: "success";
  readonly total_pending: number;
  readonly regular_queue_pending: number;
  readonly scheduled_queue_pending: number;
  readonly beat_scheduled_tasks: number;
  readonly task_breakdown: readonly string[];
  readonly task_breakdown_raw: Readonly<Record<string, number>>;
}

const warningFrom = 50;
const criticalFrom = 100;

/** Counts what waits, and opens an alert when it is too much. The answer is the original's. */
export async function checkQueue(database: Database, queue: Queue, channels: Channels): Promise<QueueHealth> {
  const [waiting, [checks]] = await Promise.all([
    queue.waiting(),
    database.query<{ count: number }>("SELECT count(*) FROM anomaly_check"),
  ]);
  const sum = (count: (one: Waiting) => number) => waiting.reduce((total, one) => total + count(one), 0);
  const later = sum((one) => one.later);
  // An execution that waits for its check is a task of its own, however few jobs take them.
  const ready = sum((one) => (one.job === "anomalies" ? 0 : one.ready)) + (checks?.count ?? 0);
  const raw = Object.fromEntries([
    ...Object.entries(jobNames).map(([job, name]) => [name, countOf(waiting, job as JobName)]),
    [jobNames.anomalies, checks?.count ?? 0],
    ["unknown", 0],
  ]) as Record<string, number>;
  const breakdown = Object.entries(raw)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${readable(name)}: ${count}`);
  await alertIfTooMany(database, ready + later, breakdown, channels);
  return {
    status: "success",
    total_pending: ready + later,
    regular_queue_pending: ready,
    scheduled_queue_pending: later,
    beat_scheduled_tasks: 0,
    task_breakdown: breakdown,
    task_breakdown_raw: raw,
  };
}

function countOf(waiting: readonly Waiting[], job: JobName): number {
  const found = waiting.find((one) => one.job === job);
  return found === undefined ? 0 : found.ready + found.later;
}

function readable(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

async function alertIfTooMany(
  database: Database,
  pending: number,
  breakdown: readonly string[],
  channels: Channels,
): Promise<void> {
  const level = pending >= criticalFrom ? "critical" : pending >= warningFrom ? "warning" : null;
  await database.transaction(async (transaction) => {
    await transaction.query(resolveAlertsSql("kind = 'queue' AND level IS DISTINCT FROM $1::varchar"), [level]);
    if (level === null) return;
    await transaction.query(openQueueAlert, [
      JSON.stringify(channels),
      level,
      `${pending} tasks wait in the queue: ${breakdown.join(", ")}`,
    ]);
  });
}

const openQueueAlert = `
  WITH news AS (
    SELECT 'queue' AS kind, 'queue' AS subject, $2::varchar AS level, NULL::integer AS pipeline_id,
      NULL::bigint AS pipeline_execution_id, $3::text AS summary, NULL::jsonb AS details, NULL::timestamptz AS resolved_at
  ), ${openAlertsSql("news", "$1")}
  SELECT count(*) FROM opened`;
