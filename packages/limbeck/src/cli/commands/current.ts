import { current } from "../../commands/current.ts";
import { command, flagOption } from "../command.ts";
import { revisionLine } from "../revision-lines.ts";

export const spec = command({
  options: [{ flags: "--check-heads", description: "exit with 1 unless every revision is applied" }],
  examples: [
    ["limbeck current", "list the version table's revisions"],
    ["limbeck current --check-heads", "is the database at the heads?"],
  ],
  exitOne: "with --check-heads: not every revision is applied",
  run: (context) => current(context),
  isYes: ({ isAtHeads }, given) => isAtHeads || !flagOption(given, "checkHeads"),
  render(result, view) {
    const lines = result.current.map((revision) => revisionLine(revision, view));
    return [...(view.verbose ? [`Current revision(s) for ${result.database}:`] : []), ...lines].join("\n");
  },
});
