import type { FastifyInstance } from "fastify";
import { allows, type Role, type RoleOf } from "../services/access.ts";
import { answer } from "./errors.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a token has to allow for this route: read for GET and HEAD, write for the rest, unless it says otherwise. */
    role?: Role | "nobody";
  }
}

const bearer = /^bearer\s+(\S+)$/i;

/** Lets nobody in without a token that allows what they ask for; what begins with a prefix is for everybody. */
export function requireTokens(app: FastifyInstance, roleOf: RoleOf, openPrefixes: readonly string[]): void {
  app.addHook("onRequest", async (request, reply) => {
    const { config, url } = request.routeOptions;
    const needed = config.role ?? (request.method === "GET" || request.method === "HEAD" ? "read" : "write");
    if (url === undefined || needed === "nobody" || openPrefixes.some((prefix) => url.startsWith(prefix)))
      return undefined;

    const [, token] = bearer.exec(request.headers.authorization ?? "") ?? [];
    const role = token === undefined ? undefined : await roleOf(token);
    if (role === undefined) {
      const message = token === undefined ? "A bearer token is required" : "The bearer token is unknown or revoked";
      return answer(reply.header("www-authenticate", "Bearer"), 401, "UNAUTHENTICATED", message);
    }
    if (!allows(role, needed)) {
      return answer(reply, 403, "FORBIDDEN", `This needs a token with the role ${needed}; this one has ${role}`);
    }
    return undefined;
  });
}
