import { history } from "../../commands/history.ts";
import { command, flagOption, textOption } from "../command.ts";
import { historyLine } from "../revision-lines.ts";

export const spec = command({
  summary: "List the revisions, newest first",
  options: [
    { flags: "-r, --rev-range <range>", description: "a part of the history: a:b, a:, :b, -3:, :current" },
    { flags: "-i, --indicate-current", description: "ask the database which of them are current" },
  ],
  examples: [
    ["limbeck history", "all revisions"],
    ["limbeck history -r -3:", "the last three"],
    ["limbeck history -v", "with files and descriptions"],
  ],
  run(context, given) {
    const range = textOption(given, "revRange");
    const indicateCurrent = flagOption(given, "indicateCurrent");
    return history(context, { ...(range === undefined ? {} : { range }), indicateCurrent });
  },
  render: (result, view) => result.revisions.map((revision) => historyLine(revision, view)).join("\n"),
});
