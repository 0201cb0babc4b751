import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Migration, Peer } from "../peers/peer.ts";
import type { Usage } from "../usage.ts";

/** A row of times: what each contestant took. */
export type Times = Readonly<Record<string, Usage>>;

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

/** Runs SQL in the server's first database. */
export function administer({ urlOf }: Bench, ...statements: readonly string[]): void {
  const args = ["-X", "-q", "-v", "ON_ERROR_STOP=1", urlOf("postgres")];
  const sql = statements.flatMap((text) => ["-c", text]);
  const { status, stderr } = spawnSync("psql", [...args, ...sql], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** Makes a database anew, out of another one if that is named. */
export function makeDatabase(bench: Bench, name: string, template = "template0"): void {
  administer(
    bench,
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
