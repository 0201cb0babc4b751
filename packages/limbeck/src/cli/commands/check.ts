import { check, type CheckResult } from "../../commands/check.ts";
import { command, type View } from "../command.ts";

export const spec = command({
  summary:
    "Ask whether there is one head, everything is applied, as its file is, and the database is as the target schema says",
  examples: [["limbeck check", "exits with 0 when all four answers are good, with 1 when one is not"]],
  exitOne:
    "several heads, revisions that are not applied, applied files that were edited, or a database that differs from the target schema",
  run: (context) => check(context),
  isYes: ({ ok }) => ok,
  render: (result, view) =>
    [
      headsLine(result, view),
      pendingLine(result, view),
      ...editedLines(result, view),
      ...driftLines(result, view),
    ].join("\n"),
});

function headsLine({ heads }: CheckResult, { paint }: View): string {
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
  const { differences } = drift;
  return [
    `${paint.bad("no")}  drift: ${differences.length} ${differences.length === 1 ? "difference" : "differences"} from the target schema`,
    ...differences.map((difference) => `      ${difference}`),
  ];
}
