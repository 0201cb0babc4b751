import type { FastifyInstance } from "fastify";
import {
  getOrCreatePipeline,
  getPipeline,
  listPipelines,
  patchPipeline,
  type PipelineDefaults,
} from "../services/pipelines.ts";
import type { Database } from "../store/database.ts";
import { boolean, described, integer, list, nullable, object, string } from "./description.ts";
import { bodyReader, queryReader, readParameter } from "./input/body.ts";
import { idOrName, limits, name } from "./input/common.ts";
import { dictionary, flag, id, integer as integerField, omittable, optional, text, watermark } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { pipelineRow } from "./rows.ts";

const readPipeline = bodyReader(
  {
    name: name(),
    pipeline_type_name: name(),
    next_watermark: optional(watermark()),
    pipeline_metadata: optional(dictionary()),
    ...limits,
  },
  (body) => together("freshness", body.freshness_number, body.freshness_datepart),
  (body) => together("timeliness", body.timeliness_number, body.timeliness_datepart),
);

function together(limit: string, number: number | null = null, datepart: string | null = null): string | undefined {
  if ((number === null) === (datepart === null)) return undefined;
  return `Both ${limit}_number and ${limit}_datepart must be provided together`;
}

/** The original's SDK says `pipeline_id` where its server expects `id`. */
const readPatch = bodyReader(
  {
    id: optional(id()),
    pipeline_id: optional(id()),
    name: optional(name()),
    pipeline_type_id: optional(id()),
    watermark: optional(watermark()),
    next_watermark: optional(watermark()),
    pipeline_metadata: optional(dictionary()),
    ...limits,
    mute_freshness_check: optional(flag()),
    mute_timeliness_check: optional(flag()),
    load_lineage: optional(flag()),
    active: optional(flag()),
  },
  ({ pipeline_id: pipeline = null, ...body }) => idOrName({ ...body, id: body.id ?? pipeline }),
);

const readFilter = queryReader({
  search: omittable(text({ max: 150 })),
  active: omittable(flag()),
  pipeline_type_id: omittable(id()),
  after: omittable(id()),
  limit: omittable(integerField({ ge: 1, le: 1000 })),
});

const tag = "Pipelines";

/** Pipelines: what is watched. */
export function pipelineRoutes(app: FastifyInstance, database: Database, defaults: PipelineDefaults): void {
  const answer = object({ id: integer, active: boolean, load_lineage: boolean, watermark: nullable(string) });
  const create = { tag, body: readPipeline, answers: { 200: answer, 201: answer } };
  app.post(
    "/pipeline",
    { schema: described("Get the pipeline of a name, or create it", create) },
    async (request, reply) => {
      const { created, pipeline } = await getOrCreatePipeline(database, readPipeline(request.body), defaults);
      return reply.code(created ? 201 : 200).send(pipeline);
    },
  );

  app.get(
    "/pipeline",
    { schema: described("List pipelines", { tag, query: readFilter, answers: { 200: list(pipelineRow) } }) },
    async (request, reply) => sendJson(reply, await listPipelines(database, readFilter(request.query))),
  );

  app.get<{ Params: { id: string } }>(
    "/pipeline/:id",
    { schema: described("Get a pipeline", { tag, path: "id", answers: { 200: pipelineRow } }) },
    async (request, reply) => {
      const pipeline = readParameter(id(), request.params.id, "path", "pipeline_id");
      return sendJson(reply, await getPipeline(database, pipeline));
    },
  );

  app.patch(
    "/pipeline",
    { schema: described("Change a pipeline", { tag, body: readPatch, answers: { 200: pipelineRow } }) },
    async (request, reply) => {
      const { pipeline_id: pipeline = null, ...patch } = readPatch(request.body);
      return sendJson(reply, await patchPipeline(database, { ...patch, id: patch.id ?? pipeline }));
    },
  );
}
