import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkPackages, padded, program, type Peer } from "./peer.ts";

/** What drizzle-kit reads: where its migrations are, the database, and the schema, if it is asked for a difference. */
export const drizzleConfig = `import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  out: "./migrations",
  schema: "./schema.ts",
  dbCredentials: { url: process.env.DATABASE_URL! },
});
`;

export const drizzleKit: Peer = {
  name: "drizzle-kit",
  write: (folder, migrations) => {
    linkPackages(folder);
    mkdirSync(join(folder, "migrations", "meta"), { recursive: true });
    writeFileSync(join(folder, "drizzle.config.ts"), drizzleConfig);
    const entries = migrations.map(({ number, sql }) => {
      const tag = `${padded(number)}_step`;
      writeFileSync(join(folder, "migrations", `${tag}.sql`), `${sql};\n`);
      return { idx: number, version: "7", when: 1_700_000_000_000 + number, tag, breakpoints: true };
    });
    const journal = { version: "7", dialect: "postgresql", entries };
    writeFileSync(join(folder, "migrations", "meta", "_journal.json"), JSON.stringify(journal));
  },
  program: [program("drizzle-kit")],
  upgrade: [program("drizzle-kit"), "migrate"],
  recorded: "select count(*) from drizzle.__drizzle_migrations",
};
