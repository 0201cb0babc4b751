import { LimbeckError } from "../errors/limbeck-error.ts";
import type { LintFinding } from "../lint/finding.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { Context } from "./context.ts";
import { isEmpty } from "./is-empty.ts";
import { lintLevels } from "./lint-levels.ts";

/**
 * Tells what lint finds in the steps that an upgrade is about to run, and gives the context to run them with: what was
 * read and recorded for that is not read and recorded again. Throws DATA_LOSS when rows would be lost and nobody has said that they may.
 */
export async function beforeUpgrade(context: Context, runs: RunContext, target: string): Promise<RunContext> {
  const { intend } = await import("../runner/intention.ts");
  const intended = await intend(runs, "upgrade", target);
  const { steps } = intended.plan;
  const { lint, allowDataLoss } = context.config;
  const isHarmless = steps.length === 0 || (!lint.onUpgrade && allowDataLoss) || (await isEmpty(context));
  if (isHarmless) return { ...runs, intended };
  const { lintAhead } = await import("../proof/lint-ahead.ts");
  const { looked, findings, losses } = await lintAhead(runs, steps, lintLevels(context));
  if (lint.onUpgrade) tell(runs, findings);
  if (losses.length > 0 && !allowDataLoss) await consent(context, losses);
  return { ...runs, intended, looked };
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
  const lost = losses.map(({ message }) => message).join(" ");
  if (await ask?.(`${lost} Go on?`)) return;
  const [first] = losses;
  throw new LimbeckError("DATA_LOSS", {
    message: `The upgrade is refused, and nothing was run. ${lost}`,
    hint:
      "If that is meant, run it with --allow-data-loss (in the library: `allowDataLoss: true`), or say why in the revision: " +
      `op.allow("${first!.rule}", "…") before the operation, or \`-- limbeck: allow ${first!.rule} because …\` before the statement.`,
    ...(first!.where === undefined ? {} : { where: first!.where }),
    details: {
      losses: losses.map(({ rule, revision, relation, statement }) => ({ rule, revision, relation, statement })),
    },
  });
}
