import { createInterface } from "node:readline/promises";

/** Asks on stderr, so that stdout has the answer of the command alone. Anything but a yes is a no, an interruption too. */
export async function ask(question: string, signal: AbortSignal | undefined): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const options = signal === undefined ? {} : { signal };
    const answer = await terminal.question(`${question} [y/N] `, options);
    return /^y(?:es)?$/i.test(answer.trim());
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}
