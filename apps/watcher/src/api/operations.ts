import type { FastifyInstance } from "fastify";
import { diagnose } from "../services/diagnostics.ts";
import { checkHealth, type ReadMigrationStatus } from "../services/health.ts";
import type { Database } from "../store/database.ts";

/** What whoever runs the service asks it about itself. */
export function operationRoutes(app: FastifyInstance, database: Database, readStatus: ReadMigrationStatus): void {
  app.get("/", () => ({ status: "ok" }));

  app.get("/health", async (_request, reply) => {
    const health = await checkHealth(database, readStatus);
    return reply.code(health.status === "ok" ? 200 : 503).send(health);
  });

  app.get("/diagnostics", () => diagnose(database, readStatus));
}
