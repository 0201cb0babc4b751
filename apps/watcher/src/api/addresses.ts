import type { FastifyInstance } from "fastify";
import { getAddress, getOrCreateAddress, listAddresses, patchAddress } from "../services/addresses.ts";
import type { Database } from "../store/database.ts";
import { described, idAnswer, list } from "./description.ts";
import { bodyReader, readParameter } from "./input/body.ts";
import { idOrName, name } from "./input/common.ts";
import { dictionary, id, optional, text } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { addressRow } from "./rows.ts";

const parts = {
  database_name: optional(text({ max: 50 })),
  schema_name: optional(text({ max: 50 })),
  table_name: optional(text({ max: 50 })),
  primary_key: optional(text({ max: 50 })),
};

/** An address as a body has it, or as one of the addresses of a body. */
export const addressFields = {
  name: name(),
  address_type_name: name(),
  address_type_group_name: name(),
  ...parts,
  address_metadata: optional(dictionary()),
};

const readAddress = bodyReader(addressFields);

const readPatch = bodyReader(
  { id: optional(id()), name: optional(name()), address_type_id: optional(id()), ...parts },
  idOrName,
);

const tag = "Addresses";

/** Addresses: places that pipelines read from and write to. */
export function addressRoutes(app: FastifyInstance, database: Database): void {
  const create = { tag, body: readAddress, answers: { 200: idAnswer, 201: idAnswer } };
  app.post(
    "/address",
    { schema: described("Get the address of a name, or create it", create) },
    async (request, reply) => {
      const { created, id: address } = await getOrCreateAddress(database, readAddress(request.body));
      return reply.code(created ? 201 : 200).send({ id: address });
    },
  );

  app.get(
    "/address",
    { schema: described("List all addresses", { tag, answers: { 200: list(addressRow) } }) },
    async (_request, reply) => sendJson(reply, await listAddresses(database)),
  );

  app.get<{ Params: { id: string } }>(
    "/address/:id",
    { schema: described("Get an address", { tag, path: "id", answers: { 200: addressRow } }) },
    async (request, reply) => {
      const address = readParameter(id(), request.params.id, "path", "address_id");
      return sendJson(reply, await getAddress(database, address));
    },
  );

  app.patch(
    "/address",
    { schema: described("Change an address", { tag, body: readPatch, answers: { 200: addressRow } }) },
    async (request, reply) => sendJson(reply, await patchAddress(database, readPatch(request.body))),
  );
}
