import { merge } from "../../commands/merge.ts";
import { command, flagOption } from "../command.ts";
import { NEW_REVISION_OPTIONS, newRevisionOptions, renderNewRevision } from "../new-revision-options.ts";

export const spec = command({
  arguments: [{ name: "[revisions...]", description: "what to join; all heads when none is named" }],
  options: [...NEW_REVISION_OPTIONS, { flags: "--splice", description: "join revisions that are no heads" }],
  examples: [['limbeck merge -m "join the branches"', "join all heads"]],
  run: async (context, given) =>
    merge(context, given.arguments, { ...newRevisionOptions(given), splice: flagOption(given, "splice") }),
  render: renderNewRevision,
});
