import { branches } from "../../commands/branches.ts";
import { command } from "../command.ts";
import { revisionLine } from "../revision-lines.ts";

export const spec = command({
  examples: [["limbeck branches", "list the branch points"]],
  run: async (context) => branches(context),
  render: (result, view) =>
    result.branchPoints
      .map((point) => {
        const lines = point.branches.map((branch) => `     -> ${revisionLine(branch, { ...view, verbose: false })}`);
        return [revisionLine(point, view, ["head", "branchpoint"]), ...lines].join("\n");
      })
      .join("\n"),
});
