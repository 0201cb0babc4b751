import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { basename } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { redact } from "../errors/redact.ts";

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program. */
  readonly signal: AbortSignal | undefined;
}

/** A program that did not do its work. The message is what it said itself. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  /** Null when a signal ended it. */
  readonly exitCode: number | null;

  constructor(program: string, exitCode: number | null, said: string) {
    super(said === "" ? `${program} ended with ${exitCode ?? "a signal"}` : said);
    this.exitCode = exitCode;
  }
}

/** Runs a program to its end, and gives what it wrote to stdout, if somebody wants it. Throws ProgramError and INTERRUPTED. */
export async function runProgram(
  path: string,
  args: readonly string[],
  options: ProgramOptions & { readonly stdout: "wanted" | "ignored" },
): Promise<string> {
  const child = startProgram(path, args, options, ["ignore", options.stdout === "wanted" ? "pipe" : "ignore", "pipe"]);
  const chunks: Buffer[] = [];
  child.process.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  await child.ended;
  return Buffer.concat(chunks).toString("utf8");
}

export interface RunningProgram {
  readonly process: ChildProcess;
  /** Rejects with ProgramError, or with INTERRUPTED when the signal ended it. */
  readonly ended: Promise<void>;
}

/** Starts a program. Its stderr has to be a pipe: what it says there explains its failure. */
export function startProgram(
  path: string,
  args: readonly string[],
  { env, signal }: ProgramOptions,
  stdio: StdioOptions,
): RunningProgram {
  const name = basename(path);
  const child = spawn(path, args, { env, stdio, windowsHide: true });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-MOST_KEPT)));
  const kill = (): void => void child.kill();
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", (cause) => reject(new ProgramError(name, null, cause.message)));
    child.once("close", (code) => {
      if (signal?.aborted) reject(interrupted());
      else if (code === 0) resolve();
      else reject(new ProgramError(name, code, redact(saidIn(stderr))));
    });
  }).finally(() => signal?.removeEventListener("abort", kill));
  if (signal?.aborted) kill();
  signal?.addEventListener("abort", kill);
  return { process: child, ended };
}

const MOST_KEPT = 8000;

/** The lines that say what went wrong: errors if there are some, in front of what else there is. */
function saidIn(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) => /error:|fatal:|ERROR:|FATAL:|could not|No space/.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 3).join("; ");
}

function interrupted(): LimbeckError {
  return new LimbeckError("INTERRUPTED", {
    message: "It was interrupted, and left nothing behind.",
    hint: "Run the same command again.",
  });
}
