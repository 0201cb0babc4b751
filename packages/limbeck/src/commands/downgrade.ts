import { LimbeckError } from "../errors/limbeck-error.ts";
import type { DryRunResult } from "../runner/dry-run.ts";
import type { PlanResult } from "../runner/planned.ts";
import type { Context } from "./context.ts";
import type { BackedUpRunResult } from "./migrate-backed-up.ts";
import { migrate, migrateDryRun, migratePlan, migrateSql } from "./migrate.ts";
import type { RunOptions } from "./run-options.ts";

/** Undoes what the database has above the target. Throws FORWARD_ONLY where the configuration forbids it. */
export async function downgrade(context: Context, target: string, options?: RunOptions): Promise<BackedUpRunResult> {
  const { environment, require } = context.config;
  if (require.includes("forward-only")) {
    throw new LimbeckError("FORWARD_ONLY", {
      message: `Nothing is downgraded ${environment === undefined ? "here" : `in ${environment}`}: the configuration requires "forward-only".`,
      hint: "Write a revision that takes the change back, and upgrade to it.",
    });
  }
  return await migrate(context, "downgrade", target, options);
}

/** What it would do: steps, statements and locks. */
export async function downgradePlan(context: Context, target: string): Promise<PlanResult> {
  return await migratePlan(context, "downgrade", target);
}

/** Runs it in a transaction that is rolled back, as far as that is possible. */
export async function downgradeDryRun(context: Context, target: string): Promise<DryRunResult> {
  return await migrateDryRun(context, "downgrade", target);
}

/** The same as a script for psql, for a range `from:to`. */
export async function downgradeSql(context: Context, range: string): Promise<string> {
  return await migrateSql(context, "downgrade", range);
}
