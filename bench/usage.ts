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

/** Medians of several runs. */
export interface Timing extends Usage {
  /** The middle one of the rounds' wall times as multiples of the first contestant's in the same round. */
  readonly ratio: number;
}

export interface Run {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Exit codes that are no failure; 0 if none are given. */
  readonly exits?: readonly number[];
}

export interface Ran extends Usage {
  readonly code: number;
  readonly stdout: string;
}

const PATIENCE_MS = 120_000;

/** Runs a command under GNU time, of Debian's package `time`. */
export function usageOf({ command, cwd, env, exits = [0] }: Run): Ran {
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
        timeout: PATIENCE_MS,
      },
    );
    const wallMs = performance.now() - began;
    if (error !== undefined) throw error;
    if (status === null || !exits.includes(status)) {
      throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}${stdout}`);
    }
    const [user, system, memory] = readFileSync(file, "utf8").trim().split(" ").map(Number);
    return { wallMs, cpuMs: (user! + system!) * 1000, memoryMb: memory! / 1024, code: status, stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Turn extends Run {
  readonly name: string;
  /** Runs before each measurement, outside the clock. */
  readonly prepare?: () => void;
  /** Runs after each measurement, and throws if the command did not do its work. */
  readonly verify?: (ran: Ran) => void;
}

/** Runs commands in turns, one uncounted round first, and gives the median of each figure. */
export function medians(turns: readonly Turn[], rounds: number): Record<string, Timing> {
  const all: Usage[][] = turns.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, turn] of turns.entries()) {
      turn.prepare?.();
      const ran = usageOf(turn);
      turn.verify?.(ran);
      if (round > 0) all[index]!.push(ran);
    }
  }
  return Object.fromEntries(
    turns.map(({ name }, index) => {
      const own = all[index]!;
      const figure = (of: keyof Usage): number => median(own.map((usage) => usage[of]));
      const ratio = median(own.map(({ wallMs }, round) => wallMs / all[0]![round]!.wallMs));
      return [name, { wallMs: figure("wallMs"), cpuMs: figure("cpuMs"), memoryMb: figure("memoryMb"), ratio }];
    }),
  );
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]! * 100) / 100;
}
