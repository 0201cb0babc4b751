import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const truncateTable: Rule = {
  name: "truncate-table",
  group: "destructive",
  severity: "error",
  summary: "TRUNCATE throws all rows of a table away.",
  docs: {
    problem: "All rows are lost, under ACCESS EXCLUSIVE; with CASCADE those of every table that refers to it as well.",
    instead: ["TRUNCATE city;"],
    use: ["-- delete the rows that are meant, batch by batch; or say that all of them are"],
    operations: [`op.allow("truncate-table", "a cache, filled again at night");`],
    locks: "ACCESS EXCLUSIVE.",
  },
  check(action, context) {
    if (action.kind !== "truncate") return undefined;
    const tables = action.tables.map((name) => subjectOf(name, context)).filter(({ isNew }) => !isNew);
    const [table] = tables;
    if (table === undefined) return undefined;
    return {
      message: `All rows of ${tables.map(({ said }) => said).join(", ")} are lost.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
      loses: tables.map(({ name }) => ({ kind: "table", name })),
    };
  },
};
