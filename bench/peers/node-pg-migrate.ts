import { fileEach, program, type Peer } from "./peer.ts";

export const nodePgMigrate: Peer = {
  name: "node-pg-migrate",
  write: fileEach(({ number, sql }) => [`${1_700_000_000_000 + number}_step.sql`, `-- Up Migration\n${sql};\n`]),
  program: [program("node-pg-migrate")],
  upgrade: [program("node-pg-migrate"), "up", "-m", ".", "--log-level", "error"],
  recorded: "select count(*) from pgmigrations",
};
