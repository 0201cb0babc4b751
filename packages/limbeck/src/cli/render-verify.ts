import type { VerifiedRunResult } from "../commands/upgrade-verified.ts";
import type { DataCheckResult, VerifyResult } from "../commands/verify.ts";
import type { View } from "./command.ts";
import { renderRun } from "./render-run.ts";

/** What was found, check by check. */
export function renderVerify(result: VerifyResult, view: View): string {
  return [...result.checks.flatMap((check) => checkLines(check, view)), ...driftLines(result, view)].join("\n");
}

/** A run with what it did to the counts of rows, and what is wrong now. */
export function renderVerifiedRun(result: VerifiedRunResult, view: View): string {
  const { after, rowChanges } = result.verified;
  return [
    renderRun(result),
    ...rowChanges.map(
      ({ table, before, after: now }) => `${table}: ${before ?? "no table"} -> ${now ?? "no table"} rows`,
    ),
    renderVerify(after, view),
  ].join("\n");
}

function checkLines({ name, ok, findings, unfinished }: DataCheckResult, { paint }: View): string[] {
  return [
    `${ok ? paint.good("ok") : paint.bad("no")}  ${name}`,
    ...findings.map(({ severity, object, message }) => {
      const line = `      ${object}: ${message}`;
      return severity === "warning" ? paint.dim(`${line} (warning)`) : line;
    }),
    ...unfinished.map((object) => `      ${object}: not checked to the end in time; try --timeout 5min, or --sample 1`),
  ];
}

function driftLines({ drift }: VerifyResult, { paint }: View): string[] {
  if ("notCompared" in drift)
    return [
      `${paint.dim("--")}  drift: not compared, because there ${drift.notCompared === "no target schema" ? "is no target schema" : "are pending revisions"}`,
    ];
  if (drift.ok) return [`${paint.good("ok")}  drift`];
  return [`${paint.bad("no")}  drift`, ...drift.differences.map((difference) => `      ${difference}`)];
}
