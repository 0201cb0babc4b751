import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkPackages, padded, program, type Peer } from "./peer.ts";

const KNEXFILE = `module.exports = { client: "pg", connection: process.env.DATABASE_URL };\n`;

export const knex: Peer = {
  name: "knex",
  write: (folder, migrations) => {
    linkPackages(folder);
    mkdirSync(join(folder, "migrations"), { recursive: true });
    writeFileSync(join(folder, "knexfile.js"), KNEXFILE);
    for (const { number, sql } of migrations) {
      writeFileSync(
        join(folder, "migrations", `${padded(number)}_step.js`),
        `exports.up = (knex) => knex.raw(${JSON.stringify(sql)});\nexports.down = () => {};\n`,
      );
    }
  },
  program: [program("knex")],
  upgrade: [program("knex"), "migrate:latest"],
  status: [program("knex"), "migrate:list"],
  recorded: "select count(*) from knex_migrations",
};
