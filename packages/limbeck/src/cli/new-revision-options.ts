import { LimbeckError } from "../errors/limbeck-error.ts";
import type { NewRevisionOptions, NewRevisionResult } from "../commands/new-revision.ts";
import { listOption, textOption, type Given, type OptionSpec, type View } from "./command.ts";

export const FORMAT_OPTION: OptionSpec = { flags: "--format <format>", description: "ts or sql" };

/** What `revision` and `merge` have in common. */
export const NEW_REVISION_OPTIONS: readonly OptionSpec[] = [
  { flags: "-m, --message <text>", description: "what the revision does" },
  { flags: "--rev-id <id>", description: "its id; the UTC time when left out" },
  { flags: "--branch-label <label>", description: "a name for the branch that begins here", repeatable: true },
  { flags: "--version-path <folder>", description: "the migrations folder to write into" },
  FORMAT_OPTION,
];

export function newRevisionOptions(given: Given): NewRevisionOptions {
  const format = formatOption(given);
  const message = textOption(given, "message");
  const revisionId = textOption(given, "revId");
  const versionPath = textOption(given, "versionPath");
  return {
    branchLabels: listOption(given, "branchLabel"),
    dependsOn: listOption(given, "dependsOn"),
    ...(message === undefined ? {} : { message }),
    ...(revisionId === undefined ? {} : { revisionId }),
    ...(versionPath === undefined ? {} : { versionPath }),
    ...(format === undefined ? {} : { format }),
  };
}

export function renderNewRevision({ path }: NewRevisionResult, view: View): string {
  return `Wrote ${view.path(path)}`;
}

export function formatOption(given: Given): "ts" | "sql" | undefined {
  const format = textOption(given, "format");
  if (format === undefined || format === "ts" || format === "sql") return format;
  throw new LimbeckError("USAGE", {
    message: `There is no format "${format}".`,
    hint: "Use --format ts or --format sql.",
  });
}
