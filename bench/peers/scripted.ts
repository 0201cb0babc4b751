import { fileEach, padded, program, tool, type Peer } from "./peer.ts";

/** Libraries, run by the few lines that their documentation gives. */
const sqlFiles = fileEach(({ number, sql }) => [`${padded(number)}.do.step.sql`, `${sql};\n`]);

export const knex: Peer = {
  name: "knex",
  write: fileEach(({ number, sql }) => [
    `${padded(number)}_step.cjs`,
    `exports.up = (knex) => knex.raw(${JSON.stringify(sql)});\nexports.down = () => {};\n`,
  ]),
  upgrade: ["node", tool("knex")],
  status: ["node", tool("knex"), "status"],
  version: [program("knex"), "--version"],
};

export const umzug: Peer = {
  name: "umzug",
  write: sqlFiles,
  upgrade: ["node", tool("umzug")],
  status: ["node", tool("umzug"), "status"],
};

export const postgrator: Peer = { name: "postgrator", write: sqlFiles, upgrade: ["node", tool("postgrator")] };
