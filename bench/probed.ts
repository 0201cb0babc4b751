import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const probe = join(import.meta.dirname, "usage-probe.cjs");

/** Runs a Node in a folder, which needs no other program than itself to say what it used. Throws if it fails. */
export function probed(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly cpuMs: number; readonly memoryMb: number } {
  const usage = join(cwd, "usage.json");
  const { status, stderr } = spawnSync("node", ["--require", probe, ...args], {
    cwd,
    env: { ...process.env, ...env, USAGE_FILE: usage },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(readFileSync(usage, "utf8")) as { cpuMs: number; memoryMb: number };
}
