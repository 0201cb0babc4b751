import type { FastifyInstance } from "fastify";
import { getDailyReport, listDailyTotals, listReportNames, refreshReport } from "../services/reports.ts";
import type { Database } from "../store/database.ts";
import { described, integer as count, list, object, string } from "./description.ts";
import { queryReader } from "./input/body.ts";
import { integer, omittable, text } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { dailyReport } from "./rows.ts";

const filterFields = {
  page: omittable(integer({ ge: 1 })),
  page_size: omittable(integer({ ge: 1, le: 1000 })),
  pipeline_name: omittable(text({ max: 1000 })),
  pipeline_type_name: omittable(text({ max: 1000 })),
  days: omittable(integer({ ge: 1, le: 30 })),
};

const readFilter = queryReader(filterFields);

const { page: _page, page_size: _size, ...narrowing } = filterFields;

const readTotalsFilter = queryReader(narrowing);

const readNamesFilter = queryReader({ pipeline_type_name: omittable(text({ max: 1000 })) });

/** An empty name is a filter that was left empty. */
function withoutEmptyNames<Filter extends { pipeline_name?: string; pipeline_type_name?: string }>({
  pipeline_name: name,
  pipeline_type_name: type,
  ...filter
}: Filter) {
  return { ...filter, ...(name && { pipeline_name: name }), ...(type && { pipeline_type_name: type }) };
}

const tag = "Reports";

/** Reports: what the pipelines did on each of the last thirty days. */
export function reportRoutes(app: FastifyInstance, database: Database): void {
  app.get(
    "/reporting/daily-pipeline-metrics",
    { schema: described("Get the daily report", { tag, query: readFilter, answers: { 200: dailyReport } }) },
    async (request, reply) => {
      const filter = { page: 1, page_size: 50, days: 30, ...withoutEmptyNames(readFilter(request.query)) };
      return sendJson(reply, await getDailyReport(database, filter));
    },
  );

  const total = object({
    date_recorded: string,
    total_executions: count,
    failed_executions: count,
    daily_total_rows: count,
  });
  app.get(
    "/reporting/daily-totals",
    {
      schema: described("Get the daily report's totals of each day", {
        tag,
        query: readTotalsFilter,
        answers: { 200: list(total) },
      }),
    },
    async (request, reply) => {
      const filter = { days: 30, ...withoutEmptyNames(readTotalsFilter(request.query)) };
      return sendJson(reply, await listDailyTotals(database, filter));
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
