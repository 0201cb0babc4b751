import { check, checkSqlOnly, type CheckResult, type SqlOnlyCheckResult } from "../../commands/check.ts";
import { command, flagOption, textOption, type View } from "../command.ts";

export const spec = command<CheckResult | SqlOnlyCheckResult>({
  options: [
    {
      flags: "--sql-only",
      description: "ask of the files alone: do the revisions, run in a scratch database, make the target schema?",
    },
    {
      flags: "--scratch <url>",
      description: "with --sql-only: the server to make the scratch databases on; in memory when left out",
    },
  ],
  examples: [
    ["limbeck check", "exits with 0 when all four answers are good, with 1 when one is not"],
    ["limbeck check --sql-only", "needs no database, as in a pull request"],
  ],
  exitOne:
    "several heads, revisions that are not applied, applied files that were edited, or a database that differs from the target schema",
  async run(context, given) {
    const scratch = textOption(given, "scratch");
    if (!flagOption(given, "sqlOnly")) return await check(context);
    return await checkSqlOnly(context, { ...(scratch !== undefined && { scratch }) });
  },
  isYes: ({ ok }) => ok,
  render: (result, view) =>
    "differences" in result
      ? [headsLine(result, view), ...revisionLines(result, view)].join("\n")
      : [
          headsLine(result, view),
          pendingLine(result, view),
          ...editedLines(result, view),
          ...driftLines(result, view),
        ].join("\n"),
});

function revisionLines({ differences }: SqlOnlyCheckResult, { paint }: View): string[] {
  if (differences.length === 0) return [`${paint.good("ok")}  revisions: they make the target schema`];
  return [
    `${paint.bad("no")}  revisions: what they make has ${count(differences)} from the target schema`,
    ...differences.map((difference) => `      ${difference}`),
  ];
}

function count(differences: readonly string[]): string {
  return `${differences.length} ${differences.length === 1 ? "difference" : "differences"}`;
}

function headsLine({ heads }: Pick<CheckResult, "heads">, { paint }: View): string {
  if (heads.lockFile === "conflict") {
    return `${paint.bad("no")}  heads: git could not merge limbeck.lock; join the heads, or run: limbeck heads --write-lock`;
  }
  if (heads.lockFile === "stale" && heads.heads.length <= 1) {
    return `${paint.bad("no")}  heads: limbeck.lock lists others than ${heads.heads[0] ?? "none"}; run: limbeck heads --write-lock`;
  }
  if (heads.ok) return `${paint.good("ok")}  heads: ${heads.heads[0] ?? "there is no revision yet"}`;
  return `${paint.bad("no")}  heads: there are ${heads.heads.length} (${heads.heads.join(", ")}); join them with: limbeck merge -m "join"`;
}

function pendingLine({ heads, pending }: CheckResult, { paint }: View): string {
  if (pending.ok) return `${paint.good("ok")}  pending: every revision is applied`;
  const { revisions } = pending;
  return `${paint.bad("no")}  pending: ${revisions.length} not applied (${revisions.join(", ")}); run: limbeck upgrade${heads.heads.length > 1 ? " heads" : ""}`;
}

/** Told only when there is something to tell: files that nobody edited are what everybody expects. */
function editedLines({ edited: { ok, revisions } }: CheckResult, { paint }: View): string[] {
  if (ok) return [];
  const ids = revisions.map(({ revision }) => revision).join(", ");
  return [
    `${paint.bad("no")}  edited: ${revisions.length} since ${revisions.length === 1 ? "it was" : "they were"} applied (${ids}); put back what was there, or accept it: limbeck repair`,
  ];
}

function driftLines({ drift }: CheckResult, { paint }: View): string[] {
  if ("notCompared" in drift) {
    const why = drift.notCompared === "no target schema" ? "no `schema` is configured" : "revisions are pending";
    return [`${paint.dim("--")}  drift: not compared, because ${why}`];
  }
  if (drift.ok) return [`${paint.good("ok")}  drift: the database is as the target schema says`];
  const { differences, byHand, withoutRevision } = drift;
  const origin = (difference: string): string => {
    const [isByHand, isInTarget] = [byHand?.includes(difference), withoutRevision?.includes(difference)];
    if (isByHand && isInTarget)
      return "  (changed by hand, and otherwise in the target schema: no revision does either)";
    if (isByHand) return "  (changed by hand: no revision does it)";
    return isInTarget ? "  (the target schema has changed: no revision does it yet)" : "";
  };
  return [
    `${paint.bad("no")}  drift: ${count(differences)} from the target schema`,
    ...differences.map((difference) => `      ${difference}${paint.dim(origin(difference))}`),
  ];
}
