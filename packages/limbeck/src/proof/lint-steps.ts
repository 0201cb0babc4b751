import type { LintFinding } from "../lint/finding.ts";
import { lint, type LintedStatement, type LintOptions } from "../lint/lint.ts";
import type { Measurement } from "../lint/measurement.ts";
import type { Step } from "../revisions/revision.ts";
import type { LookContext } from "../runner/look-at.ts";
import { lintStatements } from "./lint-sql.ts";
import { stepStatements, type Unseen } from "./step-statements.ts";
import type { TracedStep } from "./trace-steps.ts";

export interface LintedSteps {
  readonly findings: readonly LintFinding[];
  readonly unseen: readonly Unseen[];
}

/** Steps that were run in a scratch database, by their revisions. */
type TracedSteps = ReadonlyMap<string, TracedStep>;

const NO_TRACES: TracedSteps = new Map();

/**
 * Lints steps that are about to run one after another, with the catalogs of the database as it is before them. What one
 * of them makes, nobody uses yet when the next one changes it.
 */
export async function lintRun(
  context: LookContext,
  steps: readonly Step[],
  options: Omit<LintOptions, "catalog" | "measured">,
  traces = NO_TRACES,
): Promise<LintedSteps> {
  const statements: LintedStatement[] = [];
  const unseen: Unseen[] = [];
  const measured = new Map<LintedStatement, Measurement>();
  for (const [index, step] of steps.entries()) {
    const traced = traces.get(step.revision);
    const one = traced ?? (await stepStatements(context, step, index === 0));
    statements.push(...one.statements);
    unseen.push(...one.unseen);
    for (const [statement, measurement] of traced?.measured ?? []) measured.set(statement, measurement);
  }
  const all = traces.size === 0 ? options : { ...options, measured };
  return { findings: await lintStatements(statements, context.session, all), unseen };
}

/**
 * Lints steps by their statements alone, or by what they were seen to do in a scratch database, each as if those before it
 * had been deployed, and used, long ago.
 */
export async function lintApart(
  context: Omit<LookContext, "session">,
  steps: readonly Step[],
  options: Omit<LintOptions, "catalog" | "measured">,
  traces = NO_TRACES,
): Promise<LintedSteps> {
  const findings: LintFinding[] = [];
  const unseen: Unseen[] = [];
  for (const step of steps) {
    const traced = traces.get(step.revision);
    const one = traced ?? (await stepStatements({ ...context, session: undefined }, step, false));
    const seen = traced === undefined ? {} : { catalog: traced.catalog, measured: traced.measured };
    findings.push(...lint(one.statements, { ...options, ...seen }));
    unseen.push(...one.unseen);
  }
  return { findings, unseen };
}
