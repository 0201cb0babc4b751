import { baseline, type BaselineResult } from "../../commands/baseline.ts";
import { command } from "../command.ts";
import { NEW_REVISION_OPTIONS, newRevisionOptions } from "../new-revision-options.ts";

export const spec = command<BaselineResult>({
  description:
    "For a database that is there already and has no revisions yet. The file is tried in a scratch database before it counts; the " +
    "live database gets a version table, and nothing else.",
  options: [...NEW_REVISION_OPTIONS, { flags: "--no-proof", description: "do not try the file in a scratch database" }],
  examples: [['limbeck baseline -m "what was there"', "begin the history of a database that has none"]],
  run: (context, given) => baseline(context, { ...newRevisionOptions(given), proof: given.options["proof"] !== false }),
  render: ({ path, revision, notExpressed }, view) =>
    [
      ...notExpressed.map((name) => `Not expressed: ${name} is in the database, and not in the revision.`),
      `Wrote ${view.path(path)}, and stamped the database with ${revision}`,
    ].join("\n"),
});
