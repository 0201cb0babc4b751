import { createInterface } from "node:readline/promises";

/** Asks for a yes. Anything else is a no, an interruption too. */
export async function ask(question: string, signal: AbortSignal | undefined): Promise<boolean> {
  return /^y(?:es)?$/i.test((await askText(`${question} [y/N] `, signal)).trim());
}

/** Asks on stderr, so that stdout has the answer of the command alone. An interruption answers nothing. */
export async function askText(question: string, signal: AbortSignal | undefined): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const options = signal === undefined ? {} : { signal };
    return await terminal.question(question, options);
  } catch {
    return "";
  } finally {
    terminal.close();
  }
}
