import cors from "@fastify/cors";
import rateLimit from "@fastify/rate-limit";
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { requireTokens } from "./api/access.ts";
import { addressTypeRoutes } from "./api/address-types.ts";
import { addressRoutes } from "./api/addresses.ts";
import { anomalyRoutes } from "./api/anomalies.ts";
import { checkRoutes } from "./api/checks.ts";
import { describeApi, documentationPages, documentationRoutes } from "./api/documentation.ts";
import { answerError, handleErrors } from "./api/errors.ts";
import { executionRoutes } from "./api/executions.ts";
import { addSecurityHeaders } from "./api/headers.ts";
import { parseBodies } from "./api/input/request-body.ts";
import { lineageRoutes } from "./api/lineage.ts";
import { metricsRoutes, requestMeter } from "./api/metrics.ts";
import { operationRoutes } from "./api/operations.ts";
import { overviewRoutes } from "./api/overview.ts";
import { pipelineTypeRoutes } from "./api/pipeline-types.ts";
import { pipelineRoutes } from "./api/pipelines.ts";
import { reportRoutes } from "./api/reports.ts";
import { addRoutes } from "./api/routing.ts";
import { answerBrowsers, prepareUi, uiRoutes, type UiFile } from "./api/ui.ts";
import { roleReader } from "./services/access.ts";
import type { ReadMigrationStatus } from "./services/health.ts";
import { migrationReports, type MigrationReader } from "./services/migration-report.ts";
import type { Queue } from "./services/queue.ts";
import type { Database } from "./store/database.ts";

/** What the service is built from, and does not close. */
export interface Parts {
  readonly database: Database;
  readonly queue: Queue;
  readonly readStatus: ReadMigrationStatus;
  readonly migrations: MigrationReader;
  readonly logger: FastifyBaseLogger;
  readonly options: AppOptions;
  /** The files of the pages. Without them there is the API only. */
  readonly ui?: readonly UiFile[];
}

/** How the service behaves. */
export interface AppOptions {
  /** Whether requests need a token. */
  readonly tokens: boolean;
  /** Requests a minute from one address. None for any number. */
  readonly rateLimit?: number | undefined;
  readonly bodyLimitBytes: number;
  /** The origins whose pages may use the API. */
  readonly corsOrigins: readonly string[];
  /** Whether a new pipeline gets an anomaly rule for each metric. */
  readonly anomalyRules: boolean;
  /** How long the same start is a retry of the first one. */
  readonly retryWindowSeconds: number;
  /** How far the timeliness check looks back, unless it is told. */
  readonly lookbackMinutes: number;
  /** The names of the channels that alerts go to. */
  readonly channels: readonly string[];
}

/** The service, ready to listen or to be asked through `inject`. */
export function buildApp(parts: Parts): FastifyInstance {
  const { database, queue, readStatus, migrations, logger, options, ui: files = [] } = parts;
  const app = fastify({
    loggerInstance: logger,
    // Two lines for each request cost more than the request; what goes wrong is logged with it.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerError,
    bodyLimit: options.bodyLimitBytes,
  });
  // Schemas describe; what decides about a request are the readers.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  parseBodies(app);
  handleErrors(app);
  const meter = requestMeter(app);
  const ui = prepareUi(files);
  if (ui !== undefined) answerBrowsers(app, ui);
  protect(app, database, options);
  describeApi(app, options.tokens);
  void app.register(async (routes) =>
    addRoutes(
      routes,
      (add) => operationRoutes(add, { database, queue, readStatus, readReport: migrationReports(migrations) }),
      (add) => metricsRoutes(add, meter, database, queue, readStatus),
      (add) => pipelineRoutes(add, database, options),
      (add) => pipelineTypeRoutes(add, database),
      (add) => addressRoutes(add, database),
      (add) => addressTypeRoutes(add, database),
      (add) => lineageRoutes(add, database),
      (add) => executionRoutes(add, database, queue, options),
      (add) => anomalyRoutes(add, database),
      (add) => checkRoutes(add, database, queue, options),
      (add) => reportRoutes(add, database),
      (add) => overviewRoutes(add, database),
      (add) => ui && uiRoutes(add, ui),
      documentationRoutes,
    ),
  );
  return app;
}

function protect(app: FastifyInstance, database: Database, options: AppOptions): void {
  addSecurityHeaders(app, documentationPages);
  if (options.corsOrigins.length > 0) {
    const exposed = { methods: ["GET", "POST", "PATCH"], allowedHeaders: ["authorization", "content-type"] };
    void app.register(cors, { origin: [...options.corsOrigins], ...exposed });
  }
  if (options.rateLimit !== undefined) {
    void app.register(rateLimit, { max: options.rateLimit, timeWindow: "1 minute" });
  }
  if (options.tokens) void app.register(async () => requireTokens(app, roleReader(database), documentationPages));
}
