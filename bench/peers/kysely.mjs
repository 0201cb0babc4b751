import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";

const folder = process.argv[2];
const db = new Kysely({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) }),
});
const provider = {
  async getMigrations() {
    const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
    const up = (name) => (each) => sql.raw(readFileSync(join(folder, name), "utf8")).execute(each);
    return Object.fromEntries(names.map((name) => [name, { up: up(name) }]));
  },
};
const { error } = await new Migrator({ db, provider }).migrateToLatest();
await db.destroy();
if (error) throw new Error("a migration failed", { cause: error });
