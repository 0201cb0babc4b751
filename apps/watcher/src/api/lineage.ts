import type { FastifyInstance } from "fastify";
import {
  getLineageGraph,
  getPipelineLineage,
  getWholeLineage,
  listLineageAddresses,
  replaceLineage,
} from "../services/lineage.ts";
import { printJson } from "../services/json.ts";
import type { Database } from "../store/database.ts";
import { addressFields } from "./addresses.ts";
import { boolean, described, integer, list, object, string } from "./description.ts";
import { bodyReader, nested, queryReader, readParameter } from "./input/body.ts";
import { id, integer as integerField, listOf, omittable } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { lineageGraph } from "./rows.ts";

const readLineage = bodyReader({
  pipeline_id: id(),
  source_addresses: listOf(nested(addressFields)),
  target_addresses: listOf(nested(addressFields)),
});

const readGraph = queryReader({ source_address_id: id() });

const readWhole = queryReader({ limit: omittable(integerField({ ge: 1, le: 1000 })) });

const tag = "Lineage";

/** Lineage: from which addresses to which others pipelines move data. */
export function lineageRoutes(app: FastifyInstance, database: Database): void {
  const answer = object({ pipeline_id: integer, lineage_relationships_created: integer, message: string });
  const replace = { tag, body: readLineage, answers: { 200: answer, 201: answer } };
  app.post(
    "/address_lineage",
    { schema: described("Replace the lineage of a pipeline", replace) },
    async (request, reply) => {
      const { created, lineage } = await replaceLineage(database, readLineage(request.body));
      return sendJson(reply.code(created ? 201 : 200), printJson(lineage));
    },
  );

  app.get(
    "/lineage-graph/",
    { schema: described("Get the lineage of an address", { tag, query: readGraph, answers: { 200: lineageGraph } }) },
    async (request, reply) =>
      sendJson(reply, await getLineageGraph(database, readGraph(request.query).source_address_id)),
  );

  const whole = object({ ...(lineageGraph["properties"] as object), truncated: boolean });
  app.get(
    "/lineage-graph/all",
    {
      schema: described("Get all lineage, the newest edges of it", { tag, query: readWhole, answers: { 200: whole } }),
    },
    async (request, reply) => sendJson(reply, await getWholeLineage(database, readWhole(request.query).limit ?? 500)),
  );

  app.get<{ Params: { id: string } }>(
    "/pipeline/:id/lineage",
    { schema: described("Get the lineage of a pipeline", { tag, path: "id", answers: { 200: lineageGraph } }) },
    async (request, reply) => {
      const pipeline = readParameter(id(), request.params.id, "path", "pipeline_id");
      return sendJson(reply, await getPipelineLineage(database, pipeline));
    },
  );

  app.get(
    "/lineage-graph/addresses",
    {
      schema: described("List the addresses that lineage can be asked of", {
        tag,
        answers: { 200: list(object({ id: integer, name: string })) },
      }),
    },
    async (_request, reply) => sendJson(reply, await listLineageAddresses(database)),
  );

  app.post(
    "/lineage-graph/refresh",
    {
      schema: described("Do nothing: lineage is always up to date", {
        tag,
        answers: { 200: object({ status: string, message: string }) },
      }),
    },
    () => ({ status: "success", message: "Lineage is read as it is, and needs no refresh" }),
  );
}
