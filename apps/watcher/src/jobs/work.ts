import type { Channel } from "../notify/message.ts";
import { deliverAlerts } from "../services/alert-delivery.ts";
import { detectAnomalies } from "../services/anomaly-detection.ts";
import { cleanUp } from "../services/cleanup.ts";
import { checkFreshness } from "../services/freshness.ts";
import { checkQueue, type JobName, type Queue } from "../services/queue.ts";
import { refreshReport } from "../services/reports.ts";
import { checkTimeliness } from "../services/timeliness.ts";
import type { Database } from "../store/database.ts";

export interface WorkContext {
  readonly database: Database;
  readonly queue: Queue;
  readonly channels: readonly Channel[];
  readonly lookbackMinutes: number;
  readonly retentionDays: number;
  readonly onDeliveryFailure: (channel: string, error: unknown) => void;
  /** Aborted when the worker stops: long work ends after the step that it is at. */
  readonly signal: AbortSignal;
}

type Work = (context: WorkContext, data: Readonly<Record<string, number>>) => Promise<object | void>;

const names = ({ channels }: WorkContext) => channels.map(({ name }) => name);

/** What each job does. Any of them may run twice, beside itself, or be cut off at any point, and do no harm. */
export const work: Readonly<Record<JobName, Work>> = {
  anomalies: async (context) => {
    const result = await detectAnomalies(context.database, names(context), context.signal);
    if (result.flagged > 0) context.queue.wake("alerts");
    return result;
  },
  freshness: async (context) => {
    const result = await checkFreshness(context.database, names(context));
    if (result.overdue > 0) context.queue.wake("alerts");
    return result;
  },
  timeliness: async (context, { lookback_minutes: lookback = context.lookbackMinutes }) => {
    const result = await checkTimeliness(context.database, lookback, names(context));
    if (result.overdue > 0) context.queue.wake("alerts");
    return result;
  },
  "queue-health": async (context) => {
    const result = await checkQueue(context.database, context.queue, names(context));
    context.queue.wake("alerts");
    return result;
  },
  alerts: ({ database, channels, signal, onDeliveryFailure: onFailure }) =>
    deliverAlerts(database, { channels, signal, onFailure }),
  cleanup: ({ database, retentionDays, signal }) => cleanUp(database, { retentionDays, signal, batchSize: 10_000 }),
  report: ({ database }) => refreshReport(database),
};
