import type { FastifyInstance } from "fastify";
import { endExecution, getExecution, startExecution } from "../services/executions.ts";
import type { Database } from "../store/database.ts";
import { bodyReader, readParameter } from "./input/body.ts";
import { dictionary, flag, id, integer, moment, optional, watermark } from "./input/fields.ts";
import { sendJson } from "./reply.ts";

const readStart = bodyReader({
  pipeline_id: id(),
  parent_id: optional(id()),
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

/** Executions: the runs of pipelines. */
export function executionRoutes(app: FastifyInstance, database: Database): void {
  app.post("/start_pipeline_execution", async (request, reply) =>
    reply.code(201).send(await startExecution(database, readStart(request.body))),
  );

  app.post("/end_pipeline_execution", async (request, reply) => {
    await endExecution(database, readEnd(request.body));
    return reply.code(204).send();
  });

  app.get<{ Params: { id: string } }>("/pipeline_execution/:id", async (request, reply) => {
    const execution = readParameter(id(), request.params.id, "path", "pipeline_execution_id");
    return sendJson(reply, await getExecution(database, execution));
  });
}
