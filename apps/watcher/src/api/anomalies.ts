import type { FastifyInstance } from "fastify";
import { listAnomalies, unflagAnomalies } from "../services/anomalies.ts";
import {
  getAnomalyRule,
  getOrCreateAnomalyRule,
  listAnomalyRules,
  metrics,
  patchAnomalyRule,
} from "../services/anomaly-rules.ts";
import type { Database } from "../store/database.ts";
import { described, idAnswer, list, page } from "./description.ts";
import { bodyReader, queryReader, readParameter } from "./input/body.ts";
import { cursorOfTwo, paging } from "./input/common.ts";
import { choice, decimal, flag, id, integer, listOf, omittable, optional } from "./input/fields.ts";
import { sendJson } from "./reply.ts";
import { anomalyRow, ruleRow } from "./rows.ts";

const threshold = decimal({ ge: 1, le: 10 });
const lookback = integer({ ge: 1, le: 365 });
const minimum = integer({ ge: 5, le: 1000 });

const readRule = bodyReader({
  pipeline_id: id(),
  metric_field: choice(metrics),
  z_threshold: omittable(threshold),
  lookback_days: omittable(lookback),
  minimum_executions: omittable(minimum),
  active: omittable(flag()),
});

const readPatch = bodyReader({
  id: id(),
  pipeline_id: optional(id()),
  metric_field: optional(choice(metrics)),
  z_threshold: optional(threshold),
  lookback_days: optional(lookback),
  minimum_executions: optional(minimum),
  active: optional(flag()),
});

const readUnflag = bodyReader({
  pipeline_id: id(),
  pipeline_execution_id: id(),
  metric_field: listOf(choice(metrics)),
});

const readFilter = queryReader({
  pipeline_id: omittable(id()),
  pipeline_execution_id: omittable(id()),
  metric_field: omittable(choice(metrics)),
  cursor: omittable(cursorOfTwo()),
  limit: paging.limit,
});

const tag = "Anomalies";

/** Anomalies: executions whose measures stray from their own history, and the rules for how far they may. */
export function anomalyRoutes(app: FastifyInstance, database: Database): void {
  const create = { tag, body: readRule, answers: { 200: idAnswer, 201: idAnswer } };
  app.post(
    "/anomaly_detection_rule",
    { schema: described("Get a pipeline's rule for a metric, or create it", create) },
    async (request, reply) => {
      const { created, id: rule } = await getOrCreateAnomalyRule(database, readRule(request.body));
      return reply.code(created ? 201 : 200).send({ id: rule });
    },
  );

  app.get(
    "/anomaly_detection_rule",
    { schema: described("List all rules", { tag, answers: { 200: list(ruleRow) } }) },
    async (_request, reply) => sendJson(reply, await listAnomalyRules(database)),
  );

  app.get<{ Params: { id: string } }>(
    "/anomaly_detection_rule/:id",
    { schema: described("Get a rule", { tag, path: "id", answers: { 200: ruleRow } }) },
    async (request, reply) => {
      const rule = readParameter(id(), request.params.id, "path", "anomaly_detection_rule_id");
      return sendJson(reply, await getAnomalyRule(database, rule));
    },
  );

  app.patch(
    "/anomaly_detection_rule",
    { schema: described("Change a rule", { tag, body: readPatch, answers: { 200: ruleRow } }) },
    async (request, reply) => sendJson(reply, await patchAnomalyRule(database, readPatch(request.body))),
  );

  app.post(
    "/unflag_anomaly",
    { schema: described("Take anomalies back", { tag, body: readUnflag, answers: { 204: null } }) },
    async (request, reply) => {
      const { pipeline_execution_id: execution, metric_field: fields } = readUnflag(request.body);
      await unflagAnomalies(database, execution, fields);
      return reply.code(204).send();
    },
  );

  app.get(
    "/anomaly_detection_result",
    { schema: described("List anomalies", { tag, query: readFilter, answers: { 200: page(anomalyRow) } }) },
    async (request, reply) => sendJson(reply, await listAnomalies(database, readFilter(request.query))),
  );
}
