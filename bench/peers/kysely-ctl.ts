import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkPackages, padded, program, type Peer } from "./peer.ts";

const CONFIG = `import { PostgresDialect } from "kysely";
import { defineConfig } from "kysely-ctl";
import pg from "pg";

export default defineConfig({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) }),
  migrations: { migrationFolder: "migrations" },
});
`;

/** Without the question to a registry that it else asks on each run. */
const options = ["--no-outdated-check"];

export const kyselyCtl: Peer = {
  name: "kysely-ctl",
  write: (folder, migrations) => {
    linkPackages(folder);
    mkdirSync(join(folder, "migrations"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    writeFileSync(join(folder, "kysely.config.ts"), CONFIG);
    for (const { number, sql } of migrations) {
      writeFileSync(
        join(folder, "migrations", `${padded(number)}_step.ts`),
        `import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`${sql}\`.execute(db);
}
`,
      );
    }
  },
  program: [program("kysely")],
  upgrade: [program("kysely"), "migrate:latest", ...options],
  status: [program("kysely"), "migrate:list", ...options],
  recorded: "select count(*) from kysely_migration",
};
