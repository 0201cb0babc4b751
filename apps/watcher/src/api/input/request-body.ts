import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseJson } from "../../services/json.ts";
import { InvalidInput } from "./issues.ts";

/**
 * Reads bodies as the original does: JSON where the content type says so or nothing is said, whatever else as the
 * bytes it is, which no reader of a body accepts.
 */
export function parseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => {
    try {
      done(null, readBody(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function readBody(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const type = request.headers["content-type"];
  const isJson = type === undefined || /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
  return isJson ? jsonOf(body) : body.toString();
}

function jsonOf(body: Buffer): unknown {
  try {
    return parseJson(utf8.decode(body));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "the body is nested too deeply, or is not UTF-8";
    const position = Number(/at position (\d+)/.exec(reason)?.[1] ?? 0);
    throw new InvalidInput({
      type: "json_invalid",
      loc: ["body", position],
      msg: "JSON decode error",
      input: {},
      ctx: { error: reason },
    });
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
