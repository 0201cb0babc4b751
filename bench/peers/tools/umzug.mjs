import { readFileSync } from "node:fs";
import pg from "pg";
import { Umzug } from "umzug";

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query("CREATE TABLE IF NOT EXISTS umzug (name text PRIMARY KEY)");
const umzug = new Umzug({
  migrations: {
    glob: "*.sql",
    resolve: ({ name, path }) => ({ name, up: () => client.query(readFileSync(path, "utf8")) }),
  },
  context: client,
  storage: {
    executed: async () => (await client.query("SELECT name FROM umzug ORDER BY name")).rows.map(({ name }) => name),
    logMigration: ({ name }) => client.query("INSERT INTO umzug VALUES ($1)", [name]),
    unlogMigration: ({ name }) => client.query("DELETE FROM umzug WHERE name = $1", [name]),
  },
  logger: undefined,
});
if (process.argv[2] === "status") console.log(await umzug.executed(), await umzug.pending());
else await umzug.up();
await client.end();
