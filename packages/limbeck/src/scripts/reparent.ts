import { readFileSync, writeFileSync } from "node:fs";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RevisionFile } from "./revision-file.ts";

/** Gives a revision file another down revision, and leaves every other character of it as it was. */
export function reparentRevisionFile(file: RevisionFile, parent: string): void {
  const source = readFileSync(file.path, "utf8");
  const pattern =
    file.format === "sql"
      ? /^(--\s*(?:downRevision|down_revision)\s*:\s*)[^\r\n]*/im
      : /^(export (?:const|let|var) downRevision\b[^=]*=\s*)(?:null|(["'`])[^"'`]*\2|\[[^\]]*\])/m;
  const changed = source.replace(
    pattern,
    (_, head: string) => head + (file.format === "sql" ? parent : JSON.stringify(parent)),
  );
  if (changed === source) {
    throw new LimbeckError("REVISION_FILE_INVALID", {
      message: `The down revision of ${file.revision} cannot be found in its file.`,
      hint: `Write it by hand: export const downRevision = ${JSON.stringify(parent)};`,
      where: { file: file.path },
    });
  }
  writeFileSync(file.path, changed);
}
