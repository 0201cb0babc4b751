import type { RewriteTable } from "../action.ts";
import type { RelationFacts } from "../catalog.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const tableRewrite: Rule = {
  name: "table-rewrite",
  group: "blocking",
  severity: "error",
  summary: "SET LOGGED, SET UNLOGGED, SET TABLESPACE, SET ACCESS METHOD, VACUUM FULL and CLUSTER write the table anew.",
  docs: {
    problem: "The whole table and its indexes are copied under ACCESS EXCLUSIVE.",
    instead: ["VACUUM FULL city;"],
    use: ["-- a plain VACUUM frees the space for new rows; pg_repack copies a table while it is used"],
    operations: [`op.execute(sql\`VACUUM city\`);`],
    locks: "ACCESS EXCLUSIVE through the copy; a plain VACUUM takes SHARE UPDATE EXCLUSIVE.",
  },
  check(action, context) {
    if (action.kind !== "rewrite table") return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew || isSo(action, table.facts)) return undefined;
    return {
      message: `${action.how} writes ${table.said} anew while nobody can read or write it.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "rewrite",
      evidence: table.evidence,
    };
  },
};

/** Whether the table is as the statement wants it. */
function isSo({ how, to }: RewriteTable, facts: RelationFacts | undefined): boolean {
  if (facts === undefined) return false;
  switch (how) {
    case "SET LOGGED":
      return !facts.unlogged;
    case "SET UNLOGGED":
      return facts.unlogged;
    case "SET TABLESPACE":
      return to === (facts.tablespace ?? "pg_default");
    case "SET ACCESS METHOD":
      return to === facts.accessMethod;
    default:
      return false;
  }
}
