import { probed } from "./probed.ts";

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
  const { cpuMs, memoryMb } = probed(args, cwd, { DATABASE_URL: url });
  verify?.();
  return { cpu: cpuMs, memory: memoryMb };
}
