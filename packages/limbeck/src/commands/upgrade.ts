import type { DryRunResult } from "../runner/dry-run.ts";
import type { PlanResult } from "../runner/planned.ts";
import type { Context } from "./context.ts";
import type { VerifiedRunResult } from "./upgrade-verified.ts";
import type { BackedUpRunResult } from "./migrate-backed-up.ts";
import { isRequired, type UpgradeOptions } from "./run-options.ts";
import { migrate, migrateDryRun, migratePlan, migrateSql } from "./migrate.ts";

/**
 * Runs what the database lacks to stand at the target, `head` if none is given. Safer
 * where the options ask for it, or the configuration requires it.
 */
export async function upgrade(
  context: Context,
  target = "head",
  options: UpgradeOptions = {},
): Promise<BackedUpRunResult | VerifiedRunResult> {
  if (!isRequired(context, options, "verify")) return await migrate(context, "upgrade", target, options);
  const { upgradeVerified } = await import("./upgrade-verified.ts");
  return await upgradeVerified(context, target, options);
}

/** What it would do: steps, statements, locks, and what is rewritten, scanned and indexed. */
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
