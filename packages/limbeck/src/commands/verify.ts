import type { CheckFinding } from "../proof/checks/check.ts";
import type { CheckResult as DataCheckResult } from "../proof/run-checks.ts";
import type { RowCount } from "../proof/row-counts.ts";
import { unfinishedSteps } from "../runner/read-history.ts";
import { driftOf, type CheckResult } from "./check.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { runContext } from "./run-context.ts";

export type { CheckFinding, DataCheckResult, RowCount };

export interface VerifyOptions {
  /** Looks at this percentage of each table's pages only, where a part says something of the whole. */
  readonly samplePercent?: number | undefined;
  /** How long each query may take, in milliseconds. Default: 30 s. */
  readonly timeoutMs?: number | undefined;
}

export interface VerifyResult {
  /** Whether no check found an error, and all came to their end. */
  readonly ok: boolean;
  readonly checks: readonly DataCheckResult[];
  readonly drift: CheckResult["drift"];
  readonly rows: readonly RowCount[];
}

const TIMEOUT_MS = 30_000;

/** Checks data and catalogs, and writes nothing: before a deployment what it would stumble over, afterwards what it left. */
export async function verify(context: Context, options: VerifyOptions = {}): Promise<VerifyResult> {
  const { samplePercent, timeoutMs = TIMEOUT_MS } = options;
  const graph = context.graph();
  const { config, authoring } = context;
  const session = await context.session();
  const state = await databaseState(context, graph);
  const [{ planned }, { pendingDemands }, { runChecks, runOwnChecks }, { rowCounts }, { versionRowFindings }] =
    await Promise.all([
      import("../runner/planned.ts"),
      import("../proof/pending-demands.ts"),
      import("../proof/run-checks.ts"),
      import("../proof/row-counts.ts"),
      import("../proof/version-rows.ts"),
    ]);
  const runs = await runContext(context, graph);
  const { planned: steps } = graph.size === 0 ? { planned: [] } : await planned(runs, "upgrade", "heads");
  const demands = await pendingDemands(session, steps);
  const unfinished = await unfinishedSteps(session, config.versionTable, state);
  const versionRows = versionRowFindings(graph, config.versionTable, state);
  const checks = [
    ...(await runChecks({ session, demands, isHalfDone: unfinished.length > 0, samplePercent }, timeoutMs)),
    {
      name: "version table",
      ok: versionRows.length === 0,
      findings: versionRows,
      unfinished: [],
      durationMs: 0,
    },
    ...(await runOwnChecks(session, { folder: config.checks, authoring, timeoutMs })),
  ];
  const drift =
    steps.length === 0 ? await driftOf(context) : { ok: true as const, notCompared: "pending revisions" as const };
  const { schema, name } = config.versionTable;
  const rows = await rowCounts(session, timeoutMs, [`${schema}.${name}`, `${schema}.limbeck_history`]);
  return { ok: drift.ok && checks.every(({ ok }) => ok), checks, drift, rows };
}
