import { defineConfig } from "limbeck";

export default defineConfig({
  url: process.env["DATABASE_URL"],
  migrations: "migrations",
  schema: ["src/schema/index.ts", "src/schema/extra.sql"],
  // The queue makes its own tables, and changes them with its own releases.
  exclude: ["pgboss"],
});
