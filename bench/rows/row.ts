import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Migration, Peer } from "../peers/peer.ts";
import type { Timing } from "../usage.ts";

/** A row of times: what each contestant took. */
export type Times = Readonly<Record<string, Timing>>;

/** What a contestant made of a failure, and whether that is what its user wants. */
export interface Outcome {
  readonly isClean: boolean;
  readonly said: string;
}

export type Outcomes = Readonly<Record<string, Outcome>>;

export interface Bench {
  readonly folder: string;
  /** The URL of a database of the server. */
  readonly urlOf: (database: string) => string;
  readonly rounds: number;
}

/** Runs SQL in a database, and gives what it answers: a line for each row, `|` between the values. */
export function sql(url: string, ...statements: readonly string[]): string {
  return psql(
    url,
    statements.flatMap((text) => ["-c", text]),
  );
}

/** Runs a file of SQL in a database. */
export function sqlFile(url: string, file: string): void {
  psql(url, ["-f", file]);
}

function psql(url: string, work: readonly string[]): string {
  const args = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url, ...work];
  const { status, stdout, stderr } = spawnSync("psql", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** Makes a database anew, out of another one if that is named. */
export function makeDatabase({ urlOf }: Bench, name: string, template = "template0"): void {
  sql(
    urlOf("postgres"),
    "set client_min_messages = warning",
    `drop database if exists "${name}" with (force)`,
    `create database "${name}" template "${template}"`,
  );
}

/** A contestant's project in a folder of its own. */
export function project(
  { folder }: Bench,
  row: string,
  { name, write }: Peer,
  migrations: readonly Migration[],
): string {
  const own = join(folder, `${row}-${name}`);
  mkdirSync(own, { recursive: true });
  write(own, migrations);
  return own;
}

/** The environment in which every contestant runs. */
export function environment(bench: Bench, database: string): Record<string, string> {
  const url = new URL(bench.urlOf(database));
  url.searchParams.set("sslmode", "disable");
  return { DATABASE_URL: url.href, NO_COLOR: "1" };
}

/**
 * Measures a row, and says so on stderr. On a machine where others measure too BENCH_LOCK names the file that all of them
 * lock, for a row at a time.
 */
export async function alone<T>(row: string, work: () => T | Promise<T>): Promise<T> {
  const file = process.env["BENCH_LOCK"];
  console.error(`${new Date().toISOString().slice(11, 19)}  ${row}`);
  if (file === undefined) return await work();
  const holder = spawn("flock", [file, "sh", "-c", "echo; exec cat"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(holder, "exit");
  await once(holder.stdout, "data");
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
