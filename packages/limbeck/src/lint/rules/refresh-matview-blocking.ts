import { call, inSchema } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const refreshMatviewBlocking: Rule = {
  name: "refresh-matview-blocking",
  group: "blocking",
  severity: "error",
  summary: "REFRESH MATERIALIZED VIEW stops its readers for as long as the query takes.",
  docs: {
    problem: "ACCESS EXCLUSIVE on the materialized view for the whole query.",
    instead: ["REFRESH MATERIALIZED VIEW city_sizes;"],
    use: ["REFRESH MATERIALIZED VIEW CONCURRENTLY city_sizes;  -- needs a unique index"],
    operations: [`op.refreshMaterializedView("city_sizes", { concurrently: true });`],
    locks: "EXCLUSIVE: readers go on.",
  },
  check(action, context) {
    if (action.kind !== "refresh materialized view" || action.concurrently) return undefined;
    const view = subjectOf(action.object, context);
    if (view.isNew) return undefined;
    return {
      message: `Nobody can read ${view.said} while its query runs.`,
      relation: view.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: view.evidence,
      recipe: {
        sql: [`REFRESH MATERIALIZED VIEW CONCURRENTLY ${view.said};`],
        operations: [`op.refreshMaterializedView(${call(view.name.name)}${inSchema(view, "concurrently: true")});`],
      },
    };
  },
};
