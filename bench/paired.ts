import { spawnSync } from "node:child_process";

/** A command that is measured beside others. */
export interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Runs before each measurement, outside the clock. */
  readonly prepare?: () => void;
}

export interface Timing {
  readonly name: string;
  /** Milliseconds of wall time: the fastest run, and the middle one. */
  readonly min: number;
  readonly median: number;
}

/**
 * Runs commands in turns, so that what else the machine does falls on all of them alike, and gives the wall time of
 * each. The first round warms caches and is not counted.
 */
export function measure(contestants: readonly Contestant[], rounds: number): Timing[] {
  const times = contestants.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      const time = runOnce(contestant);
      if (round > 0) times[index]!.push(time);
    }
  }
  return contestants.map(({ name }, index) => {
    const sorted = times[index]!.toSorted((a, b) => a - b);
    return { name, min: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]! };
  });
}

function runOnce({ command, args, env, cwd, prepare }: Contestant): number {
  prepare?.();
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, { env: { ...process.env, ...env }, cwd, encoding: "utf8" });
  const time = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return time;
}

/** Prints times and the ratios of their medians to the first contestant's, and says whether each keeps its bound. */
export function report(timings: readonly Timing[], bounds: Readonly<Record<string, number>>): boolean {
  const floor = timings[0]!;
  let kept = true;
  for (const { name, min, median } of timings) {
    const ratio = median / floor.median;
    const bound = bounds[name];
    const verdict = bound === undefined ? "" : ratio <= bound ? `  ok (≤ ${bound})` : `  TOO SLOW (> ${bound})`;
    if (bound !== undefined && ratio > bound) kept = false;
    console.log(`${name.padEnd(48)} min ${ms(min)}  median ${ms(median)}  ${ratio.toFixed(2)} ×${verdict}`);
  }
  return kept;
}

function ms(value: number): string {
  return `${value.toFixed(1).padStart(8)} ms`;
}
