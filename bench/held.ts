import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a Node does, in a folder, with a database. */
export interface Work {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly url: string;
  /** Runs before each measurement, outside of it. */
  readonly prepare?: () => void;
  /** Runs after each measurement, and throws if the work was not done. */
  readonly verify?: () => void;
}

/** Processor time and memory of one process, as multiples of another's. */
export interface Ratios {
  readonly cpu: number;
  readonly memory: number;
}

const probe = join(import.meta.dirname, "usage-probe.cjs");

/** Measures two works in turns until `isEnough`, and gives the ratios of the least that each of them took. */
export function ratiosOf(own: Work, floor: Work, isEnough: (ratios: Ratios, rounds: number) => boolean): Ratios {
  let [least, leastOfFloor] = [measure(own), measure(floor)];
  for (let rounds = 1; ; rounds++) {
    const ratios = { cpu: least.cpu / leastOfFloor.cpu, memory: least.memory / leastOfFloor.memory };
    if (isEnough(ratios, rounds)) return ratios;
    least = lesser(least, measure(own));
    leastOfFloor = lesser(leastOfFloor, measure(floor));
  }
}

function lesser(one: Ratios, other: Ratios): Ratios {
  return { cpu: Math.min(one.cpu, other.cpu), memory: Math.min(one.memory, other.memory) };
}

function measure({ args, cwd, url, prepare, verify }: Work): Ratios {
  prepare?.();
  const usage = join(cwd, "usage.json");
  const { status, stderr } = spawnSync("node", ["--require", probe, ...args], {
    cwd,
    env: { ...process.env, DATABASE_URL: url, USAGE_FILE: usage },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  verify?.();
  const { cpuMs, memoryMb } = JSON.parse(readFileSync(usage, "utf8")) as { cpuMs: number; memoryMb: number };
  return { cpu: cpuMs, memory: memoryMb };
}
