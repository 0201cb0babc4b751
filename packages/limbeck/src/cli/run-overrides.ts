import type { EnvironmentConfig } from "../config/define-config.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { flagOption, METRICS_FILE_OPTION, textOption, type Given, type OptionSpec } from "./command.ts";

/** For the commands that take the migration lock. */
export const LOCK_WAIT_OPTION: OptionSpec = {
  flags: "--lock-wait <time>",
  description: "how long to wait for another runner to finish, as in 30s or 5min",
};

/** For the commands that run revisions. */
export const POLICY_OPTIONS: readonly OptionSpec[] = [
  LOCK_WAIT_OPTION,
  {
    flags: "--lock-timeout <time>",
    description: "how long a statement waits at first for a lock that the application holds, as in 200ms",
  },
  {
    flags: "--lock-retry <time>",
    description: "how long a step that does not get its locks is tried again, as in 5min; 0 for one try",
  },
  METRICS_FILE_OPTION,
  { flags: "--transaction <mode>", description: "step: a transaction for each step; all: one for the whole run" },
];

/** What the command line says of a run, as configuration. Throws USAGE. */
export async function runOverrides(given: Given): Promise<EnvironmentConfig> {
  const wait = await duration(given, "lockWait", "--lock-wait");
  const timeout = await duration(given, "lockTimeout", "--lock-timeout");
  const retryFor = await duration(given, "lockRetry", "--lock-retry");
  const lock = { wait, timeout, retryFor };
  return {
    lock,
    transaction: transactionMode(textOption(given, "transaction")),
    ...(flagOption(given, "allowDataLoss") && { allowDataLoss: true }),
    ...(given.options["lint"] === false && { lint: { onUpgrade: false } }),
  };
}

async function duration(given: Given, name: string, flag: string): Promise<string | undefined> {
  const text = textOption(given, name);
  if (text === undefined) return undefined;
  const { parseDuration } = await import("../config/validate.ts");
  if (parseDuration(text) !== undefined) return text;
  throw new LimbeckError("USAGE", {
    message: `${flag} ${text} is no length of time.`,
    hint: `Write it as \`${flag} 30s\` or \`${flag} 5min\`.`,
  });
}

function transactionMode(mode: string | undefined): "step" | "all" | undefined {
  if (mode === undefined || mode === "step" || mode === "all") return mode;
  throw new LimbeckError("USAGE", {
    message: `--transaction ${mode} is neither step nor all.`,
    hint: "Write `--transaction all` for one transaction, or leave it out.",
  });
}
