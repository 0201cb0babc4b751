import type { Session } from "../database/session.ts";
import type { LintFinding } from "../lint/finding.ts";
import { lint, type Levels, type LintedStatement } from "../lint/lint.ts";
import type { Step } from "../revisions/revision.ts";
import type { LookContext, LookedAhead } from "../runner/look-at.ts";
import type { LossGuard } from "../runner/loss-guard.ts";
import { lossGuards } from "./loss-guards.ts";
import { losesRows } from "./lost-rows.ts";
import { patientCatalog } from "./plan-work.ts";
import { readLooked } from "./step-statements.ts";

export interface LintedAhead {
  readonly findings: readonly LintFinding[];
  /** Those by which rows are lost that are there now. */
  readonly losses: readonly LintFinding[];
  /** For the steps that could not be recorded ahead, by their revisions. */
  readonly guard: (revision: string) => LossGuard;
}

/** Lints what is about to run, as far as it could be recorded, with the catalogs of the database. */
export async function lintAhead(
  context: LookContext & { readonly session: Session },
  steps: readonly Step[],
  looked: LookedAhead,
  levels: Levels,
): Promise<LintedAhead> {
  const statements: LintedStatement[] = [];
  for (const [revision, step] of looked) statements.push(...(await readLooked(context, revision, step)).statements);
  const catalog = await patientCatalog(context.session, statements);
  const findings = lint(statements, { levels, catalog });
  const losses: LintFinding[] = [];
  for (const finding of findings) {
    if (await losesRows(context.session, finding.loses)) losses.push(finding);
  }
  const guard = lossGuards(steps, statements, levels);
  return { findings, losses, guard };
}
