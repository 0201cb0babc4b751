import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startCluster } from "testkit/cluster";
import { measure, report } from "./paired.ts";

/**
 * Reading the schema of 500 and of 5,000 tables (ten columns and three indexes each), each in a process of its own,
 * beside pg_dump on the same database: `npm run bench:introspect`. pg_dump reads no newer server than itself, so the
 * server is its own major's where that is installed.
 */
const dump = /(\d+)\./.exec(spawnSync("pg_dump", ["--version"], { encoding: "utf8" }).stdout)![1]!;
const bin = `/usr/lib/postgresql/${dump}/bin`;
const probe = fileURLToPath(new URL("introspect-probe.mjs", import.meta.url));
const cluster = await startCluster(existsSync(bin) ? { bin } : {});
try {
  const [few, many] = [makeDatabase("few", 500), makeDatabase("many", 5000)];
  const timings = measure(
    [
      { name: "pg_dump -s, 500 tables", command: "pg_dump", args: ["-s", "-f", "/dev/null", few] },
      { name: "limbeck, 500 tables", command: "node", args: [probe, few] },
      { name: "pg_dump -s, 5,000 tables", command: "pg_dump", args: ["-s", "-f", "/dev/null", many] },
      { name: "limbeck, 5,000 tables", command: "node", args: [probe, many] },
    ],
    5,
  );
  const [, limbeck, , more] = timings;
  const kept = report(timings, { "limbeck, 500 tables": 1 });
  const growth = more!.min / limbeck!.min;
  console.log(
    `ten times the tables take ${growth.toFixed(1)} × the time  ${growth <= 11 ? "ok (≤ 11)" : "TOO SLOW (> 11)"}`,
  );
  process.exitCode = kept && growth <= 11 ? 0 : 1;
} finally {
  await cluster.stop();
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
  const { status, stderr } = spawnSync("psql", ["-X", "-q", url, "-v", "ON_ERROR_STOP=1"], {
    input: statements.join(";\n") + ";",
    encoding: "utf8",
  });
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
