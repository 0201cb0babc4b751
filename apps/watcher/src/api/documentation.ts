import swagger from "@fastify/swagger";
import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

/** Where the description of the API can be browsed. */
export const documentationPages = ["/scalar", "/docs"] as const;

/** Collects what routes say of themselves. Routes have to be added after this. */
export function describeApi(app: FastifyInstance, withTokens: boolean): void {
  void app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Watcher", version: "1.0.0", description: "Keeps track of what data pipelines do." },
      ...(withTokens && {
        components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
        security: [{ token: [] }],
      }),
    },
    hideUntagged: true,
  });
}

/** The description as JSON, and a browser for it whose every part comes from here. */
export function documentationRoutes(app: FastifyInstance): void {
  app.get("/openapi.json", { config: { role: "nobody" } }, () => app.swagger());
  for (const routePrefix of documentationPages) {
    const configuration = { url: "/openapi.json", withDefaultFonts: false, telemetry: false };
    void app.register(scalar, { routePrefix, configuration });
  }
}
