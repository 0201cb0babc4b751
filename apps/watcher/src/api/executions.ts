import type { FastifyInstance, FastifyRequest } from "fastify";
import { endExecution } from "../services/execution-end.ts";
import { startExecution } from "../services/execution-start.ts";
import { getExecutionTree } from "../services/execution-tree.ts";
import { executionStatuses, getExecution, listExecutions } from "../services/executions.ts";
import type { Queue } from "../services/queue.ts";
import type { Database } from "../store/database.ts";
import { described, idAnswer, list, object, page } from "./description.ts";
import { bodyReader, queryReader, readParameter } from "./input/body.ts";
import { paging } from "./input/common.ts";
import { choice, dictionary, flag, id, integer, moment, omittable, optional, text, watermark } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { executionRow, executionTree } from "./rows.ts";

/** The original's SDK says `parent_execution_id` where its server expects `parent_id`. */
const readStart = bodyReader({
  pipeline_id: id(),
  parent_id: optional(id()),
  parent_execution_id: optional(id()),
  start_date: optional(moment()),
  watermark: optional(watermark()),
  next_watermark: optional(watermark()),
});

const readEnd = bodyReader({
  id: id(),
  end_date: moment(),
  completed_successfully: flag(),
  inserts: optional(integer({ ge: 0 })),
  updates: optional(integer({ ge: 0 })),
  soft_deletes: optional(integer({ ge: 0 })),
  total_rows: optional(integer({ ge: 0 })),
  execution_metadata: optional(dictionary()),
});

const readFilter = queryReader({
  pipeline_id: omittable(id()),
  parent_id: omittable(id()),
  status: omittable(choice(executionStatuses)),
  anomalous: omittable(flag()),
  started_from: omittable(moment()),
  started_before: omittable(moment()),
  ...paging,
});

const key = text({ min: 1, max: 255 });

function idempotencyKey(request: FastifyRequest): string | undefined {
  const sent = request.headers["idempotency-key"];
  return sent === undefined ? undefined : readParameter(key, sent, "header", "idempotency-key");
}

export interface ExecutionOptions {
  /** How long the same start is a retry of the first one. */
  readonly retryWindowSeconds: number;
}

const tag = "Executions";

/** Executions: the runs of pipelines. */
export function executionRoutes(
  app: FastifyInstance,
  database: Database,
  queue: Queue,
  { retryWindowSeconds: windowSeconds }: ExecutionOptions,
): void {
  const headers = { type: "object", properties: { "Idempotency-Key": key.schema } };
  app.post(
    "/start_pipeline_execution",
    { schema: described("Start an execution", { tag, body: readStart, headers, answers: { 201: idAnswer } }) },
    async (request, reply) => {
      const { parent_execution_id: parent = null, ...start } = readStart(request.body);
      const started = await startExecution(
        database,
        { ...start, parent_id: start.parent_id ?? parent },
        { idempotencyKey: idempotencyKey(request), windowSeconds },
      );
      return reply.code(201).send(started);
    },
  );

  app.post(
    "/end_pipeline_execution",
    { schema: described("End an execution", { tag, body: readEnd, answers: { 204: null } }) },
    async (request, reply) => {
      const { to_check: toCheck } = await endExecution(database, readEnd(request.body));
      if (toCheck) queue.wake("anomalies");
      return reply.code(204).send();
    },
  );

  app.get(
    "/pipeline_execution",
    { schema: described("List executions", { tag, query: readFilter, answers: { 200: page(executionRow) } }) },
    async (request, reply) => sendJson(reply, await listExecutions(database, readFilter(request.query))),
  );

  const family = object({ ...(executionRow["properties"] as object), child_executions: list(executionRow) });
  app.get<{ Params: { id: string } }>(
    "/pipeline_execution/:id",
    { schema: described("Get an execution with its children", { tag, path: "id", answers: { 200: family } }) },
    async (request, reply) => {
      const execution = readParameter(id(), request.params.id, "path", "pipeline_execution_id");
      return sendJson(reply, await getExecution(database, execution));
    },
  );

  app.get<{ Params: { id: string } }>(
    "/pipeline_execution/:id/tree",
    {
      schema: described("Get an execution with its whole family", { tag, path: "id", answers: { 200: executionTree } }),
    },
    async (request, reply) => {
      const execution = readParameter(id(), request.params.id, "path", "pipeline_execution_id");
      return sendJson(reply, await getExecutionTree(database, execution));
    },
  );
}
