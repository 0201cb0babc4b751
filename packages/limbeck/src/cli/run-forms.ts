import { LimbeckError } from "../errors/limbeck-error.ts";
import type { DryRunResult } from "../runner/dry-run.ts";
import type { PlanResult } from "../runner/planned.ts";
import type { VerifiedRunResult } from "../commands/upgrade-verified.ts";
import type { BackedUpRunResult } from "../commands/migrate-backed-up.ts";
import type { RunOptions } from "../commands/run-options.ts";
import {
  CONFIRM_OPTION,
  flagOption,
  isSqlResult,
  textOption,
  type Given,
  type OptionSpec,
  type SqlResult,
  type View,
} from "./command.ts";
import { renderDryRun } from "./render-dry-run.ts";
import { renderPlan } from "./render-plan.ts";
import { POLICY_OPTIONS } from "./run-overrides.ts";
import { renderRun } from "./render-run.ts";
import { renderVerifiedRun } from "./render-verify.ts";

/** What `upgrade` and `downgrade` may answer with. */
export type RunAnswer = BackedUpRunResult | VerifiedRunResult | SqlResult | PlanResult | DryRunResult;

/** The options of `upgrade` and `downgrade`. */
export const RUN_OPTIONS: readonly OptionSpec[] = [
  { flags: "--sql", description: "print a script for psql instead; takes a range from:to" },
  { flags: "--plan", description: "print the steps with their statements, locks and rewrites instead" },
  { flags: "--dry-run", description: "run in a transaction that is rolled back, as far as that is possible" },
  ...POLICY_OPTIONS,
];

/** What makes a run safer, where the configuration does not require it anyway. */
export const SAFETY_OPTIONS: readonly OptionSpec[] = [
  { flags: "--backup", description: "make a backup before the first step, as `limbeck backup` does" },
  CONFIRM_OPTION,
];

/** Throws USAGE where there is no run to be made safer. */
export function safetyOptions(given: Given, form: ReturnType<typeof runForm>): RunOptions {
  const backup = flagOption(given, "backup");
  if (backup && form !== "run") {
    throw new LimbeckError("USAGE", {
      message: "--backup is for a run, and --sql, --plan and --dry-run do something else instead of it.",
      hint: "Leave one of them out; `limbeck backup` makes one without a run.",
    });
  }
  return { backup, confirm: textOption(given, "confirm") };
}

const FORMS = ["sql", "plan", "dryRun"] as const;

/** Which of its forms a run is asked for in. Throws USAGE for two of them. */
export function runForm(given: Given): (typeof FORMS)[number] | "run" {
  const [form = "run", other] = FORMS.filter((name) => flagOption(given, name));
  if (other === undefined) return form;
  throw new LimbeckError("USAGE", {
    message: "--sql, --plan and --dry-run each do something else instead of the run.",
    hint: "Choose one of them.",
  });
}

export function renderAnswer(answer: RunAnswer, view: View): string {
  if (isSqlResult(answer)) return answer.sql;
  if ("planned" in answer) return renderPlan(answer, view);
  if ("tried" in answer) return renderDryRun(answer, view);
  return "verified" in answer ? renderVerifiedRun(answer, view) : renderRun(answer);
}
