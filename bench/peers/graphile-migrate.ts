import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { program, type Peer } from "./peer.ts";

/** `status` asks for a shadow database, though it does not connect to it. */
const CONFIG = '{ "shadowConnectionString": "postgres:///shadow" }\n';

export const graphileMigrate: Peer = {
  name: "graphile-migrate",
  write: (folder, migrations) => {
    mkdirSync(join(folder, "migrations", "committed"), { recursive: true });
    writeFileSync(join(folder, ".gmrc"), CONFIG);
    writeFileSync(join(folder, "migrations", "current.sql"), "-- Enter migration here\n");
    let previous = "";
    for (const { number, sql } of migrations) {
      const body = `${sql};`;
      const hash = `sha1:${createHash("sha1")
        .update(`${`${previous}\n${body}`.trim()}\n`)
        .digest("hex")}`;
      const head = `--! Previous: ${previous === "" ? "-" : previous}\n--! Hash: ${hash}\n\n`;
      writeFileSync(
        join(folder, "migrations", "committed", `${String(number + 1).padStart(6, "0")}.sql`),
        `${head}${body}\n`,
      );
      previous = hash;
    }
  },
  program: [program("graphile-migrate")],
  upgrade: [program("graphile-migrate"), "migrate"],
  status: [program("graphile-migrate"), "status"],
  recorded: "select count(*) from graphile_migrate.migrations",
};
