import { countsText } from "../../commands/backup.ts";
import { restore } from "../../commands/restore.ts";
import { command, CONFIRM_OPTION, flagOption, textOption } from "../command.ts";
import { duration } from "../duration.ts";
import { LOCK_WAIT_OPTION } from "../run-overrides.ts";

export const spec = command({
  description:
    "Make the database what a backup says, in one transaction and under the migration lock: a failure leaves it as it was. What is in the " +
    "database is dropped, if somebody says that it may be: by typing the database's name, or with --allow-data-loss",
  arguments: [{ name: "<file>", description: "what `limbeck backup` wrote, or an archive of pg_dump --format=custom" }],
  options: [
    { flags: "--allow-data-loss", description: "drop what the database has, without being asked" },
    CONFIRM_OPTION,
    { flags: "--no-owner", description: "let everything belong to the user who restores" },
    { flags: "--no-privileges", description: "leave out the grants" },
    LOCK_WAIT_OPTION,
  ],
  examples: [
    ["limbeck restore backups/shop_20250911T081436Z.dump", "into an empty database, or after a question"],
    ["limbeck restore backups/shop_20250911T081436Z.dump --allow-data-loss", "whatever the database has"],
  ],
  exitOne: "the database does not have now what the backup's manifest says",
  run: (context, given) =>
    restore(context, given.arguments[0]!, {
      allowDataLoss: flagOption(given, "allowDataLoss"),
      confirm: textOption(given, "confirm"),
      owner: given.options["owner"] !== false,
      privileges: given.options["privileges"] !== false,
    }),
  isYes: ({ ok }) => ok,
  render: ({ file, ok, manifest, objects, heads, durationMs }, view) => {
    const what = `Restored ${view.path(file)} in ${duration(durationMs)}: ${countsText(objects)}. The database is at ${heads.join(", ") || "base"}.`;
    if (manifest === null)
      return `${what}\nThere is no manifest beside it, so that nobody can say whether that is all.`;
    return ok
      ? what
      : `${what}\n${view.paint.bad("The backup has others")}: see its manifest, ${view.path(file)}.json.`;
  },
});
