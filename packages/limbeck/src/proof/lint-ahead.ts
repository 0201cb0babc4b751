import { isPostgresError, type Session } from "../database/session.ts";
import type { LintFinding } from "../lint/finding.ts";
import type { Levels, LintedStatement } from "../lint/lint.ts";
import type { Step } from "../revisions/revision.ts";
import { lookAhead, type LookContext, type LookedAhead } from "../runner/look-at.ts";
import { lintStatements } from "./lint-sql.ts";
import { losesRows } from "./lost-rows.ts";
import { readLooked } from "./step-statements.ts";

export interface LintedAhead {
  readonly looked: LookedAhead;
  readonly findings: readonly LintFinding[];
  /** Those by which rows are lost that are there now. */
  readonly losses: readonly LintFinding[];
}

/** Records what is about to run as far as it can be, and lints it with the catalogs of the database. */
export async function lintAhead(
  context: LookContext & { readonly session: Session },
  steps: readonly Step[],
  levels: Levels,
): Promise<LintedAhead> {
  const looked = await lookAhead(context, steps);
  const statements: LintedStatement[] = [];
  for (const [revision, step] of looked) statements.push(...(await readLooked(context, revision, step)).statements);
  const findings = await patiently(context.session, statements, levels);
  const losses: LintFinding[] = [];
  for (const finding of findings) {
    if (await losesRows(context.session, finding.loses)) losses.push(finding);
  }
  return { looked, findings, losses };
}

/** A table that somebody has locked holds up the reading of its catalogs: then the statements alone have to do. */
async function patiently(
  session: Session,
  statements: readonly LintedStatement[],
  levels: Levels,
): Promise<readonly LintFinding[]> {
  if (statements.length === 0) return [];
  await session.script(["BEGIN READ ONLY", "SET LOCAL lock_timeout = '200ms'"]);
  try {
    return await lintStatements(statements, session, { levels });
  } catch (error) {
    if (!isPostgresError(error) || error.code !== "55P03") throw error;
    return await lintStatements(statements, undefined, { levels });
  } finally {
    await session.script(["ROLLBACK"]);
  }
}
