import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { startCluster } from "testkit/cluster";
import { serverOfDump } from "./beside-psql.ts";
import { measure, report } from "./paired.ts";

/**
 * Reading the schema of 500 and of 5,000 tables (ten columns and three indexes each), each in a process of its own,
 * beside pg_dump on the same database, without the time that a Node takes to start which does nothing; and `limbeck check`
 * beside twice pg_dump and psql with the same schema in a scratch database: `npm run bench:introspect`.
 */
const limbeck = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster(serverOfDump());
try {
  const probe = await bundledProbe();
  const [few, many] = [makeDatabase("few", 500), makeDatabase("many", 5000)];
  const schema = join(folder, "schema.sql");
  run("pg_dump", ["-s", "-f", schema, few]);
  writeFileSync(join(folder, "limbeck.config.json"), `{ "schema": ["schema.sql"], "migrations": "." }`);
  const scratch = `create database scratch; \\c scratch\n\\i ${schema}\n\\c postgres\ndrop database scratch;`;
  writeFileSync(join(folder, "scratch.sql"), scratch);
  const timings = measure(
    [
      { name: "pg_dump -s, 500 tables", command: "pg_dump", args: ["-s", "-f", "/dev/null", few] },
      { name: "limbeck, 500 tables", command: "node", args: [probe, few] },
      {
        name: "psql, 500 tables in a scratch database",
        command: "psql",
        args: ["-Xq", "-v", "ON_ERROR_STOP=1", "-f", join(folder, "scratch.sql"), cluster.url],
      },
      { name: "limbeck check", command: "node", args: [limbeck, "check", "--url", few], cwd: folder },
      { name: "node -e 0", command: "node", args: ["-e", "0"] },
    ],
    5,
  );
  const [dumped, read, loaded, checked, started] = timings;
  report(timings, {});
  const reading = (read!.median - started!.median) / dumped!.median;
  const kept = says(`reading 500 tables, without Node's start, takes ${reading.toFixed(2)} × pg_dump`, reading, 1);
  const larger = measure(
    [
      { name: "pg_dump -s, 5,000 tables", command: "pg_dump", args: ["-s", "-f", "/dev/null", many] },
      { name: "limbeck, 5,000 tables", command: "node", args: [probe, many] },
    ],
    2,
  );
  report(larger, {});
  const more = larger[1];
  const growth = more!.min / read!.min;
  const isLinear = says(`ten times the tables take ${growth.toFixed(1)} × the time`, growth, 11);
  const bound = 2 * dumped!.min + loaded!.min;
  const part = checked!.min / bound;
  const isQuick = says(`check takes ${part.toFixed(2)} × twice pg_dump and a scratch database`, part, 1);
  process.exitCode = kept && isLinear && isQuick ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}

function says(text: string, value: number, bound: number): boolean {
  console.log(`${text}  ${value <= bound ? `ok (≤ ${bound})` : `TOO SLOW (> ${bound})`}`);
  return value <= bound;
}

/** What is published is bundled, too. */
async function bundledProbe(): Promise<string> {
  const input = { probe: fileURLToPath(new URL("introspect-probe.ts", import.meta.url)) };
  // Beside the sources, where their packages are found.
  const dir = fileURLToPath(new URL("../node_modules/.cache/limbeck-introspect", import.meta.url));
  const external = [/^node:/, /^[a-z@](?!:)/];
  await build({
    input,
    platform: "node",
    external,
    output: {
      dir,
      cleanDir: true,
      format: "cjs",
      minify: true,
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
    },
  });
  return join(dir, "probe.cjs");
}

function makeDatabase(name: string, tables: number): string {
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  psql(cluster.url, [`create database ${name}`]);
  // One transaction for all would need more locks than a server has by default.
  const batches = Array.from({ length: tables / 250 }, (_, index) => tablesSql(index * 250 + 1, (index + 1) * 250));
  psql(url.href, batches);
  return url.href;
}

function psql(url: string, statements: readonly string[]): void {
  run("psql", ["-X", "-q", url, "-v", "ON_ERROR_STOP=1"], statements.join(";\n") + ";");
}

function run(command: string, args: readonly string[], input = ""): void {
  const { status, stderr } = spawnSync(command, args, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function tablesSql(first: number, last: number): string {
  return `do $$ begin
    for t in ${first}..${last} loop
      execute format('create table t%s (id bigserial primary key, parent_id bigint %s, name varchar(100) not null default ''x'',
        email text, amount numeric(10,2) default 0 check (amount >= 0), created_at timestamptz not null default now(),
        state text not null default ''new'', data jsonb, flag boolean, n integer)',
        t, case when t > 1 then format('references t%s (id)', t - 1) else '' end);
      execute format('create index on t%s (parent_id)', t);
      execute format('create index on t%s (lower(email)) where flag', t);
    end loop;
  end $$`;
}
