import type pg from "pg";
import { describe } from "vitest";
import { work } from "../src/jobs/work.ts";
import type { Channel } from "../src/notify/message.ts";
import type { JobName, Queue } from "../src/services/queue.ts";
import type { Database, Queries } from "../src/store/database.ts";
import { openServer } from "../src/store/server.ts";
import { expect, sharing as test, type Ask } from "./watcher.ts";

/** A job, the lock at which it is cut off, and what there has to be when another worker has done it. */
interface Case {
  readonly job: JobName;
  readonly lock: string;
  /** Makes what the job finds, and gives the pipeline that it is about. */
  readonly prepare: (ask: Ask, database: Queries) => Promise<number>;
  readonly left: string;
  readonly expected: object;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const day = 24 * 60;

async function pipeline(ask: Ask, name: string, limits: object = {}): Promise<number> {
  return (await ask("POST", "/pipeline", { name, pipeline_type_name: "t", ...limits })).body.id;
}

async function execute(ask: Ask, of: number, minutes: number, inserts?: number): Promise<void> {
  const { body } = await ask("POST", "/start_pipeline_execution", { pipeline_id: of, start_date: minutesAgo(minutes) });
  if (inserts === undefined) return;
  const end_date = minutesAgo(minutes - 1);
  await ask("POST", "/end_pipeline_execution", { id: body.id, end_date, completed_successfully: true, inserts });
}

const alertsOf = (kind: string) => `(
  SELECT count(*) FROM alert JOIN alert_delivery ON alert_id = alert.id WHERE kind = '${kind}'
    AND (alert.pipeline_id = $1::integer OR alert.pipeline_id IS NULL)) AS alerts`;

const cases: readonly Case[] = [
  {
    job: "freshness",
    lock: "LOCK TABLE alert IN SHARE MODE",
    prepare: async (ask) => {
      const id = await pipeline(ask, "stale", { freshness_number: 1, freshness_datepart: "hour" });
      await execute(ask, id, 2 * day, 5);
      return id;
    },
    left: `SELECT (SELECT count(*) FROM freshness_pipeline_log WHERE pipeline_id = $1) AS logs, ${alertsOf("freshness")}`,
    expected: { logs: 1, alerts: 1 },
  },
  {
    job: "timeliness",
    lock: "LOCK TABLE alert IN SHARE MODE",
    prepare: async (ask) => {
      const id = await pipeline(ask, "late", { timeliness_number: 5, timeliness_datepart: "minute" });
      await execute(ask, id, 30);
      return id;
    },
    left: `SELECT (SELECT count(*) FROM timeliness_pipeline_execution_log WHERE pipeline_id = $1) AS logs, ${alertsOf("timeliness")}`,
    expected: { logs: 1, alerts: 1 },
  },
  {
    job: "anomalies",
    lock: "LOCK TABLE anomaly_detection_result IN SHARE MODE",
    prepare: async (ask) => {
      const id = await pipeline(ask, "odd");
      await ask("POST", "/anomaly_detection_rule", { pipeline_id: id, metric_field: "inserts", minimum_executions: 5 });
      for (const [index, inserts] of [10, 12, 14, 16, 18, 500].entries()) {
        await execute(ask, id, day * (6 - index), inserts);
      }
      return id;
    },
    left: `SELECT (SELECT count(*) FROM anomaly_detection_result) AS results, (SELECT count(*) FROM anomaly_check) AS waiting,
      (SELECT count(*) FROM pipeline_execution WHERE pipeline_id = $1 AND anomaly_flags @> '{"inserts": true}') AS flagged,
      ${alertsOf("anomaly")}`,
    expected: { results: 1, waiting: 0, flagged: 1, alerts: 1 },
  },
  {
    job: "cleanup",
    lock: "LOCK TABLE pipeline_execution IN SHARE MODE",
    prepare: async (ask, database) => {
      const id = await pipeline(ask, "old");
      for (const days of [300, 200, 20]) await execute(ask, id, days * day, 5);
      await database.query(
        `INSERT INTO freshness_pipeline_log (pipeline_id, last_dml_timestamp, freshness_number, freshness_datepart, used_child_config)
        SELECT $1, now() - days * interval '1 day', 1, 'DAY', true FROM unnest(ARRAY[300, 20]) AS days`,
        [id],
      );
      return id;
    },
    left: `SELECT (SELECT count(*) FROM pipeline_execution WHERE pipeline_id = $1) AS executions,
      (SELECT count(*) FROM freshness_pipeline_log WHERE pipeline_id = $1) AS logs`,
    expected: { executions: 1, logs: 1 },
  },
  {
    job: "report",
    lock: "LOCK TABLE pipeline_execution IN ACCESS EXCLUSIVE MODE",
    prepare: async (ask) => {
      const id = await pipeline(ask, "reported");
      for (const inserts of [2, 3]) await execute(ask, id, 2 * day, inserts);
      return id;
    },
    left: "SELECT sum(daily_inserts)::integer AS inserts FROM daily_pipeline_report WHERE pipeline_id = $1",
    expected: { inserts: 5 },
  },
  {
    job: "queue-health",
    lock: "LOCK TABLE alert IN SHARE MODE",
    prepare: async (ask, database) => {
      const id = await pipeline(ask, "busy");
      await database.query(
        `WITH many AS (
          INSERT INTO pipeline_execution (pipeline_id, start_date, date_recorded, hour_recorded)
          SELECT $1, now(), current_date, 0 FROM generate_series(1, 60) RETURNING id
        ) INSERT INTO anomaly_check SELECT id FROM many`,
        [id],
      );
      return id;
    },
    left: `SELECT (SELECT count(*) FROM alert WHERE kind = 'queue' AND resolved_at IS NULL) AS open, ${alertsOf("queue")}`,
    expected: { open: 1, alerts: 1 },
  },
];

const told: Channel = { name: "told", send: async () => {} };

function contextOf(database: Database, queue: Queue) {
  const signal = new AbortController().signal;
  const limits = { lookbackMinutes: 60, retentionDays: 90 };
  return { database, queue, channels: [told], ...limits, onDeliveryFailure: () => {}, signal };
}

const waiting = `
  SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe("cut off in the middle, and done again by another worker: nothing is lost, and nothing doubled", () => {
  test.for(cases)("$job", { timeout: 120_000 }, async ({ job, lock, prepare, left, expected }, { ask, watcher }) => {
    const { database, queue } = watcher;
    const id = await prepare(ask, database);
    const { connection } = database.access as { connection: pg.ClientConfig };
    const [first, second] = [0, 1].map(() => openServer({ connection, onIdleError: () => {} })) as [Database, Database];

    await database.transaction(async (holder) => {
      await holder.query(lock);
      const ended = work[job](contextOf(first, queue), {}).then(
        () => "done",
        () => "cut off",
      );
      // Asked outside the transaction, which sees the server's activity as it was when it first looked.
      await expect.poll(() => database.query(waiting), { timeout: 60_000 }).toHaveLength(1);
      await database.query(`SELECT pg_terminate_backend(pid, 5000) FROM (${waiting}) AS waiting`);
      expect(await ended).toBe("cut off");
    });
    await first.close();

    // At least once means that it may be done again, too.
    for (let time = 0; time < 2; time++) await work[job](contextOf(second, queue), {});
    expect(await database.query(left, [id])).toEqual([expected]);
    await second.close();
  });
});
