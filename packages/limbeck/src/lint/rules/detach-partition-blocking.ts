import { displayName } from "../names.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const detachPartitionBlocking: Rule = {
  name: "detach-partition-blocking",
  group: "blocking",
  severity: "warning",
  summary: "DETACH PARTITION locks the whole partitioned table.",
  docs: {
    problem:
      "ACCESS EXCLUSIVE on the parent and the partition. CONCURRENTLY (since PostgreSQL 14) takes SHARE UPDATE EXCLUSIVE on the parent.",
    instead: ["ALTER TABLE measure DETACH PARTITION measure_2024;"],
    use: ["ALTER TABLE measure DETACH PARTITION measure_2024 CONCURRENTLY;"],
    operations: [`op.detachPartition("measure", "measure_2024", { concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE on the parent, ACCESS EXCLUSIVE on the partition at the end, outside a transaction.",
  },
  check(action, context) {
    if (action.kind !== "detach partition" || action.concurrently) return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    const partition = displayName(action.partition);
    return {
      message: `Detaching ${partition} locks all of ${table.said} against readers and writers.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      evidence: table.evidence,
      ...(context.majorVersion >= 14 && {
        recipe: {
          sql: [`ALTER TABLE ${table.said} DETACH PARTITION ${partition} CONCURRENTLY;`],
          operations: [
            `op.detachPartition(${call(table.name.name)}, ${call(action.partition.name)}${inSchema(table, "concurrently: true")});`,
          ],
        },
      }),
    };
  },
};
