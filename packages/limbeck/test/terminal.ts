import { main } from "../src/cli/main.ts";

export interface Output {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Answers for whoever sits there. */
  readonly ask?: (question: string) => Promise<boolean>;
  readonly askText?: (question: string) => Promise<string>;
  /** Which of the two streams people look at. */
  readonly isTTY?: { readonly stdout?: boolean; readonly stderr?: boolean };
}

/** Runs a command line in this process, on a terminal that only collects what is written. */
export async function limbeck(
  argv: readonly string[],
  { cwd, env = {}, ask, askText, isTTY: { stdout: isOutTTY = false, stderr: isErrTTY = false } = {} }: Surroundings,
): Promise<Output> {
  let [stdout, stderr] = ["", ""];
  const exitCode = await main({
    argv,
    env,
    cwd,
    ...(ask !== undefined && { ask }),
    ...(askText !== undefined && { askText }),
    stdout: { isTTY: isOutTTY, write: (text) => (stdout += text) },
    stderr: { isTTY: isErrTTY, write: (text) => (stderr += text) },
  });
  return { exitCode, stdout, stderr };
}
