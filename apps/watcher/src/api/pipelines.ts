import type { FastifyInstance } from "fastify";
import { dateParts, getOrCreatePipeline, getPipeline, listPipelines } from "../services/pipelines.ts";
import type { Database } from "../store/database.ts";
import { bodyReader, readParameter } from "./input/body.ts";
import { choice, dictionary, id, integer, optional, text, watermark } from "./input/fields.ts";
import { sendJson } from "./reply.ts";

const readPipeline = bodyReader(
  {
    name: text({ min: 1, max: 150 }),
    pipeline_type_name: text({ min: 1, max: 150 }),
    next_watermark: optional(watermark()),
    pipeline_metadata: optional(dictionary()),
    freshness_number: optional(integer({ gt: 0 })),
    freshness_datepart: optional(choice(dateParts)),
    timeliness_number: optional(integer({ gt: 0 })),
    timeliness_datepart: optional(choice(dateParts)),
  },
  (body) => together("freshness", body.freshness_number, body.freshness_datepart),
  (body) => together("timeliness", body.timeliness_number, body.timeliness_datepart),
);

function together(limit: string, number: number | null = null, datepart: string | null = null): string | undefined {
  if ((number === null) === (datepart === null)) return undefined;
  return `Both ${limit}_number and ${limit}_datepart must be provided together`;
}

/** Pipelines: what is watched. */
export function pipelineRoutes(app: FastifyInstance, database: Database): void {
  app.post("/pipeline", async (request, reply) => {
    const { created, pipeline } = await getOrCreatePipeline(database, readPipeline(request.body));
    return reply.code(created ? 201 : 200).send(pipeline);
  });

  app.get("/pipeline", async (_request, reply) => sendJson(reply, await listPipelines(database)));

  app.get<{ Params: { id: string } }>("/pipeline/:id", async (request, reply) => {
    const pipeline = readParameter(id(), request.params.id, "path", "pipeline_id");
    return sendJson(reply, await getPipeline(database, pipeline));
  });
}
