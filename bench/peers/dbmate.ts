import { fileEach, program, type Peer } from "./peer.ts";

const options = ["--migrations-dir", ".", "--no-dump-schema"];

export const dbmate: Peer = {
  name: "dbmate",
  isFloor: true,
  write: fileEach(({ number, sql }) => [
    `${20_250_101_000_000 + number}_step.sql`,
    `-- migrate:up\n${sql};\n\n-- migrate:down\n`,
  ]),
  upgrade: [program("dbmate"), ...options, "migrate"],
  status: [program("dbmate"), ...options, "status"],
  version: [program("dbmate"), "--version"],
};
