import { isLimbeckError, LimbeckError } from "../errors/limbeck-error.ts";
import type { RunContext } from "../runner/run-context.ts";
import type { RunResult } from "../runner/run.ts";
import { backup, type BackupResult } from "./backup.ts";
import type { Context } from "./context.ts";

/** A run with the backup that it began with, if there was something to do. */
export type BackedUpRunResult = RunResult & { readonly backup?: BackupResult };

/**
 * Runs with a backup before the first step, made under the migration lock: what it holds is what the run begins with. A
 * failure behind it says how to go back.
 */
export async function backedUp(
  context: Context,
  runs: RunContext,
  work: (runs: RunContext) => Promise<RunResult>,
): Promise<BackedUpRunResult> {
  let made: BackupResult | undefined;
  const beforeSteps = async (): Promise<void> => {
    made = await backup(context);
  };
  try {
    const result = await work({ ...runs, beforeSteps });
    return made === undefined ? result : { ...result, backup: made };
  } catch (error) {
    throw made === undefined || !isLimbeckError(error) ? error : withWayBack(error, context, made);
  }
}

function withWayBack(error: LimbeckError, context: Context, { file }: BackupResult): LimbeckError {
  const command = ["limbeck", "restore", file, "--allow-data-loss", ...context.options].map(shellWord).join(" ");
  const { message, hint, where, details, cause } = error;
  return new LimbeckError(error.code, {
    message,
    hint: `${hint} To go back to where the run began: ${command}`,
    ...(where === undefined ? {} : { where }),
    details: { ...details, backup: file, restore: command },
    cause,
  });
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
