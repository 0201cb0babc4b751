import { repair } from "../../commands/repair.ts";
import { command } from "../command.ts";
import { LOCK_WAIT_OPTION } from "../run-overrides.ts";

export const spec = command({
  summary: "Accept the files of applied revisions that have been edited since",
  description:
    "Accept the files of applied revisions that have been edited since. The history keeps what it says, and gets a row with the new checksum. Nothing is run.",
  arguments: [{ name: "[revisions...]", description: "those to accept; all that were edited when left out" }],
  options: [LOCK_WAIT_OPTION],
  examples: [
    ["limbeck repair", "accept all edited files"],
    ["limbeck repair 20250909185058", "accept one, and leave the finding about others"],
  ],
  run: (context, { arguments: identifiers }) => repair(context, identifiers),
  render({ repaired }, view) {
    if (repaired.length === 0) return "Nothing to repair: the applied files are as they were applied.";
    return repaired
      .map(({ revision, path }) => `${view.paint.id(revision)} accepted as ${view.path(path)} is now`)
      .join("\n");
  },
});
