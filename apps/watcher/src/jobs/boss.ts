import PgBoss from "pg-boss";
import { jobNames, type JobName, type Queue, type Waiting } from "../services/queue.ts";
import type { Database } from "../store/database.ts";

export interface OpenQueue extends Queue {
  /** pg-boss itself, started. The first call makes its tables where they are missing. */
  boss(): Promise<PgBoss>;
  /** Sends what was to be sent soon, lets the jobs that run end, and closes its connections. */
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly database: Database;
  /** Whether this process looks after the queue: sends what is scheduled, takes back what dead workers had. */
  readonly supervise: boolean;
  readonly onError: (error: Error) => void;
}

const wakeAfterMs = 250;
const patienceMs = 15_000;

/** The queue, in tables of its own in the service's database. It does nothing before it is first asked. */
export function openQueue({ database, supervise, onError }: QueueOptions): OpenQueue {
  let started: Promise<PgBoss> | undefined;
  const boss = () =>
    (started ??= start({ database, supervise, onError }).catch((error: unknown) => {
      // Whoever asks next tries again.
      started = undefined;
      throw error;
    }));
  const send: Queue["send"] = async (job, data = {}) => {
    // One job waits for each data at a time; one that runs already may have passed by what this one is sent for.
    const singletonKey = JSON.stringify(data);
    await (await boss()).send(job, data, { singletonKey });
  };
  const waking = new Map<JobName, NodeJS.Timeout>();
  const wakeNow = (job: JobName) => {
    clearTimeout(waking.get(job));
    waking.delete(job);
    return send(job).catch(onError);
  };

  return {
    boss,
    send,
    wake: (job) => {
      if (!waking.has(job)) waking.set(job, setTimeout(() => void wakeNow(job), wakeAfterMs).unref());
    },
    waiting: () => boss().then(() => database.query<Waiting>(countWaiting)),
    close: async () => {
      await Promise.all([...waking.keys()].map(wakeNow));
      const running = await started?.catch(() => undefined);
      await running?.stop({ graceful: true, wait: true, close: true, timeout: patienceMs });
    },
  };
}

/** Jobs are short, and may run twice: one that takes longer than its time is given to another worker. */
const policies: Readonly<Record<JobName, PgBoss.Queue>> = Object.fromEntries(
  Object.keys(jobNames).map((name) => [
    name,
    {
      name,
      policy: "short",
      retryLimit: 8,
      retryDelay: 2,
      retryBackoff: true,
      expireInSeconds: name === "cleanup" ? 3600 : 300,
    },
  ]),
) as Record<JobName, PgBoss.Queue>;

async function start({ database, supervise, onError }: QueueOptions): Promise<PgBoss> {
  const { access } = database;
  const boss = new PgBoss({
    ...("connection" in access ? access.connection : { db: access }),
    application_name: "watcher jobs",
    max: 4,
    supervise,
    schedule: supervise,
    maintenanceIntervalSeconds: 60,
    archiveCompletedAfterSeconds: 3600,
    deleteAfterHours: 24,
  });
  boss.on("error", onError);
  try {
    await boss.start();
    for (const policy of Object.values(policies)) await createQueue(boss, policy);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

/** A queue is a table of its own, and two processes that make their tables at once can end in a deadlock. */
async function createQueue(boss: PgBoss, policy: PgBoss.Queue): Promise<void> {
  for (;;) {
    try {
      if ((await boss.getQueue(policy.name)) === null) await boss.createQueue(policy.name, policy);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== "40P01") throw error;
    }
  }
}

const countWaiting = `
  SELECT name AS job, count(*) FILTER (WHERE start_after <= now()) AS ready, count(*) FILTER (WHERE start_after > now()) AS later
  FROM pgboss.job
  WHERE state IN ('created', 'retry') AND name NOT LIKE '\\_\\_pgboss%'
  GROUP BY name`;
