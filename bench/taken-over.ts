import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin, withServer } from "./beside-psql.ts";
import { contestants, installPeers } from "./peers/all.ts";
import type { Command, Migration } from "./peers/peer.ts";
import { environment, makeDatabase, project, sql, type Bench } from "./rows/row.ts";

/**
 * Does what docs/guide/from-other-tools.md says with a database of each tool on its table that the benchmarks install: the
 * baseline out of one, the stamp on another, and the upgrade of an empty one, which is then like the others.
 */
const root = join(import.meta.dirname, "..");
const migrations: readonly Migration[] = [
  "create table country (code char(2) primary key, name text not null)",
  "create table city (id bigint generated always as identity primary key, country char(2) references country, name text)",
  "create index city_name on city (lower(name))",
].map((statement, number) => ({ number, sql: statement }));

/** Each tool of the page with what its table says is to be left out. */
function guideTable(): (readonly [tool: string, exclude: string])[] {
  const guide = readFileSync(join(root, "docs/guide/from-other-tools.md"), "utf8");
  return [...guide.matchAll(/^\| ([\w-]+) +\|[^|]+\| `(\[.+\])` +\|$/gm)].map(([, tool, exclude]) => [tool!, exclude!]);
}

function run([program, ...args]: Command, cwd: string, env: Record<string, string>): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function takeOver(bench: Bench, tool: string, exclude: string): void {
  const peer = contestants.find(({ name }) => name.replace(/-ctl$/, "") === tool);
  if (peer === undefined) {
    console.log(`--  ${tool}: not installed here`);
    return;
  }
  const old = project(bench, "taken-over", peer, migrations);
  const [first, second, empty] = ["first", "second", "empty"].map((name) => {
    makeDatabase(bench, name);
    return environment(bench, name);
  }) as [Record<string, string>, Record<string, string>, Record<string, string>];
  for (const env of [first, second]) run(peer.upgrade, old, env);

  const folder = join(bench.folder, `limbeck-${tool}`);
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(root, "packages/limbeck"), join(folder, "node_modules/limbeck"));
  writeFileSync(
    join(folder, "limbeck.config.ts"),
    `import { defineConfig } from "limbeck";\n\nexport default defineConfig({\n  url: process.env.DATABASE_URL,\n  migrations: "migrations",\n  exclude: ${exclude},\n});\n`,
  );
  run([bin, "baseline", "-m", `where ${tool} left off`], folder, first);
  run([bin, "stamp", "head"], folder, second);
  run([bin, "upgrade"], folder, empty);
  for (const env of [second, empty]) {
    run([bin, "diff", "--exit-code", "--from", first["DATABASE_URL"]!, "--to", env["DATABASE_URL"]!], folder, first);
    const current = run([bin, "current"], folder, env);
    if (!current.includes("(head)")) throw new Error(`${tool}: limbeck current says ${current}`);
  }
  const tables = sql(
    bench.urlOf("empty"),
    "select string_agg(relname, ' ' order by relname) from pg_class where relkind = 'r' and relnamespace not in (select oid from pg_namespace where nspname in ('pg_catalog', 'information_schema'))",
  );
  if (tables !== "alembic_version city country limbeck_history")
    throw new Error(`${tool}: a new database has ${tables}`);
  console.log(`ok  ${tool}: ${sql(bench.urlOf("first"), peer.recorded)} of its migrations, one revision`);
}

installPeers();
await withServer(async ({ folder, url }) => {
  const bench: Bench = { folder, urlOf: (database) => url.replace(/bench$/, database), rounds: 1 };
  for (const [tool, exclude] of guideTable()) takeOver(bench, tool, exclude);
});
