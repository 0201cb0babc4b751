import { status, type LastRun, type StatusResult } from "../../commands/status.ts";
import { command, type View } from "../command.ts";
import { duration } from "../progress.ts";
import { historyLine, revisionLine } from "../revision-lines.ts";

export const spec = command({
  summary: "Show where the database and the revision files stand, on one screen",
  examples: [["limbeck status", "database, current revision, what is pending, the last runs"]],
  run: (context) => status(context),
  render(result, view) {
    const plain = { ...view, verbose: false };
    return [
      `database  ${result.database}`,
      `current   ${result.current.map((revision) => revisionLine(revision, plain)).join(", ") || "<base>"}`,
      `heads     ${result.heads.map((revision) => revisionLine(revision, plain)).join(", ") || "none"}`,
      `pending   ${pendingText(result)}`,
      ...result.pending.map((revision) => `          ${historyLine(revision, plain)}`),
      ...(result.lastRuns.length === 0
        ? []
        : ["last runs", ...result.lastRuns.map((run) => `          ${runLine(run, view)}`)]),
    ].join("\n");
  },
});

function pendingText({ pending }: StatusResult): string {
  if (pending.length === 0) return "nothing";
  return `${pending.length} ${pending.length === 1 ? "revision" : "revisions"}`;
}

function runLine(run: LastRun, { paint }: View): string {
  const state = run.status === "done" ? paint.good(run.status) : paint.bad(run.status);
  const time = run.durationMs === null ? "" : ` (${duration(run.durationMs)})`;
  return `${run.startedAt} ${run.direction} ${run.revision} ${state}${time}${run.error === null ? "" : `: ${run.error}`}`;
}
