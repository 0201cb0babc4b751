import type { FastifyInstance, FastifyReply, HTTPMethods } from "fastify";
import { answer } from "./errors.ts";

/**
 * Adds routes, and what stands beside them: another method on a known path is answered with 405, a path with a slash
 * too many with a redirect to the one without.
 */
export function addRoutes(app: FastifyInstance, ...resources: readonly ((app: FastifyInstance) => void)[]): void {
  const known = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    known.set(url, new Set([...(known.get(url) ?? []), ...[method].flat()]));
  });
  for (const add of resources) add(app);
  const paths = [...known];
  for (const [url, methods] of paths) {
    refuseOtherMethods(app, url, methods);
    if (url !== "/" && !known.has(`${url}/`)) redirectSlash(app, `${url}/`);
  }
}

function refuseOtherMethods(app: FastifyInstance, url: string, methods: ReadonlySet<string>): void {
  const allow = [...methods].join(", ");
  const others = app.supportedMethods.filter((method) => !methods.has(method));
  addAnswer(app, others, url, (reply) =>
    answer(reply.header("allow", allow), 405, "METHOD_NOT_ALLOWED", "Method Not Allowed"),
  );
}

function redirectSlash(app: FastifyInstance, url: string): void {
  addAnswer(app, app.supportedMethods, url, (reply) => {
    const [path = "", ...query] = reply.request.url.split("?");
    return reply.redirect([path.slice(0, -1), ...query].join("?"), 307);
  });
}

/** Answers before the body is read, which may be anything. */
function addAnswer(
  app: FastifyInstance,
  methods: readonly string[],
  url: string,
  answerWith: (reply: FastifyReply) => FastifyReply,
): void {
  const onRequest = async (_request: unknown, reply: FastifyReply) => answerWith(reply);
  app.route({ method: methods as HTTPMethods[], url, onRequest, handler: onRequest, schema: { hide: true } });
}
