import { fstatSync, writeFileSync } from "node:fs";
import { isatty } from "node:tty";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { main, type Terminal } from "./main.ts";

const interruption = new AbortController();

/** The first signal ends the run in good order, the second one at once, also while the process says goodbye. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
}

/** A file for the answer, which is written whole: Node's stream takes the part that a full disk leaves room for as enough. */
function file(): Terminal["stdout"] {
  let isFull = false;
  const write = (text: string): void => {
    if (isFull) return;
    try {
      writeFileSync(1, text);
    } catch (cause) {
      isFull = true;
      throw new LimbeckError("FILE_WRITE_FAILED", {
        message: `The answer could not be written: ${(cause as Error).message}.`,
        hint: "What the file has is cut off. Make room and ask again; what a run has done stays done.",
        cause,
      });
    }
  };
  return { write };
}

/** Runs the command line of this process. */
export async function run(): Promise<void> {
  // What a dependency is about to drop is for limbeck to know, not for whoever runs a migration.
  Object.assign(process, { noDeprecation: true });
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  // Whoever closes the pipe has read enough, and a lost terminal is no reason to stop half-way: the run goes on.
  process.on("SIGHUP", () => undefined);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.exitCode = await main({
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdout: isatty(1) || fstatSync(1).isFIFO() || fstatSync(1).isSocket() ? process.stdout : file(),
    stderr: process.stderr,
    signal: interruption.signal,
    ...(isatty(0) && process.stderr.isTTY && (await import("./ask.ts"))),
  });
  // A revision that was interrupted may still wait for something, and nobody waits for that.
  if (interruption.signal.aborted) process.exit();
}
