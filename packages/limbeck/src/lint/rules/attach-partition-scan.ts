import { impliesBound } from "../bounds.ts";
import { displayName } from "../names.ts";
import type { Match, Rule, RuleContext } from "../rule.ts";
import { subjectOf, type Subject } from "../subject.ts";
import type { PartitionAction } from "../action.ts";

export const attachPartitionScan: Rule = {
  name: "attach-partition-scan",
  group: "blocking",
  severity: "error",
  summary: "ATTACH PARTITION scans the new partition, or the default one, or builds the indexes that it lacks.",
  docs: {
    problem:
      "Every row of the partition is held against the bound under ACCESS EXCLUSIVE, unless a validated CHECK says the same; every row of a " +
      "default partition too; and an index of the parent that the partition lacks is built on the spot.",
    instead: ["ALTER TABLE measure ATTACH PARTITION measure_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"],
    use: [
      "ALTER TABLE measure_2026 ADD CONSTRAINT bound CHECK (at IS NOT NULL AND at >= '2026-01-01' AND at < '2027-01-01') NOT VALID;",
      "ALTER TABLE measure_2026 VALIDATE CONSTRAINT bound;  -- in a transaction of its own",
      "CREATE INDEX CONCURRENTLY … ON measure_2026 (…);  -- for each of the parent's",
      "ALTER TABLE measure ATTACH PARTITION measure_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    ],
    operations: [
      `op.createCheckConstraint("bound", "measure_2026", "…", { notValid: true });`,
      `op.validateConstraint("bound", "measure_2026");`,
      `op.attachPartition("measure", "measure_2026", { from: ["2026-01-01"], to: ["2027-01-01"] });`,
    ],
    locks: "SHARE UPDATE EXCLUSIVE on the parent, ACCESS EXCLUSIVE on the partition for a moment.",
  },
  check(action, context) {
    if (action.kind !== "attach partition") return undefined;
    const parent = subjectOf(action.table, context);
    // ALTER INDEX … ATTACH PARTITION looks the same, and scans nothing.
    if (context.catalog?.index(action.table) !== undefined || action.bound === undefined) return undefined;
    const partition = subjectOf(action.partition, context);
    return parent.isNew
      ? undefined
      : (scansDefault(parent, partition) ?? scansPartition(action, parent, partition, context));
  },
};

function scansDefault(parent: Subject, partition: Subject): Match | undefined {
  const other = parent.facts?.defaultPartition;
  if (other === undefined) return undefined;
  return {
    message: `All rows of the default partition ${displayName(other)} are looked at for some that belong into ${partition.said}, while nobody can use it.`,
    relation: other,
    lock: "ACCESS EXCLUSIVE",
    work: "scan",
    evidence: "catalog",
  };
}

function scansPartition(
  action: PartitionAction,
  parent: Subject,
  partition: Subject,
  { state }: RuleContext,
): Match | undefined {
  if (partition.isNew) return undefined;
  const lacking = parent.facts?.indexes.find(
    ({ shape }) => !partition.facts?.indexes.some((own) => own.shape === shape),
  );
  const isImplied = impliesBound(action, partition.facts, state, parent.facts?.partitionKey ?? []);
  if (isImplied && (lacking === undefined || partition.facts === undefined)) return undefined;
  const why = isImplied ? `the index ${lacking!.name} is built on it` : "its rows are held against the bound";
  return {
    message: `${partition.said} is scanned while nobody can use it: ${why}.`,
    relation: partition.name,
    lock: "ACCESS EXCLUSIVE",
    work: isImplied ? "index build" : "scan",
    evidence: partition.evidence,
  };
}
