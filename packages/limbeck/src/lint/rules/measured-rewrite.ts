import { measuredWork, stopping } from "../measurement.ts";
import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const measuredRewrite: Rule = {
  name: "measured-rewrite",
  group: "blocking",
  severity: "error",
  summary: "A statement was seen to write a table anew, and no other rule knows why.",
  docs: {
    problem:
      "In the scratch database of `--trace` the table had another file after the statement. The statement may be a DO block, a " +
      "function or something else that cannot be read; what it does takes as long as the table is large.",
    instead: ["DO $$ BEGIN ALTER TABLE city ALTER COLUMN id TYPE bigint; END $$;"],
    use: ["-- the statement inside, written out: the rule about it tells what to do"],
    operations: [],
    locks: "As measured: most often ACCESS EXCLUSIVE.",
  },
  check: () => undefined,
  measured(measurement, { found }) {
    const done = measuredWork(measurement);
    if (done?.work !== "rewrite" || found.some(({ work, group }) => work === "rewrite" || group === "destructive"))
      return undefined;
    const [relation] = done.relations;
    const [lock] = stopping([...measurement.locks, ...measurement.held]);
    return {
      message: `${done.relations.map(displayName).join(", ")} was written anew, while nobody could use it.`,
      relation,
      lock: lock?.mode,
      work: "rewrite",
      evidence: "traced",
    };
  },
};
