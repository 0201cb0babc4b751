import type { RunEvent } from "limbeck";
import type { Logger } from "pino";
import { openQueue, type OpenQueue } from "../jobs/boss.ts";
import { startWorker } from "../jobs/worker.ts";
import { openMigrated } from "../migrations.ts";
import { log } from "../notify/log.ts";
import type { Channel } from "../notify/message.ts";
import { slack } from "../notify/slack.ts";
import { webhook } from "../notify/webhook.ts";
import type { Settings } from "../settings.ts";
import type { Database } from "../store/database.ts";

/** What a command has at hand. */
export interface Context {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
}

/** Takes the database to head and opens it. */
export async function openDatabase({ settings, logger, signal }: Context) {
  const opened = await openMigrated({
    url: settings.databaseUrl,
    signal,
    onEvent: (event) => logStep(logger, event),
    onIdleError: (error) => logger.warn({ err: error }, "An idle connection to the database broke"),
  });
  logger.info(`The database is at ${opened.heads.join(", ")}`);
  return opened;
}

function logStep(logger: Logger, event: RunEvent): void {
  if (event.type === "stepStart") logger.debug(`Upgrade ${event.step.revision} begins`);
  if (event.type === "stepEnd") {
    const { step, durationMs } = event;
    logger.info(`Upgrade ${step.revision} took ${Math.round(durationMs)} ms: ${step.message}`);
  }
}

/** The ways in which this process tells people of alerts. */
export function channelsOf({ settings: { slackUrl, webhookUrl }, logger }: Context): readonly Channel[] {
  return [
    log(logger),
    ...(slackUrl === undefined ? [] : [slack(slackUrl)]),
    ...(webhookUrl === undefined ? [] : [webhook(webhookUrl)]),
  ];
}

/** The queue; `supervise` when this process works on it. */
export function queueOf({ logger }: Context, database: Database, supervise: boolean): OpenQueue {
  return openQueue({ database, supervise, onError: (error) => logger.warn({ err: error }, "The queue has trouble") });
}

/** Begins to take jobs from the queue. */
export async function startWork(
  { settings, logger, signal }: Context,
  database: Database,
  queue: OpenQueue,
  channels: readonly Channel[],
): Promise<void> {
  const { schedules, lookbackMinutes, retentionDays = 0 } = settings;
  await startWorker({
    queue,
    schedules,
    context: {
      database,
      queue,
      channels,
      lookbackMinutes,
      retentionDays,
      signal,
      onDeliveryFailure: (channel, error) =>
        logger.warn(`The channel ${channel} did not take a message, which is tried again: ${(error as Error).message}`),
    },
    onDone: (job, milliseconds, result) =>
      logger.debug({ job, result }, `Job ${job} took ${Math.round(milliseconds)} ms`),
  });
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
