import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a command took, with the processes that it started, but not the server. */
export interface Usage {
  readonly wallMs: number;
  /** Of user and system. */
  readonly cpuMs: number;
  /** The largest that one of its processes was, in MB. */
  readonly memoryMb: number;
}

export interface Run {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Exit codes that are no failure; 0 if none are given. */
  readonly exits?: readonly number[];
}

/** Runs a command under GNU time, of Debian's package `time`. */
export function usageOf({ command, cwd, env, exits = [0] }: Run): Usage {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-usage-"));
  const file = join(folder, "usage");
  try {
    const began = performance.now();
    const { status, error, stdout, stderr } = spawnSync(
      "/usr/bin/time",
      ["-q", "-f", "%U %S %M", "-o", file, ...command],
      {
        cwd,
        env: { ...process.env, ...env },
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      },
    );
    const wallMs = performance.now() - began;
    if (error !== undefined) throw error;
    if (!exits.includes(status!)) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}${stdout}`);
    const [user, system, memory] = readFileSync(file, "utf8").trim().split(" ").map(Number);
    return { wallMs, cpuMs: (user! + system!) * 1000, memoryMb: memory! / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Turn extends Run {
  readonly name: string;
  /** Runs before each measurement, outside the clock. */
  readonly prepare?: () => void;
}

/** Runs commands in turns, one uncounted round first, and gives the median of each figure. */
export function medians(turns: readonly Turn[], rounds: number): Record<string, Usage> {
  const usages = new Map(turns.map(({ name }) => [name, [] as Usage[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const turn of turns) {
      turn.prepare?.();
      const usage = usageOf(turn);
      if (round > 0) usages.get(turn.name)!.push(usage);
    }
  }
  const median = (all: readonly Usage[], figure: keyof Usage): number =>
    Math.round(all.map((usage) => usage[figure]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)]! * 10) / 10;
  return Object.fromEntries(
    Array.from(usages, ([name, all]) => [
      name,
      { wallMs: median(all, "wallMs"), cpuMs: median(all, "cpuMs"), memoryMb: median(all, "memoryMb") },
    ]),
  );
}
