import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Direction, OfflinePlan } from "../revisions/revision.ts";
import type { DryRunResult } from "../runner/dry-run.ts";
import type { PlanResult } from "../runner/planned.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import type { BackedUpRunResult } from "./migrate-backed-up.ts";
import { runContext } from "./run-context.ts";
import { isRequired, type RunOptions } from "./run-options.ts";
import { told } from "./told.ts";

/** Takes the database to a target: the work of `upgrade` and `downgrade`. */
export async function migrate(
  context: Context,
  direction: Direction,
  target: string,
  options: RunOptions = {},
): Promise<BackedUpRunResult> {
  const [{ run }, { beforeRun }] = await Promise.all([import("../runner/run.ts"), import("./before-run.ts")]);
  return await told(context, { direction, target, dryRun: false }, async (asked) => {
    const runs = await beforeRun(context, asked, direction, target, options.confirm);
    if (!isRequired(context, options, "backup")) return await run(runs, direction, target);
    const { backedUp } = await import("./migrate-backed-up.ts");
    return await backedUp(context, runs, (safe) => run(safe, direction, target));
  });
}

/** What that would do, without doing it. */
export async function migratePlan(context: Context, direction: Direction, target: string): Promise<PlanResult> {
  const graph = context.graph();
  const [{ planned }, { planWork }] = await Promise.all([
    import("../runner/planned.ts"),
    import("../proof/plan-work.ts"),
  ]);
  const runs = await runContext(context, graph);
  return await planned(runs, direction, target, (plan) => planWork(runs, plan));
}

/** Does it in a transaction that is rolled back. */
export async function migrateDryRun(context: Context, direction: Direction, target: string): Promise<DryRunResult> {
  const { dryRun } = await import("../runner/dry-run.ts");
  return await told(context, { direction, target, dryRun: true }, (runs) => dryRun(runs, direction, target));
}

/** The same as a script for psql. `range` is `from:to`, or the target alone. */
export async function migrateSql(context: Context, direction: Direction, range: string): Promise<string> {
  refuseRelativeStart(range);
  const graph = context.graph();
  return await planSql(context, graph, graph.planOffline(direction, range));
}

/** The script for psql that does what a plan says. Throws OFFLINE_NEEDS_DATABASE. */
export async function planSql(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  plan: OfflinePlan,
): Promise<string> {
  const { config, version } = context;
  refuseHooks(config);
  const { DEFAULT_LOCK_TIMEOUT_MS } = await import("../runner/lock-policy.ts");
  const { offlineScript } = await import("../runner/offline.ts");
  const { offlineSteps } = await import("../runner/offline-steps.ts");
  const { authoring, who, arguments: given } = context;
  const author = { authoring, who, arguments: given, namingConvention: config.namingConvention };
  const steps = await offlineSteps(graph, plan, author, {
    lockMs: config.lock.timeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS,
    statementMs: config.timeouts.statementMs ?? 0,
    transactionMs: config.timeouts.transactionMs ?? 0,
    retryForMs: config.lock.retryForMs,
  });
  return offlineScript({
    table: config.versionTable,
    version,
    from: plan.from,
    steps,
    transaction: config.transaction,
  });
}

/** Code that runs beside each step is not in a script, and nobody would miss it there. */
function refuseHooks({ hooks }: Context["config"]): void {
  const [name] = (["beforeStep", "afterStep"] as const).filter((each) => hooks[each] !== undefined);
  if (name === undefined) return;
  throw new LimbeckError("OFFLINE_NEEDS_DATABASE", {
    message: `The configuration has ${name}, code that runs on the database with each step, which --sql does not have.`,
    hint: `Print the script in an environment without ${name}, and put into it what ${name} does; or run it online.`,
  });
}

function refuseRelativeStart(range: string): void {
  const [start] = range.split(":");
  if (!/^(?:current|(?:.*@)?[+-]\d+)$/.test(start!)) return;
  throw new LimbeckError("TARGET_INVALID", {
    message: `${start} counts from where the database stands, and --sql does not look at it.`,
    hint: "Name the revision that the database stands at: `limbeck current` shows it.",
  });
}
