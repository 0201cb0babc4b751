import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { printJson } from "../services/json.ts";
import { refusalOf, type Reason } from "../services/refusal.ts";
import { InvalidInput, type Issue } from "./input/issues.ts";
import { sendJson } from "./reply.ts";

const statuses: Readonly<Record<Reason, number>> = {
  "not found": 404,
  invalid: 400,
  conflict: 409,
  unavailable: 503,
};

/** Answers errors: `{ detail, code, message }`, where the detail of input that cannot be understood is its issues. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => answer(reply, 404, "NOT_FOUND", "Not Found"));
}

/** Answers with an error whose detail is a text. */
export function answer(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ detail: message, code, message });
}

const mostTold = 5;

/** The issues in a sentence, for clients that show a text and no list. */
function told(issues: readonly Issue[]): string {
  const more = issues.length > mostTold ? [`and ${issues.length - mostTold} more`] : [];
  return [...issues.slice(0, mostTold).map(toldOne), ...more].join("; ");
}

function toldOne({ loc, msg, ctx }: Issue): string {
  const reason = typeof ctx?.["error"] === "string" ? `, ${ctx["error"]}` : "";
  return `${loc.join(".")}: ${msg}${reason}`;
}

/** Also given to Fastify for what fails before there is a route. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof InvalidInput) {
    const answered = { detail: error.issues, code: "INVALID_INPUT", message: told(error.issues) };
    void sendJson(reply.code(422), printJson(answered));
    return;
  }
  const { status, code, message } = outcomeOf(error);
  if (status >= 500) request.log.error({ err: error }, message);
  void answer(reply, status, code, message);
}

function outcomeOf(error: FastifyError | Error): { status: number; code: string; message: string } {
  const refusal = refusalOf(error);
  if (refusal !== undefined) return { status: statuses[refusal.reason], code: refusal.code, message: refusal.message };
  // Fastify's own refusals: a body too large, a length that is wrong, a URL that cannot be decoded.
  if ("statusCode" in error && error.statusCode !== undefined && error.statusCode < 500) {
    const code = error.statusCode === 429 ? "RATE_LIMITED" : error.code;
    return { status: error.statusCode, code, message: error.message };
  }
  return { status: 500, code: "INTERNAL", message: "Internal Server Error" };
}
