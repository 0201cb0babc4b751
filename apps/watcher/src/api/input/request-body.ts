import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseJson } from "../../services/json.ts";
import { InvalidInput } from "./issues.ts";
import { findJsonMistake } from "./json-mistake.ts";

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
  // What nobody reads cannot be wrong.
  if (body.length === 0 || request.routeOptions.schema?.body === undefined) return undefined;
  const type = request.headers["content-type"];
  const isJson = type === undefined || /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
  return isJson ? jsonOf(body) : body.toString();
}

function jsonOf(body: Buffer): unknown {
  const text = textOf(body);
  try {
    return parseJson(text);
  } catch (error) {
    const { position, reason } = findJsonMistake(text) ?? { position: 0, reason: (error as Error).message };
    throw brokenJson(position, reason);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function textOf(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw brokenJson(0, "The body is not UTF-8");
  }
}

function brokenJson(position: number, error: string): InvalidInput {
  return new InvalidInput({
    type: "json_invalid",
    loc: ["body", position],
    msg: "JSON decode error",
    input: {},
    ctx: { error },
  });
}
