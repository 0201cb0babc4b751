import { defineConfig } from "limbeck";

export default defineConfig({
  url: process.env["DATABASE_URL"],
  migrations: "migrations",
  schema: ["src/schema/index.ts", "src/schema/extra.sql"],
});
