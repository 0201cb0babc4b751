import { reasonOf } from "../errors/reason.ts";
import { readFileSync } from "node:fs";
import { isLimbeckError, LimbeckError, type Location } from "../errors/limbeck-error.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import type { Operations } from "../operations/recorder.ts";
import { fileChecksum } from "../scripts/file-checksum.ts";
import { loadModule, type Authoring } from "../scripts/load.ts";
import { readSqlRevision } from "../scripts/read-sql-revision.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { readSettings, type RevisionSettings } from "../scripts/revision-settings.ts";
import type { Direction } from "../revisions/revision.ts";

/** A revision's half, loaded: `run` is the one place where the user's code is entered. */
export interface StepSource {
  readonly checksum: string;
  /** True when the code waits for nothing: it only records, and may do so before the step's turn has come. */
  readonly onlyRecords: boolean;
  /** What the revision says of how it is to be run. */
  readonly settings: RevisionSettings;
  run(op: Operations): Promise<void>;
  /** The author's line, of a call that records, or of a statement that begins at this line of the recorded text. */
  place(call: Error, line: number): Location | undefined;
}

/**
 * Loads the half of a revision that a step runs. `authoring` is what `limbeck` means to the module.
 * Throws REVISION_LOAD_FAILED and REVISION_INCOMPLETE.
 */
export async function loadStep(file: RevisionFile, direction: Direction, authoring: Authoring): Promise<StepSource> {
  const content = readFileSync(file.path, "utf8");
  const checksum = fileChecksum(content);
  if (file.format === "sql") {
    const { [direction]: section, settings: given } = readSqlRevision(content, file.path);
    const settings = readSettings(
      (name) => given.get(name)?.value,
      (name) => ({ file: file.path, line: given.get(name)!.line }),
    );
    if (section === undefined)
      throw incomplete(file, direction, settings, `Add a line "-- ${direction}" with the statements below it.`);
    const text = section.text.trimStart();
    const first = section.line + section.text.slice(0, -text.length || undefined).split("\n").length - 1;
    return {
      checksum,
      onlyRecords: true,
      settings,
      run: async (op) => op.execute(text),
      place: (_, line) => ({ file: file.path, line: first + line - 1 }),
    };
  }
  const { half, settings } = await moduleHalf(file, content, direction, authoring);
  const onlyRecords = !/\b(?:await|then|query|connection)\b/.test(half.toString());
  return {
    checksum,
    onlyRecords,
    settings,
    run: async (op) => void (await half(op)),
    place: (call) => placeInFile(call, file.path),
  };
}

async function moduleHalf(
  file: RevisionFile,
  content: string,
  direction: Direction,
  authoring: Authoring,
): Promise<{ readonly half: (op: Operations) => unknown; readonly settings: RevisionSettings }> {
  const module = await loadModule(file.path, authoring, content).catch((error: unknown) => {
    throw loadFailed(file, error);
  });
  const half = module[direction];
  const settings = readSettings(
    (name) => module[name],
    () => ({ file: file.path }),
  );
  if (typeof half === "function") return { half: half as (op: Operations) => unknown, settings };
  throw incomplete(file, direction, settings, `Add \`export async function ${direction}(op: Operations) { … }\`.`);
}

function incomplete(
  file: RevisionFile,
  direction: Direction,
  { irreversible }: RevisionSettings,
  hint: string,
): LimbeckError {
  if (irreversible !== undefined && direction === "downgrade") {
    return new LimbeckError("REVISION_INCOMPLETE", {
      message: `Revision ${file.revision} cannot be undone: ${irreversible}`,
      hint: "Stay above it, or restore a backup.",
      where: { file: file.path },
      details: { irreversible },
    });
  }
  return new LimbeckError("REVISION_INCOMPLETE", {
    message: `Revision ${file.revision} has no ${direction}.`,
    hint,
    where: { file: file.path },
  });
}

function loadFailed(file: RevisionFile, error: unknown): LimbeckError {
  if (isLimbeckError(error)) return error;
  const reason = reasonOf(error);
  return new LimbeckError("REVISION_LOAD_FAILED", {
    message: `Revision ${file.revision} cannot be loaded: ${reason.split("\n")[0]}`,
    hint: "Correct the file; `npx tsc --noEmit` shows the mistakes of all files.",
    where: placeInFile(error, file.path) ?? { file: file.path },
    cause: error,
  });
}
