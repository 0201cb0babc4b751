import { LimbeckError } from "../errors/limbeck-error.ts";
import type { LintFinding } from "../lint/finding.ts";
import { mayConcernLint } from "../lint/concerns.ts";
import { statementsOf } from "../operations/catalogue.ts";
import type { Direction, Step } from "../revisions/revision.ts";
import { lookAhead, type LookedStep } from "../runner/look-at.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { Context } from "./context.ts";
import { confirmName } from "./confirm-name.ts";
import { isEmpty } from "./is-empty.ts";

/**
 * Asks what has to be asked before a run that has something to do. Tells what lint finds in the steps of an upgrade, and
 * gives the context to run them with: what was read and recorded for that is not read and recorded again, and what could
 * not be is looked at in its turn. Throws NOT_CONFIRMED, LINT_FAILED where the configuration requires that it is clean, and
 * DATA_LOSS when rows would be lost and nobody has said that they may.
 */
export async function beforeRun(
  context: Context,
  asked: RunContext,
  direction: Direction,
  target: string,
  confirm: string | undefined,
): Promise<RunContext> {
  const { intend } = await import("../runner/intention.ts");
  const intended = await intend(asked, direction, target);
  const runs = { ...asked, intended };
  const { steps } = intended.plan;
  const { lint, allowDataLoss, require } = context.config;
  if (steps.length === 0) return runs;
  if (require.includes("confirm")) {
    const what = `${direction} ${target} runs ${steps.length} ${steps.length === 1 ? "step" : "steps"} on ${runs.session.description}.`;
    await confirmName(context, what, confirm);
  }
  const isClean = require.includes("lint");
  const isLooked = direction === "upgrade" && (lint.onUpgrade || isClean || !allowDataLoss);
  if (!isLooked || (intended.state.rows.length === 0 && (await isEmpty(context)))) return runs;
  const looked = await lookAhead(runs, steps);
  const hasOwnRules = Object.keys(lint.rules).length > 0;
  const isPlain = ({ revision }: Step): boolean => {
    const step = looked.get(revision);
    return step !== undefined && !mayConcern(step);
  };
  if (!hasOwnRules && steps.every(isPlain)) return { ...runs, looked };
  // The parser and the rules take longer to be loaded than a step mostly takes.
  const [{ lintAhead }, { lintLevels }] = await Promise.all([
    import("../proof/lint-ahead.ts"),
    import("./lint-levels.ts"),
  ]);
  const { findings, losses, guard } = await lintAhead(runs, steps, looked, lintLevels(context));
  if (lint.onUpgrade) tell(runs, findings);
  if (isClean) refuseErrors(findings);
  if (losses.length > 0 && !allowDataLoss) await consent(context, losses);
  return { ...runs, looked, ...(allowDataLoss ? {} : { guard }) };
}

/** Whether lint, with its rules as they are by default, may find anything in what a step does, or allows itself. */
function mayConcern({ recorder: { recorded, allowed } }: LookedStep): boolean {
  if (allowed.length > 0 || recorded.some((each) => each.allowed.length > 0)) return true;
  // A backfill's batches are what the rules advise.
  const operations = recorded.flatMap(({ operation }) => (operation.kind === "backfill" ? [] : operation));
  return operations.some((each) => statementsOf(each).some(({ text }) => mayConcernLint(text)));
}

function refuseErrors(findings: readonly LintFinding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const [first] = errors;
  throw new LimbeckError("LINT_FAILED", {
    message: `The configuration requires "lint", and lint has ${errors.length} ${errors.length === 1 ? "error" : "errors"}; nothing was run. ${errors.map(({ rule, message }) => `${rule}: ${message}`).join(" ")}`,
    hint: `Put them right: \`limbeck lint\` shows how. Or say why it may be: op.allow("${first!.rule}", "…") before the operation.`,
    ...(first!.where === undefined ? {} : { where: first!.where }),
    details: {
      findings: errors.map(({ rule, revision, relation, statement }) => ({ rule, revision, relation, statement })),
    },
  });
}

function tell({ listener }: RunContext, findings: readonly LintFinding[]): void {
  for (const { rule, severity, revision, message, where, work, size } of findings) {
    if (severity === "info" || isHarmlessHere(work, size)) continue;
    listener({ type: "finding", rule, severity, revision: revision ?? null, message, where: where ?? null });
  }
}

/** Work that is over before anybody notices. */
const NOTICED_AFTER_SECONDS = 0.1;

/** Whether this database's table is too small for the finding to matter: `limbeck lint` tells it all the same. */
function isHarmlessHere(work: LintFinding["work"], size: LintFinding["size"]): boolean {
  if (size === undefined) return false;
  return (
    size.isEmpty || (work !== undefined && size.bytes > 0 && (size.roughSeconds ?? Infinity) < NOTICED_AFTER_SECONDS)
  );
}

async function consent({ ask }: Context, losses: readonly LintFinding[]): Promise<void> {
  if (await ask?.(`${losses.map(({ message }) => message).join(" ")} Go on?`)) return;
  const { dataLoss } = await import("../proof/data-loss.ts");
  throw dataLoss("The upgrade is refused, and nothing was run.", losses);
}
