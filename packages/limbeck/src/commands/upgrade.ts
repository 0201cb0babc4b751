import type { DryRunResult } from "../runner/dry-run.ts";
import type { PlanResult } from "../runner/planned.ts";
import type { RunResult } from "../runner/run.ts";
import type { Context } from "./context.ts";
import type { VerifiedRunResult } from "./upgrade-verified.ts";
import { migrate, migrateDryRun, migratePlan, migrateSql } from "./migrate.ts";

/**
 * Runs what the database lacks to stand at the target, `head` if none is given. Between two `verify` where the
 * configuration requires it.
 */
export async function upgrade(
  context: Context,
  target = "head",
  isVerified = context.config.require.includes("verify"),
): Promise<RunResult | VerifiedRunResult> {
  if (!isVerified) return await migrate(context, "upgrade", target);
  const { upgradeVerified } = await import("./upgrade-verified.ts");
  return await upgradeVerified(context, target);
}

/** What it would do: steps, statements and locks. */
export async function upgradePlan(context: Context, target = "head"): Promise<PlanResult> {
  return await migratePlan(context, "upgrade", target);
}

/** Runs it in a transaction that is rolled back, as far as that is possible. */
export async function upgradeDryRun(context: Context, target = "head"): Promise<DryRunResult> {
  return await migrateDryRun(context, "upgrade", target);
}

/** The same as a script for psql, which starts from an empty database unless the range says otherwise. */
export async function upgradeSql(context: Context, range = "head"): Promise<string> {
  return await migrateSql(context, "upgrade", range);
}
