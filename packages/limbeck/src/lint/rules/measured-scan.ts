import { measuredWork, stopping, stops } from "../measurement.ts";
import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const measuredScan: Rule = {
  name: "measured-scan",
  group: "blocking",
  severity: "error",
  summary: "A statement was seen to read a whole table under a lock that stops others, and no other rule knows why.",
  docs: {
    problem:
      "In the scratch database of `--trace` the table's scan counter rose, or an index was built on it, while the statement held " +
      "SHARE or a stronger lock that it had taken itself.",
    instead: ["DO $$ BEGIN ALTER TABLE city ADD CHECK (size > 0); END $$;"],
    use: ["-- the statement inside, written out: the rule about it tells what to do"],
    operations: [],
    locks: "As measured.",
  },
  check: () => undefined,
  measured(measurement, { found }) {
    const done = measuredWork(measurement);
    const [lock] = stopping(measurement.locks);
    if (done === undefined || done.work === "rewrite" || lock === undefined) return undefined;
    if (found.some(({ work, group }) => work !== undefined || group === "correctness")) return undefined;
    const what = done.work === "scan" ? "was read as a whole" : "was built";
    return {
      message: `${done.relations.map(displayName).join(", ")} ${what}, while ${lock.mode} on ${displayName(lock.relation)} stopped ${stops(lock).join(" and ")}.`,
      relation: lock.relation,
      lock: lock.mode,
      work: done.work,
      evidence: "traced",
    };
  },
};
