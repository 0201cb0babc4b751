import type { Context } from "./context.ts";

/** How a run is made safe, beside what the configuration requires of every run. */
export interface RunOptions {
  /** Makes a backup before the first step. */
  readonly backup?: boolean | undefined;
  /** Says that it is this database that is meant, by its name, where the configuration requires that. */
  readonly confirm?: string | undefined;
}

export interface UpgradeOptions extends RunOptions {
  /** Verifies before the run, which does not start on an error, and after it. */
  readonly verify?: boolean | undefined;
}

/** Whether something is to be done, for this run or for every one. */
export function isRequired({ config }: Context, options: UpgradeOptions, what: "backup" | "verify"): boolean {
  return options[what] === true || config.require.includes(what);
}
