import type { FastifyReply } from "fastify";
import type { JsonText } from "../services/json-rows.ts";

/** Sends JSON that is text already. */
export function sendJson(reply: FastifyReply, json: JsonText): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(json);
}
