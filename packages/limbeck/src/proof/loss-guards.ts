import type { LintFinding } from "../lint/finding.ts";
import { lint, type Levels, type LintedStatement } from "../lint/lint.ts";
import type { Step } from "../revisions/revision.ts";
import type { LossGuard } from "../runner/loss-guard.ts";
import { dataLoss } from "./data-loss.ts";
import { losesRows } from "./lost-rows.ts";
import { patientCatalog } from "./plan-work.ts";
import { readRecorded } from "./step-statements.ts";

/** SQL without these words makes no relation and loses no row that lint speaks of, and need not be parsed. */
const CONCERNS = /\b(?:alter|create|drop|search_path|truncate)\b|\bselect\b[^;]*\binto\b/i;
const MAY_LOSE = /\b(?:alter|drop|truncate)\b/i;

/**
 * The guards of a run's steps, by their revisions. What a step makes may go again, in it and in those behind it: they
 * know the statements that were recorded ahead of the run, and those that they were asked about.
 */
export function lossGuards(
  steps: readonly Step[],
  ahead: readonly LintedStatement[],
  levels: Levels,
): (revision: string) => LossGuard {
  const known = new Map<string, LintedStatement[]>(steps.map(({ revision }) => [revision, []]));
  for (const statement of ahead) known.get(statement.revision!)!.push(statement);
  return (revision) => {
    const own: LintedStatement[] = [];
    known.set(revision, own);
    return async ({ session, isInTransaction, recorded }) => {
      const concerning = recorded.filter(
        ({ operation }) => operation.kind !== "execute" || CONCERNS.test(operation.sql),
      );
      const statements = await readRecorded(revision, concerning);
      own.push(...statements);
      if (!statements.some(({ text }) => MAY_LOSE.test(text))) return;
      const catalog = await patientCatalog(session, statements, isInTransaction);
      const findings = lint(upTo(known, revision), { levels, catalog });
      const losses: LintFinding[] = [];
      for (const finding of findings.filter(({ linted }) => statements.includes(linted))) {
        if (await losesRows(session, finding.loses, isInTransaction)) losses.push(finding);
      }
      if (losses.length > 0) throw dataLoss("The upgrade is refused, and this is not sent.", losses);
    };
  };
}

/** The statements that are known of the steps up to this one. */
function upTo(known: ReadonlyMap<string, readonly LintedStatement[]>, revision: string): LintedStatement[] {
  const revisions = [...known.keys()];
  return revisions.slice(0, revisions.indexOf(revision) + 1).flatMap((each) => known.get(each)!);
}
