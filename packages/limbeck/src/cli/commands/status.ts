import { status, type StatusResult } from "../../commands/status.ts";
import { command } from "../command.ts";
import { entryLine } from "../history-entry.ts";
import { historyLine, revisionLine } from "../revision-lines.ts";

export const spec = command({
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
      ...(result.edited.length === 0 ? [] : [`edited    ${editedText(result)}`]),
      ...result.edited.map(({ revision, path }) => `          ${view.paint.id(revision)} ${view.path(path)}`),
      ...(result.lastRuns.length === 0 ? [] : ["last runs"]),
      ...result.lastRuns.map((entry) => `          ${entryLine(entry, view)}`),
    ].join("\n");
  },
});

function pendingText({ pending }: StatusResult): string {
  if (pending.length === 0) return "nothing";
  return `${pending.length} ${pending.length === 1 ? "revision" : "revisions"}`;
}

function editedText({ edited }: StatusResult): string {
  return `${edited.length === 1 ? "1 applied file" : `${edited.length} applied files`} since; accept with: limbeck repair`;
}
