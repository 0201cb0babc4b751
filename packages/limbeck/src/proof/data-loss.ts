import { LimbeckError } from "../errors/limbeck-error.ts";
import type { LintFinding } from "../lint/finding.ts";

/** The error with which an upgrade is refused by which rows would be lost. */
export function dataLoss(refusal: string, losses: readonly LintFinding[]): LimbeckError {
  const [first] = losses;
  return new LimbeckError("DATA_LOSS", {
    message: `${refusal} ${losses.map(({ message }) => message).join(" ")}`,
    hint:
      "If that is meant, run it with --allow-data-loss (in the library: `allowDataLoss: true`), or say why in the revision: " +
      `op.allow("${first!.rule}", "…") before the operation, or \`-- limbeck: allow ${first!.rule} because …\` before the statement.`,
    ...(first!.where === undefined ? {} : { where: first!.where }),
    details: {
      losses: losses.map(({ rule, revision, relation, statement }) => ({ rule, revision, relation, statement })),
    },
  });
}
