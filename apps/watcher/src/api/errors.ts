import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { printJson } from "../services/json.ts";
import { refusalOf, type Reason } from "../services/refusal.ts";
import { InvalidInput } from "./input/issues.ts";

const statuses: Readonly<Record<Reason, number>> = {
  "not found": 404,
  invalid: 400,
  conflict: 409,
  unavailable: 503,
};

/** Answers errors: `{ detail: [issues] }` for input that cannot be understood, `{ detail, code, message }` for the rest. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => answer(reply, 404, "NOT_FOUND", "Not Found"));
}

/** Answers with an error whose detail is a text. */
export function answer(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ detail: message, code, message });
}

/** Also given to Fastify for what fails before there is a route. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof InvalidInput) {
    return reply.code(422).type("application/json; charset=utf-8").send(printJson({ detail: error.issues }));
  }
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    if (refusal.reason === "unavailable") request.log.error({ err: error }, refusal.message);
    return answer(reply, statuses[refusal.reason], refusal.code, refusal.message);
  }
  // Fastify's own refusals: a body too large, a length that is wrong, a URL that cannot be decoded.
  if ("statusCode" in error && error.statusCode !== undefined && error.statusCode < 500) {
    return answer(reply, error.statusCode, error.code, error.message);
  }
  request.log.error({ err: error }, "A request failed");
  return answer(reply, 500, "INTERNAL", "Internal Server Error");
}
