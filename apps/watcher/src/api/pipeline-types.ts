import type { FastifyInstance } from "fastify";
import {
  getOrCreatePipelineType,
  getPipelineType,
  listPipelineTypes,
  patchPipelineType,
} from "../services/pipeline-types.ts";
import type { Database } from "../store/database.ts";
import { described, idAnswer, list } from "./description.ts";
import { bodyReader, readParameter } from "./input/body.ts";
import { idOrName, limits, name } from "./input/common.ts";
import { flag, id, omittable, optional } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { pipelineTypeRow } from "./rows.ts";

const readType = bodyReader({
  name: name(),
  ...limits,
  mute_freshness_check: omittable(flag()),
  mute_timeliness_check: omittable(flag()),
});

const readPatch = bodyReader(
  {
    id: optional(id()),
    name: optional(name()),
    ...limits,
    mute_freshness_check: optional(flag()),
    mute_timeliness_check: optional(flag()),
  },
  idOrName,
);

const tag = "Pipeline types";

/** Pipeline types: kinds of pipelines, with limits that their pipelines share. */
export function pipelineTypeRoutes(app: FastifyInstance, database: Database): void {
  const create = { tag, body: readType, answers: { 200: idAnswer, 201: idAnswer } };
  app.post(
    "/pipeline_type",
    { schema: described("Get the pipeline type of a name, or create it", create) },
    async (request, reply) => {
      const { created, id: type } = await getOrCreatePipelineType(database, readType(request.body));
      return reply.code(created ? 201 : 200).send({ id: type });
    },
  );

  app.get(
    "/pipeline_type",
    { schema: described("List all pipeline types", { tag, answers: { 200: list(pipelineTypeRow) } }) },
    async (_request, reply) => sendJson(reply, await listPipelineTypes(database)),
  );

  app.get<{ Params: { id: string } }>(
    "/pipeline_type/:id",
    { schema: described("Get a pipeline type", { tag, path: "id", answers: { 200: pipelineTypeRow } }) },
    async (request, reply) => {
      const type = readParameter(id(), request.params.id, "path", "pipeline_type_id");
      return sendJson(reply, await getPipelineType(database, type));
    },
  );

  app.patch(
    "/pipeline_type",
    { schema: described("Change a pipeline type", { tag, body: readPatch, answers: { 200: pipelineTypeRow } }) },
    async (request, reply) => sendJson(reply, await patchPipelineType(database, readPatch(request.body))),
  );
}
