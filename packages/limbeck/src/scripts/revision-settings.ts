import { LimbeckError } from "../errors/limbeck-error.ts";
import { parseDuration } from "./duration.ts";

/** What a revision may say of how it is run, beside its metadata. */
export const SETTINGS = ["lockTimeout", "statementTimeout", "transaction", "irreversible"] as const;

export type SettingName = (typeof SETTINGS)[number];

export interface RevisionSettings {
  /** How long each statement waits for its locks, in milliseconds; 0 for as long as it takes. */
  readonly lockTimeoutMs?: number;
  /** How long each statement in a transaction may take, in milliseconds; 0 for as long as it takes. */
  readonly statementTimeoutMs?: number;
  /** "step": a transaction of its own; "none": each statement by itself. */
  readonly transaction?: "step" | "none";
  /** Why the revision cannot be undone. It needs no downgrade then. */
  readonly irreversible?: string;
}

/** Reads the settings of a revision, whatever its format gave for them. Throws REVISION_FILE_INVALID. */
export function readSettings(
  given: (name: SettingName) => unknown,
  where: (name: SettingName) => { readonly file: string; readonly line?: number },
): RevisionSettings {
  const time = (name: SettingName): number | undefined => {
    const value = given(name);
    const ms = parseDuration(value);
    if (value === undefined || ms !== undefined) return ms;
    throw invalid(name, 'a time, such as "500ms", "2s" or "5min"', where(name));
  };
  const lockTimeoutMs = time("lockTimeout");
  const statementTimeoutMs = time("statementTimeout");
  const transaction = given("transaction");
  if (transaction !== undefined && transaction !== "step" && transaction !== "none") {
    throw invalid("transaction", '"step" or "none"', where("transaction"));
  }
  const irreversible = given("irreversible");
  if (irreversible !== undefined && (typeof irreversible !== "string" || irreversible.trim() === "")) {
    throw new LimbeckError("REVISION_FILE_INVALID", {
      message: '"irreversible" of a revision has to be the reason, as a text.',
      hint: "Say why the revision cannot be undone, or take it out.",
      where: where("irreversible"),
    });
  }
  return {
    ...(irreversible === undefined ? {} : { irreversible }),
    ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }),
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
    ...(transaction === undefined ? {} : { transaction }),
  };
}

function invalid(name: SettingName, form: string, where: { readonly file: string; readonly line?: number }) {
  return new LimbeckError("REVISION_FILE_INVALID", {
    message: `"${name}" of a revision has to be ${form}.`,
    hint: "Correct it, or take it out: the configuration's value holds then.",
    where,
  });
}
