import type { Allowance } from "../operations/recorder.ts";

export type { Allowance };

const COMMENT = /^\s*--\s*limbeck:\s*allow\b(.*)$/i;

/** The allowances in the comments in front of a statement: `-- limbeck: allow drop-table, drop-cascade because …`. */
export function allowancesIn(comments: string): Allowance[] {
  return comments.split("\n").flatMap((line) => {
    const [, said] = COMMENT.exec(line) ?? [];
    if (said === undefined) return [];
    const [names = "", ...reasons] = said.split(/\s+because\b/i);
    const reason = reasons.join(" because").replace(/^[\s:,]+/, "");
    const rules = names.split(/[\s,]+/).filter((rule) => rule !== "");
    return (rules.length === 0 ? [""] : rules).map((rule) => ({ rule, reason: reason.trim() }));
  });
}

/** Whether it allows this rule. */
export function allows({ rule, reason }: Allowance, name: string): boolean {
  return rule === name && reason !== "";
}
