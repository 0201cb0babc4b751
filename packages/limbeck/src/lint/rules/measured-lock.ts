import { measuredWork, stopping, stops, type MeasuredRelation, type Measurement } from "../measurement.ts";
import { displayName, type ObjectName } from "../names.ts";
import type { Match, Rule } from "../rule.ts";

export const measuredLock: Rule = {
  name: "measured-lock",
  group: "blocking",
  severity: "warning",
  summary: "A lock was seen that the statement does not tell of, or that is held through the work of another one.",
  docs: {
    problem:
      "A function, a trigger or a DO block may lock tables that the statement does not name, and a lock stays until its transaction " +
      "ends: what is read or built behind it adds to the time that others wait.",
    instead: [
      "BEGIN;",
      "ALTER TABLE city ADD COLUMN size bigint;",
      "CREATE TABLE census AS SELECT * FROM person;  -- city is locked until this ends",
      "COMMIT;",
    ],
    use: ["-- two revisions, or what takes long first and the lock last"],
    operations: [],
    locks: "As measured.",
  },
  check: () => undefined,
  measured(measurement, { found, named }) {
    if (found.some(({ group }) => group === "blocking" || group === "destructive")) return undefined;
    return heldThroughWork(measurement) ?? unnamed(measurement, named);
  },
};

function heldThroughWork(measurement: Measurement): Match | undefined {
  const done = measuredWork(measurement);
  const [lock] = stopping(measurement.held);
  if (done === undefined || lock === undefined) return undefined;
  return {
    message:
      `${displayName(lock.relation)} stays locked, against ${stops(lock).join(" and ")}, while ` +
      `${done.relations.map(displayName).join(", ")} is ${done.work === "scan" ? "read as a whole" : "built"}.`,
    relation: lock.relation,
    lock: lock.mode,
    work: done.work,
    evidence: "traced",
  };
}

function unnamed({ locks }: Measurement, named: readonly ObjectName[]): Match | undefined {
  const isNamed = ({ schema, name }: ObjectName): boolean =>
    named.some((each) => each.name === name && (each.schema === undefined || each.schema === schema));
  const belongs = (relation: MeasuredRelation): boolean => isNamed(relation) || relation.within.some(isNamed);
  const lock = stopping(locks).find(({ mode, relation }) => mode === "ACCESS EXCLUSIVE" && !belongs(relation));
  if (lock === undefined) return undefined;
  return {
    message: `${displayName(lock.relation)} was locked against readers and writers, and the statement does not name it.`,
    relation: lock.relation,
    lock: lock.mode,
    evidence: "traced",
  };
}
