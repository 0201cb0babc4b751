import { spawn } from "node:child_process";
import { LimbeckError } from "../errors/limbeck-error.ts";

/** Where the command's line names the file. */
const PLACEHOLDER = "{file}";

/**
 * Runs commands, such as a formatter, on a file that was just written, one after the other. The file's path takes the
 * place of `{file}`, or comes last. Throws WRITE_HOOK_FAILED for the first that fails; the file stays.
 */
export async function runWriteHooks(path: string, hooks: readonly string[], folder: string): Promise<void> {
  for (const hook of hooks) {
    const file = shellQuoted(path);
    const command = hook.includes(PLACEHOLDER) ? hook.replaceAll(PLACEHOLDER, file) : `${hook} ${file}`;
    const { code, output } = await runInShell(command, folder);
    if (code === 0) continue;
    throw new LimbeckError("WRITE_HOOK_FAILED", {
      message: `The file was written, but the command \`${hook}\` ended with ${code ?? "a signal"} on it: ${output.trim()}`,
      hint: "Correct the file or the command under `writeHooks` in the configuration, and run the command by hand.",
      where: { file: path },
      details: { hook, exitCode: code },
    });
  }
}

function runInShell(command: string, cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { cwd, shell: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

function shellQuoted(path: string): string {
  return process.platform === "win32" ? `"${path}"` : `'${path.replaceAll("'", `'\\''`)}'`;
}
