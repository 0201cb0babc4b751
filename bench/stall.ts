import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** What the clients of an application went through while something else happened to their table. */
export interface Stalls {
  /** How long the work took beside them, in milliseconds. */
  readonly tookMs: number;
  readonly operations: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The longest that any client waited for one operation. */
  readonly longestMs: number;
}

export interface Application {
  readonly url: string;
  readonly clients: number;
  /** One operation of a client: a point read or a point update, say. */
  readonly operation: (client: pg.Client) => Promise<unknown>;
  /** How long a client thinks after each operation, in milliseconds. */
  readonly thinkMs: number;
}

/** Lets an application's clients work on their own connections while `work` is under way, and measures each operation. */
export async function stallsDuring(application: Application, work: () => Promise<unknown>): Promise<Stalls> {
  const { url, clients, operation, thinkMs } = application;
  const connections = Array.from({ length: clients }, () => new pg.Client(url));
  await Promise.all(connections.map((connection) => connection.connect()));
  const times: number[] = [];
  let isOver = false;
  const live = async (connection: pg.Client): Promise<void> => {
    while (!isOver) {
      const began = performance.now();
      await operation(connection);
      times.push(performance.now() - began);
      await sleep(thinkMs * Math.random() * 2);
    }
  };
  const began = performance.now();
  const lives = connections.map(live);
  let tookMs: number;
  try {
    await work();
  } finally {
    tookMs = performance.now() - began;
    isOver = true;
    await Promise.all(lives);
    await Promise.all(connections.map((connection) => connection.end()));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { tookMs, operations: times.length, p50Ms: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
}

/** Point reads and point updates, half and half, by the key of a table that has so many rows. */
export function pointWork(table: string, rows: number): Application["operation"] {
  const anyId = (): number => 1 + Math.floor(Math.random() * rows);
  return async (client) =>
    Math.random() < 0.5
      ? await client.query(`select * from ${table} where id = $1`, [anyId()])
      : await client.query(`update ${table} set touched = touched + 1 where id = $1`, [anyId()]);
}

/** Prints one line of a comparison, and says whether the longest stall keeps its bound. */
export function reportStalls(name: string, stalls: Stalls, boundMs?: number): boolean {
  const { tookMs, operations, p50Ms, p99Ms, longestMs } = stalls;
  const kept = boundMs === undefined || longestMs <= boundMs;
  const verdict = boundMs === undefined ? "" : kept ? `  ok (≤ ${boundMs} ms)` : `  TOO LONG (> ${boundMs} ms)`;
  const facts = [
    `took ${(tookMs / 1000).toFixed(1).padStart(6)} s`,
    `${String(operations).padStart(7)} operations`,
    `p50 ${p50Ms.toFixed(1).padStart(6)} ms`,
    `p99 ${p99Ms.toFixed(1).padStart(6)} ms`,
    `longest ${longestMs.toFixed(0).padStart(6)} ms${verdict}`,
  ];
  console.log(`${name.padEnd(36)} ${facts.join("  ")}`);
  return kept;
}
