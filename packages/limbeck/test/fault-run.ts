import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, run, startProxy, type Break, type RunResult } from "testkit";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

export const UPGRADE = ["upgrade"] as const;
export const DOWNGRADE = ["downgrade", "a1"] as const;

/** Which faults to try: so many seeds, or one. */
export function seeds(share: number): number[] {
  const { LIMBECK_FAULT_SEED: only, LIMBECK_FAULT_RUNS: runs = "30" } = process.env;
  if (only !== undefined) return [Number(only)];
  return Array.from({ length: Math.ceil(Number(runs) * share) }, (_, seed) => seed);
}

/** Numbers from 0 to 1 that belong to a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

/** A moment in a run: at a message to the server, counted from 1, or after so many milliseconds. */
export type Moment = { readonly message: number } | { readonly ms: number };

/** How long an undisturbed run takes. */
export interface Length {
  readonly messages: number;
  readonly ms: number;
}

/** Three of four moments are messages: each of them is another place in the program. */
export function momentIn({ messages, ms }: Length, random: () => number): Moment {
  return random() < 0.75 ? { message: 1 + Math.floor(random() * messages) } : { ms: random() * ms };
}

/** Where a runner runs. */
export interface Place {
  readonly folder: string;
  readonly url: string;
  readonly command: readonly string[];
}

export async function limbeck(
  { folder, url, command }: Place,
  onSpawn: (child: ChildProcess) => void = () => undefined,
): Promise<RunResult> {
  const env = { LIMBECK_FAULT_SEED: undefined, LIMBECK_FAULT_RUNS: undefined };
  return await run("node", [bin, ...command, "--url", url], { cwd: folder, timeout: 120_000, env, onSpawn });
}

/** Measures an undisturbed run. */
export async function lengthOf(place: Place): Promise<Length> {
  const proxy = await startProxy(place.url);
  const began = performance.now();
  const result = await limbeck({ ...place, url: proxy.url });
  const length = { messages: proxy.messages, ms: performance.now() - began };
  await proxy.close();
  expect(result, result.stderr).toMatchObject({ exitCode: 0 });
  return length;
}

/** What happens at the moment; it may break the connection with the message. */
export type Strike = (child: ChildProcess) => Break | undefined;

/** Runs limbeck through a proxy, and lets something happen at a moment of it. `release` lets the proxy go. */
export async function struck(
  place: Place,
  moment: Moment,
  strike: Strike,
): Promise<{ readonly result: RunResult; readonly release: () => Promise<void> }> {
  let child!: ChildProcess;
  const proxy = await startProxy(place.url, (message) =>
    "message" in moment && message === moment.message ? strike(child) : undefined,
  );
  let timer: NodeJS.Timeout | undefined;
  const result = await limbeck({ ...place, url: proxy.url }, (spawned) => {
    child = spawned;
    if (!("ms" in moment)) return;
    timer = setTimeout(() => {
      const how = strike(child);
      if (how !== undefined) proxy.break(how);
    }, moment.ms);
  });
  clearTimeout(timer);
  expectTruth(result);
  return { result, release: proxy.close };
}

const CODES = /\b(?:CONNECTION_LOST|DATABASE_UNREACHABLE|INTERRUPTED|STATEMENT_FAILED)\b/;

/** A run that was not killed has ended well, or with an error that a user can read. */
function expectTruth({ exitCode, signal, stderr }: RunResult): void {
  if (signal !== null || exitCode === 0) return;
  expect(stderr).toMatch(CODES);
  expect(stderr).not.toMatch(/\n\s+at .*(?:\(|node:|\/dist\/)/);
}

/** Types the command again, as often as a user would, until it is done. */
export async function goOn(place: Place): Promise<void> {
  let result!: RunResult;
  for (let attempt = 0; attempt < 10; attempt++) {
    result = await limbeck(place);
    if (result.exitCode === 0) return;
    expectTruth(result);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(result, result.stderr).toMatchObject({ exitCode: 0 });
}
