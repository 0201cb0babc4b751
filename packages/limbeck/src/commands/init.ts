import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CONFIG_FILE_NAMES } from "../config/load.ts";
import { writeNewFile } from "../scripts/write.ts";

export interface InitOptions {
  /** The folder to set up. */
  readonly folder: string;
  readonly format?: "ts" | "sql";
}

export interface InitResult {
  readonly folder: string;
  /** The files that were written; what was there is left alone. */
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/** Writes a configuration and an empty migrations folder, and overwrites nothing. */
export function init({ folder, format = "ts" }: InitOptions): InitResult {
  const root = resolve(folder);
  const files: Readonly<Record<string, string>> = {
    // A second configuration would hide the one that is there.
    [CONFIG_FILE_NAMES.find((name) => existsSync(join(root, name))) ?? "limbeck.config.ts"]: config(format),
    "migrations/README.md": readme(format),
    ...ignoreFile(root),
  };
  const written: string[] = [];
  const kept: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    if (existsSync(path)) kept.push(path);
    else {
      writeNewFile(path, content);
      written.push(path);
    }
  }
  return { folder: root, written, kept };
}

function config(format: "ts" | "sql"): string {
  return `import { defineConfig } from "limbeck";

export default defineConfig({
  // Without a URL, limbeck uses an embedded PostgreSQL in .limbeck/pgdata.
  url: process.env.DATABASE_URL,
  migrations: "migrations",
${format === "sql" ? `  format: "sql",\n` : ""}});
`;
}

function readme(format: "ts" | "sql"): string {
  return `# Migrations

Each file is one revision: how to upgrade the database, and how to undo it.

    npx limbeck revision -m "create city"   # writes a new .${format} file here
    npx limbeck upgrade                     # runs what the database lacks
    npx limbeck downgrade -1                # undoes the last one
    npx limbeck current                     # where the database stands
`;
}

/** The embedded database is nobody's business but this machine's. */
function ignoreFile(root: string): Record<string, string> {
  const path = join(root, ".gitignore");
  const ignored = existsSync(path) && /^\.limbeck\/?$/m.test(readFileSync(path, "utf8"));
  return ignored ? {} : { ".limbeck/.gitignore": "*\n" };
}
