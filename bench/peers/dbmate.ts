import { join } from "node:path";
import { fileEach, installed, type Command, type Peer } from "./peer.ts";

/** The program itself; npm's `dbmate` starts it out of a Node. */
const program: Command = [join(installed, "@dbmate/linux-x64/bin/dbmate")];
const options = ["--migrations-dir", ".", "--no-dump-schema"];

export const dbmate: Peer = {
  name: "dbmate",
  isFloor: true,
  write: fileEach(({ number, sql }) => [
    `${20_250_101_000_000 + number}_step.sql`,
    `-- migrate:up\n${sql};\n\n-- migrate:down\n`,
  ]),
  program,
  upgrade: [...program, ...options, "migrate"],
  status: [...program, ...options, "status"],
  recorded: "select count(*) from schema_migrations",
};
