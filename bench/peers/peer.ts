import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One migration of a benchmark: a statement. Numbers count from 0. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** A tool that limbeck is measured beside: how it is given its migrations, and how it is run in their folder. */
export interface Peer {
  readonly name: string;
  /** Those that are written in Go or C are the floor, which the bounds do not count as peers. */
  readonly isFloor?: boolean;
  /** Writes migrations into a folder, all that it has so far and new ones. DATABASE_URL names the database. */
  readonly write: (folder: string, migrations: readonly Migration[]) => void;
  /** Its command line, if it has one. */
  readonly program?: Command;
  readonly upgrade: Command;
  /** Which are applied, and which are not. A tool that cannot tell runs an upgrade that has nothing to do. */
  readonly status?: Command;
  /** A query: how many migrations the tool has on record as applied. */
  readonly recorded: string;
}

const home = import.meta.dirname;
export const installed = join(home, "node_modules");

/** A program that npm installed for the peers. */
export function program(name: string): string {
  return join(installed, ".bin", name);
}

/** One of the scripts by which a library is run that has no command line, or none for PostgreSQL. */
export function tool(name: string): string {
  return join(home, "tools", `${name}.mjs`);
}

/** A migration's number, as file names sort it. */
export function padded(number: number): string {
  return String(number + 1).padStart(5, "0");
}

/** A file for each migration. */
export function fileEach(file: (migration: Migration) => readonly [name: string, text: string]): Peer["write"] {
  return (folder, migrations) => {
    for (const migration of migrations) {
      const [name, text] = file(migration);
      writeFileSync(join(folder, name), text);
    }
  };
}

/** Lets what is in a folder import the peers' packages. */
export function linkPackages(folder: string): void {
  const link = join(folder, "node_modules");
  if (!existsSync(link)) symlinkSync(installed, link);
}
