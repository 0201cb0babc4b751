import type { FastifyInstance } from "fastify";
import { getLineageGraph, listLineageAddresses, replaceLineage } from "../services/lineage.ts";
import { printJson } from "../services/json.ts";
import type { Database } from "../store/database.ts";
import { addressFields } from "./addresses.ts";
import { described, integer, list, object, string } from "./description.ts";
import { bodyReader, nested, queryReader } from "./input/body.ts";
import { id, listOf } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { lineageGraph } from "./rows.ts";

const readLineage = bodyReader({
  pipeline_id: id(),
  source_addresses: listOf(nested(addressFields)),
  target_addresses: listOf(nested(addressFields)),
});

const readGraph = queryReader({ source_address_id: id() });

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
