import { performance } from "node:perf_hooks";
import type { JobName } from "../services/queue.ts";
import type { OpenQueue } from "./boss.ts";
import { work, type WorkContext } from "./work.ts";

/** When jobs are sent by themselves: cron expressions, in UTC. */
export type Schedules = Readonly<Partial<Record<JobName, string>>>;

export interface WorkerOptions {
  readonly queue: OpenQueue;
  readonly context: WorkContext;
  readonly schedules: Schedules;
  readonly onDone: (job: JobName, milliseconds: number, result: object | void) => void;
}

/** Every minute the queue is asked whether something was left behind by somebody who died. */
const sweeps: Schedules = { anomalies: "* * * * *", alerts: "* * * * *" };

/** Takes jobs from the queue, one of each kind at a time, until the queue is closed. Any number of workers may run. */
export async function startWorker({ queue, context, schedules, onDone }: WorkerOptions): Promise<void> {
  const boss = await queue.boss();
  const all = { ...sweeps, ...schedules };
  for (const job of Object.keys(work) as JobName[]) {
    const cron = all[job];
    if (cron === undefined) await boss.unschedule(job);
    else await boss.schedule(job, cron, {}, { tz: "UTC", singletonKey: "{}" });
    await boss.work<Readonly<Record<string, number>>>(job, { pollingIntervalSeconds: 1 }, async ([sent]) => {
      const started = performance.now();
      const result = await work[job](context, sent?.data ?? {});
      onDone(job, performance.now() - started, result);
    });
  }
}
