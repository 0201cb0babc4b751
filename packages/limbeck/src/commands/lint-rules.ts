import { RULES } from "../lint/rules.ts";
import type { Severity } from "../lint/rule.ts";

/** A rule of `limbeck lint`, for those who list them. */
export interface LintRule {
  readonly name: string;
  readonly summary: string;
  /** Null for one that is off until the configuration asks for it. */
  readonly severity: Severity | null;
}

export function lintRules(): LintRule[] {
  return RULES.map(({ name, summary, severity }) => ({ name, summary, severity: severity ?? null }));
}
