import type { LintFinding } from "../lint/finding.ts";
import { lint, type LintedStatement, type LintOptions } from "../lint/lint.ts";
import type { Step } from "../revisions/revision.ts";
import type { LookContext } from "../runner/look-at.ts";
import { lintStatements } from "./lint-sql.ts";
import { stepStatements, type Unseen } from "./step-statements.ts";

export interface LintedSteps {
  readonly findings: readonly LintFinding[];
  readonly unseen: readonly Unseen[];
}

/**
 * Lints steps that are about to run one after another, with the catalogs of the database as it is before them. What one
 * of them makes, nobody uses yet when the next one changes it.
 */
export async function lintRun(
  context: LookContext,
  steps: readonly Step[],
  options: Omit<LintOptions, "catalog">,
): Promise<LintedSteps> {
  const statements: LintedStatement[] = [];
  const unseen: Unseen[] = [];
  for (const [index, step] of steps.entries()) {
    const one = await stepStatements(context, step, index === 0);
    statements.push(...one.statements);
    unseen.push(...one.unseen);
  }
  return { findings: await lintStatements(statements, context.session, options), unseen };
}

/** Lints steps by their statements alone, each as if those before it had been deployed, and used, long ago. */
export async function lintApart(
  context: Omit<LookContext, "session">,
  steps: readonly Step[],
  options: Omit<LintOptions, "catalog">,
): Promise<LintedSteps> {
  const findings: LintFinding[] = [];
  const unseen: Unseen[] = [];
  for (const step of steps) {
    const one = await stepStatements({ ...context, session: undefined }, step, false);
    findings.push(...lint(one.statements, options));
    unseen.push(...one.unseen);
  }
  return { findings, unseen };
}
