import type { Rule } from "./rule.ts";
import { exclusiveTable } from "./exclusive.ts";
import { subjectOf } from "./subject.ts";

interface TimeoutRule {
  readonly name: string;
  readonly summary: string;
  readonly problem: string;
}

/** The rule that asks for a timeout before strong locks. Off until it is asked for: limbeck's runner sets its own. */
export function missingTimeout(
  setting: "lock_timeout" | "statement_timeout",
  { name, summary, problem }: TimeoutRule,
): Rule {
  return {
    name,
    group: "style",
    severity: undefined,
    summary,
    docs: {
      problem,
      instead: ["ALTER TABLE city ADD COLUMN size bigint;"],
      use: [`SET LOCAL ${setting} = '2s';`, "ALTER TABLE city ADD COLUMN size bigint;"],
      operations: [`op.addColumn("city", column("size", "bigint"));  // limbeck's own lock.timeout holds for it`],
      locks: "None.",
    },
    check(action, context) {
      const table = exclusiveTable(action);
      if (table === undefined || context.state.timeouts.includes(setting)) return undefined;
      const subject = subjectOf(table, context);
      if (subject.isNew) return undefined;
      return {
        message: `${subject.said} is locked without a ${setting}.`,
        relation: table,
        lock: "ACCESS EXCLUSIVE",
        evidence: "static",
      };
    },
  };
}
