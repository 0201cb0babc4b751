import { show } from "../../commands/show.ts";
import { command } from "../command.ts";
import { revisionEntry } from "../revision-lines.ts";

export const spec = command({
  arguments: [{ name: "<revision>", description: "an id, the first characters of one, head, current, a label" }],
  examples: [["limbeck show head", "the newest revision"]],
  run: (context, { arguments: [identifier] }) => show(context, identifier!),
  render: (result, view) => result.revisions.map((revision) => revisionEntry(revision, view)).join("\n"),
});
