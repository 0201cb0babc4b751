import type { FastifyInstance } from "fastify";
import { alertKinds, listAlerts } from "../services/alerts.ts";
import { cleanUp } from "../services/cleanup.ts";
import { listFreshnessLog } from "../services/freshness.ts";
import { checkQueue, type Queue } from "../services/queue.ts";
import { listTimelinessLog } from "../services/timeliness.ts";
import type { Database } from "../store/database.ts";
import { described, integer as integerSchema, list, object, page, string } from "./description.ts";
import { bodyReader, queryReader } from "./input/body.ts";
import { paging } from "./input/common.ts";
import { choice, flag, id, integer, omittable } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { alertRow, freshnessRow, timelinessRow } from "./rows.ts";

const readTimeliness = bodyReader({ lookback_minutes: omittable(integer({ ge: 5 })) });

const readCleanup = bodyReader({
  retention_days: integer({ ge: 90 }),
  batch_size: omittable(integer({ ge: 1 })),
});

const readLogFilter = queryReader({ pipeline_id: omittable(id()), ...paging });

const readAlertFilter = queryReader({
  kind: omittable(choice(alertKinds)),
  pipeline_id: omittable(id()),
  open: omittable(flag()),
  ...paging,
});

const tag = "Checks";
const queued = object({ status: string });

export interface CheckOptions {
  readonly channels: readonly string[];
  readonly lookbackMinutes: number;
}

/** Checks: what is late, what is out of date, what waits, and what people were told of it. */
export function checkRoutes(
  app: FastifyInstance,
  database: Database,
  queue: Queue,
  { channels, lookbackMinutes }: CheckOptions,
): void {
  app.post(
    "/timeliness",
    { schema: described("Ask for the timeliness check", { tag, body: readTimeliness, answers: { 200: queued } }) },
    async (request, reply) => {
      const { lookback_minutes: lookback = lookbackMinutes } = readTimeliness(request.body);
      await queue.send("timeliness", { lookback_minutes: lookback });
      return reply.send({ status: "queued" });
    },
  );

  app.post(
    "/freshness",
    { schema: described("Ask for the freshness check", { tag, answers: { 200: queued } }) },
    async () => {
      await queue.send("freshness");
      return { status: "queued" };
    },
  );

  app.get(
    "/timeliness_pipeline_execution_log",
    { schema: described("List late executions", { tag, query: readLogFilter, answers: { 200: page(timelinessRow) } }) },
    async (request, reply) => sendJson(reply, await listTimelinessLog(database, readLogFilter(request.query))),
  );

  app.get(
    "/freshness_pipeline_log",
    {
      schema: described("List what was out of date", {
        tag,
        query: readLogFilter,
        answers: { 200: page(freshnessRow) },
      }),
    },
    async (request, reply) => sendJson(reply, await listFreshnessLog(database, readLogFilter(request.query))),
  );

  app.get(
    "/alert",
    { schema: described("List alerts", { tag, query: readAlertFilter, answers: { 200: page(alertRow) } }) },
    async (request, reply) => sendJson(reply, await listAlerts(database, readAlertFilter(request.query))),
  );

  const totals = object(
    Object.fromEntries(
      [
        "total_pipeline_executions_deleted",
        "total_timeliness_pipeline_execution_logs_deleted",
        "total_anomaly_detection_results_deleted",
        "total_pipeline_execution_closure_parent_deleted",
        "total_pipeline_execution_closure_child_deleted",
        "total_freshness_pipeline_logs_deleted",
      ].map((name) => [name, integerSchema]),
    ),
  );
  app.post(
    "/log_cleanup",
    {
      schema: described("Delete what is older than a number of days", {
        tag,
        body: readCleanup,
        answers: { 200: totals },
      }),
      config: { role: "admin" },
    },
    async (request, reply) => {
      const { retention_days: retentionDays, batch_size: batchSize = 10_000 } = readCleanup(request.body);
      return reply.send(await cleanUp(database, { retentionDays, batchSize }));
    },
  );

  const health = object({
    status: string,
    total_pending: integerSchema,
    regular_queue_pending: integerSchema,
    scheduled_queue_pending: integerSchema,
    beat_scheduled_tasks: integerSchema,
    task_breakdown: list(string),
    task_breakdown_raw: { type: "object", additionalProperties: integerSchema },
  });
  app.post(
    "/celery/monitor-queue",
    {
      schema: described("Count what waits in the queue, and alert if it is too much", {
        tag,
        answers: { 200: health },
      }),
    },
    () => checkQueue(database, queue, channels),
  );
}
