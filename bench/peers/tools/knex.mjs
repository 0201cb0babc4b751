import knex from "knex";

const db = knex({
  client: "pg",
  connection: process.env.DATABASE_URL,
  migrations: { directory: ".", loadExtensions: [".cjs"] },
});
if (process.argv[2] === "status") console.log(await db.migrate.list());
else await db.migrate.latest();
await db.destroy();
