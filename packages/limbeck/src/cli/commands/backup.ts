import { backup, countsText, type BackupOptions } from "../../commands/backup.ts";
import { parseDuration } from "../../config/validate.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command, textOption, type Given } from "../command.ts";
import { bytesText } from "../size-text.ts";
import { LOCK_WAIT_OPTION } from "../run-overrides.ts";

export const spec = command({
  description:
    "Copy the database to a file, and see that it can be read back: a server's with pg_dump of its version or a newer one, the embedded " +
    "database's by itself. The file has its name only when it is whole; beside it stands a .json with what it is of. Nothing is overwritten",
  options: [
    {
      flags: "--output <path>",
      description: "a folder, or the file to write; `backups` beside the configuration when left out",
    },
    { flags: "--keep <n>", description: "remove older backups of this database there, all but the newest so many" },
    { flags: "--keep-for <time>", description: "remove those that are older, as in 30d; the newest always stays" },
    LOCK_WAIT_OPTION,
  ],
  examples: [
    ["limbeck backup", "into the folder backups, named after the database and the time"],
    ["limbeck backup --keep-for 30d --keep 7", "and remove what is older than 30 days and not one of the newest 7"],
  ],
  run: (context, given) => backup(context, options(given)),
  render: ({ file, manifest: { bytes, objects, revisions }, removed }, view) =>
    [
      `Wrote ${view.path(file)}: ${bytesText(bytes)}, ${countsText(objects)}, at ${revisions.join(", ") || "base"}.`,
      ...removed.map((old) => view.paint.dim(`Removed ${view.path(old)}`)),
    ].join("\n"),
});

function options(given: Given): BackupOptions {
  const [keep, keepFor] = [textOption(given, "keep"), textOption(given, "keepFor")];
  if (keep !== undefined && !/^[1-9]\d*$/.test(keep)) {
    throw usage(`--keep ${keep} is no number of backups.`, "Write it as `--keep 7`.");
  }
  const keepForMs = keepFor === undefined ? undefined : parseDuration(keepFor);
  if (keepFor !== undefined && keepForMs === undefined) {
    throw usage(`--keep-for ${keepFor} is no length of time.`, "Write it as `--keep-for 30d`.");
  }
  return { output: textOption(given, "output"), keep: keep === undefined ? undefined : Number(keep), keepForMs };
}

function usage(message: string, hint: string): LimbeckError {
  return new LimbeckError("USAGE", { message, hint });
}
