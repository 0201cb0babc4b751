import type { FastifyInstance } from "fastify";
import { diagnose, diagnosticTexts, type DiagnosticText } from "../services/diagnostics.ts";
import { checkHealth, type ReadMigrationStatus } from "../services/health.ts";
import type { ReadMigrationReport } from "../services/migration-report.ts";
import type { Queue } from "../services/queue.ts";
import type { Database } from "../store/database.ts";
import { anyObject, described, integer, nullable, object, string } from "./description.ts";
import { migrationReport } from "./migration-report.ts";
import { choice } from "./input/fields.ts";
import { readParameter } from "./input/body.ts";

const tag = "Operations";
const ok = object({ status: string });
const health = object({
  status: string,
  database: string,
  current_revision: nullable(string),
  head: nullable(string),
  pending: nullable(integer),
});

export interface OperationParts {
  readonly database: Database;
  readonly queue: Queue;
  readonly readStatus: ReadMigrationStatus;
  readonly readReport: ReadMigrationReport;
}

/** What whoever runs the service asks it about itself. */
export function operationRoutes(
  app: FastifyInstance,
  { database, queue, readStatus, readReport }: OperationParts,
): void {
  app.get(
    "/",
    { schema: described("Whether the process answers", { tag, answers: { 200: ok } }), config: { role: "nobody" } },
    () => ({ status: "ok" }),
  );

  for (const url of ["/health", "/ready"]) {
    const answers = { 200: health, 503: health };
    app.get(
      url,
      { schema: described("Whether the service can do its work", { tag, answers }), config: { role: "nobody" } },
      async (_request, reply) => {
        const status = await checkHealth(database, readStatus);
        return reply.code(status.status === "ok" ? 200 : 503).send(status);
      },
    );
  }

  app.get(
    "/diagnostics",
    { schema: described("What the service finds out about itself", { tag, answers: { 200: anyObject } }) },
    () => diagnose(database, queue, readStatus, readReport),
  );

  app.get(
    "/diagnostics/migrations",
    { schema: described("Where the database's revisions stand", { tag, answers: { 200: migrationReport } }) },
    () => readReport(),
  );

  const kind = choice(Object.keys(diagnosticTexts) as DiagnosticText[]);
  const text = object({ status: string, output: string, type: string });
  app.get<{ Params: { kind: string } }>(
    "/diagnostics/:kind",
    { schema: described("One part of it, as text in HTML", { tag, answers: { 200: text } }) },
    async (request, reply) => {
      const wanted = readParameter(kind, request.params.kind, "path", "kind");
      const output = await diagnosticTexts[wanted](database, queue, readStatus);
      return reply.send({ status: "success", output, type: wanted.replaceAll("-", "_") });
    },
  );
}
