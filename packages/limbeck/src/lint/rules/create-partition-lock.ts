import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const createPartitionLock: Rule = {
  name: "create-partition-lock",
  group: "blocking",
  severity: "warning",
  summary: "CREATE TABLE … PARTITION OF locks the whole partitioned table, and scans a default partition.",
  docs: {
    problem: "ACCESS EXCLUSIVE on the parent, and on a default partition, whose rows are all looked at.",
    instead: ["CREATE TABLE measure_2026 PARTITION OF measure FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"],
    use: [
      "CREATE TABLE measure_2026 (LIKE measure INCLUDING ALL);",
      "ALTER TABLE measure ATTACH PARTITION measure_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    ],
    operations: [
      `op.createTable("measure_2026", like("measure", { including: ["all"] }));`,
      `op.attachPartition("measure", "measure_2026", { from: ["2026-01-01"], to: ["2027-01-01"] });`,
    ],
    locks: "SHARE UPDATE EXCLUSIVE on the parent.",
  },
  check(action, context) {
    if (action.kind !== "create table" || action.partitionOf === undefined) return undefined;
    const parent = subjectOf(action.partitionOf, context);
    if (parent.isNew) return undefined;
    const other = parent.facts?.defaultPartition;
    const scans = other === undefined ? "" : `, and scans its default partition ${displayName(other)}`;
    const table = displayName(action.table);
    return {
      message: `Making the partition ${table} locks all of ${parent.said} against readers and writers${scans}.`,
      relation: parent.name,
      lock: "ACCESS EXCLUSIVE",
      ...(other !== undefined && { work: "scan" as const }),
      evidence: parent.evidence,
      recipe: {
        sql: [
          `CREATE TABLE ${table} (LIKE ${parent.said} INCLUDING ALL);`,
          `ALTER TABLE ${parent.said} ATTACH PARTITION ${table} FOR VALUES …;`,
        ],
        operations: [],
      },
    };
  },
};
