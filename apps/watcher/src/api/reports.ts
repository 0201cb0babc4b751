import type { FastifyInstance } from "fastify";
import { getDailyReport, listReportNames, refreshReport } from "../services/reports.ts";
import type { Database } from "../store/database.ts";
import { described, list, object, string } from "./description.ts";
import { queryReader } from "./input/body.ts";
import { integer, omittable, text } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { dailyReport } from "./rows.ts";

const readFilter = queryReader({
  page: omittable(integer({ ge: 1 })),
  page_size: omittable(integer({ ge: 1, le: 1000 })),
  pipeline_name: omittable(text({ max: 1000 })),
  pipeline_type_name: omittable(text({ max: 1000 })),
  days: omittable(integer({ ge: 1, le: 30 })),
});

const readNamesFilter = queryReader({ pipeline_type_name: omittable(text({ max: 1000 })) });

const tag = "Reports";

/** Reports: what the pipelines did on each of the last thirty days. */
export function reportRoutes(app: FastifyInstance, database: Database): void {
  app.get(
    "/reporting/daily-pipeline-metrics",
    { schema: described("Get the daily report", { tag, query: readFilter, answers: { 200: dailyReport } }) },
    async (request, reply) => {
      const { pipeline_name: name, pipeline_type_name: type, ...filter } = readFilter(request.query);
      // An empty name is a filter that was left empty.
      const names = { ...(name && { pipeline_name: name }), ...(type && { pipeline_type_name: type }) };
      return sendJson(reply, await getDailyReport(database, { page: 1, page_size: 50, days: 30, ...filter, ...names }));
    },
  );

  app.get(
    "/reporting/pipeline-names",
    {
      schema: described("List the pipelines of the report", {
        tag,
        query: readNamesFilter,
        answers: { 200: object({ pipeline_names: list(string) }) },
      }),
    },
    async (request, reply) => {
      const { pipeline_type_name: type } = readNamesFilter(request.query);
      return reply.send({ pipeline_names: await listReportNames(database, "pipeline_name", type || undefined) });
    },
  );

  app.get(
    "/reporting/pipeline-type-names",
    {
      schema: described("List the pipeline types of the report", {
        tag,
        answers: { 200: object({ pipeline_type_names: list(string) }) },
      }),
    },
    async () => ({ pipeline_type_names: await listReportNames(database, "pipeline_type_name") }),
  );

  app.post(
    "/reporting/refresh",
    {
      schema: described("Bring the report up to date", {
        tag,
        answers: { 200: object({ status: string, message: string }) },
      }),
    },
    async () => {
      await refreshReport(database);
      return { status: "success", message: "Materialized view refreshed successfully" };
    },
  );
}
