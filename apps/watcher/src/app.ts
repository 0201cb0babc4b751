import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { answerError, handleErrors } from "./api/errors.ts";
import { executionRoutes } from "./api/executions.ts";
import { parseBodies } from "./api/input/request-body.ts";
import { operationRoutes } from "./api/operations.ts";
import { pipelineRoutes } from "./api/pipelines.ts";
import { addRoutes } from "./api/routing.ts";
import type { ReadMigrationStatus } from "./services/health.ts";
import type { Database } from "./store/database.ts";

/** What the service is built from, and does not close. */
export interface Parts {
  readonly database: Database;
  readonly readStatus: ReadMigrationStatus;
  readonly logger: FastifyBaseLogger;
}

/** The service, ready to listen or to be asked through `inject`. */
export function buildApp({ database, readStatus, logger }: Parts): FastifyInstance {
  const app = fastify({
    loggerInstance: logger,
    // Two lines for each request cost more than the request; what goes wrong is logged with it.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerError,
  });
  parseBodies(app);
  handleErrors(app);
  addRoutes(
    app,
    (routes) => operationRoutes(routes, database, readStatus),
    (routes) => pipelineRoutes(routes, database),
    (routes) => executionRoutes(routes, database),
  );
  return app;
}
