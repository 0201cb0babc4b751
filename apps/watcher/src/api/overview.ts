import type { FastifyInstance } from "fastify";
import { metrics } from "../services/anomaly-rules.ts";
import { executionStatuses } from "../services/executions.ts";
import { getHistory } from "../services/history.ts";
import { getActivity, getOverview, listPipelineOverviews } from "../services/overview.ts";
import type { Database } from "../store/database.ts";
import {
  anyObject,
  boolean,
  dateTime,
  described,
  integer,
  list,
  nullable,
  number,
  object,
  page,
  string,
} from "./description.ts";
import { queryReader, readParameter } from "./input/body.ts";
import { choice, id, integer as integerField, omittable, text } from "./input/fields.ts";
import { sendJson } from "./reply.ts";

const readFilter = queryReader({
  search: omittable(text({ max: 150 })),
  status: omittable(choice(executionStatuses)),
  cursor: omittable(text({ max: 150 })),
  limit: omittable(integerField({ ge: 1, le: 200 })),
});

const readHistory = queryReader({
  metric: choice(metrics),
  limit: omittable(integerField({ ge: 1, le: 1000 })),
});

const tag = "Overview";
const run = {
  id: integer,
  start_date: dateTime,
  duration_seconds: nullable(integer),
  completed_successfully: nullable(boolean),
};
const pipelineOverview = object({
  id: integer,
  name: string,
  pipeline_type_name: string,
  active: boolean,
  watermark: nullable(string),
  runs: list(object({ ...run, total_rows: nullable(integer) })),
  alerts: list(string),
});
const activity = object({
  hours: list(object({ hour: dateTime, succeeded: integer, failed: integer, running: integer })),
});
const history = object({
  rule: nullable(anyObject),
  data: list(
    object({
      id: integer,
      start_date: dateTime,
      completed_successfully: nullable(boolean),
      value: nullable(number),
      anomalous: boolean,
      lowest: nullable(number),
      highest: nullable(number),
    }),
  ),
});

/** What the pages show at a glance: one statement each. */
export function overviewRoutes(app: FastifyInstance, database: Database): void {
  app.get(
    "/overview",
    { schema: described("What runs, what failed and what is late", { tag, answers: { 200: anyObject } }) },
    async (_request, reply) => sendJson(reply, await getOverview(database)),
  );

  app.get(
    "/overview/activity",
    { schema: described("Count the executions of each of the last 24 hours", { tag, answers: { 200: activity } }) },
    async (_request, reply) => sendJson(reply, await getActivity(database)),
  );

  app.get(
    "/overview/pipelines",
    {
      schema: described("List pipelines by name, with their last executions", {
        tag,
        query: readFilter,
        answers: { 200: page(pipelineOverview) },
      }),
    },
    async (request, reply) => sendJson(reply, await listPipelineOverviews(database, readFilter(request.query))),
  );

  app.get<{ Params: { id: string } }>(
    "/pipeline/:id/history",
    {
      schema: described("What a metric was in a pipeline's latest executions, and what was expected", {
        tag,
        path: "id",
        query: readHistory,
        answers: { 200: history },
      }),
    },
    async (request, reply) => {
      const pipeline = readParameter(id(), request.params.id, "path", "pipeline_id");
      return sendJson(reply, await getHistory(database, pipeline, readHistory(request.query)));
    },
  );
}
