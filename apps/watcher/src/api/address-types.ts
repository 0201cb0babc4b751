import type { FastifyInstance } from "fastify";
import {
  getAddressType,
  getOrCreateAddressType,
  listAddressTypes,
  patchAddressType,
} from "../services/address-types.ts";
import type { Database } from "../store/database.ts";
import { described, idAnswer, list } from "./description.ts";
import { bodyReader, readParameter } from "./input/body.ts";
import { idOrName, name } from "./input/common.ts";
import { id, optional } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { addressTypeRow } from "./rows.ts";

const readType = bodyReader({ name: name(), group_name: name() });

const readPatch = bodyReader({ id: optional(id()), name: optional(name()), group_name: optional(name()) }, idOrName);

const tag = "Address types";

/** Address types: kinds of places that data lives in. */
export function addressTypeRoutes(app: FastifyInstance, database: Database): void {
  const create = { tag, body: readType, answers: { 200: idAnswer, 201: idAnswer } };
  app.post(
    "/address_type",
    { schema: described("Get the address type of a name, or create it", create) },
    async (request, reply) => {
      const { created, id: type } = await getOrCreateAddressType(database, readType(request.body));
      return reply.code(created ? 201 : 200).send({ id: type });
    },
  );

  app.get(
    "/address_type",
    { schema: described("List all address types", { tag, answers: { 200: list(addressTypeRow) } }) },
    async (_request, reply) => sendJson(reply, await listAddressTypes(database)),
  );

  app.get<{ Params: { id: string } }>(
    "/address_type/:id",
    { schema: described("Get an address type", { tag, path: "id", answers: { 200: addressTypeRow } }) },
    async (request, reply) => {
      const type = readParameter(id(), request.params.id, "path", "address_type_id");
      return sendJson(reply, await getAddressType(database, type));
    },
  );

  app.patch(
    "/address_type",
    { schema: described("Change an address type", { tag, body: readPatch, answers: { 200: addressTypeRow } }) },
    async (request, reply) => sendJson(reply, await patchAddressType(database, readPatch(request.body))),
  );
}
