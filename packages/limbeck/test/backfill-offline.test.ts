import { expect, run, test, type Sql } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";

const T = `create table t (a integer, b text, n integer not null default 0, m text);
  insert into t select g % 7, '\\ %1$L ''' || g from generate_series(1, 20000) g`;

/** Prints the script of a revision whose upgrade is this code, and gives it to psql. */
async function runScript(folder: string, url: string, up: string) {
  writeRevisions(folder, [{ id: "a1", up }]);
  const limbeck = await Limbeck.open({ url, cwd: folder });
  const input = await limbeck.upgradeSql();
  await limbeck.close();
  return await run("psql", ["-X", "-q", url], { input });
}

async function batches(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }>("select count(distinct xmin::text)::int as count from t");
  return row!.count;
}

test.for([
  ["a condition that is to be made false", `{ set: { n: 1, m: "it's $body$ %" }, where: "n = 0"`],
  ["a condition that stays true", `{ set: { n: sql\`n + 1\`, m: sql\`b\` }, where: "a % 2 = 0"`],
  ["no condition", `{ set: { n: sql\`n + 1\` }`],
  ["a key", `{ set: { n: sql\`n + 1\` }, key: ["a"]`],
])(
  "psql runs a backfill with %s batch by batch, to the same rows as a run",
  async ([, options], { databaseUrl, folder, sql }) => {
    const up = `  op.backfill("t", ${options}, batch: { rows: 3000, pause: 1 } });\n  op.execute("create table after ()");`;
    await sql(T.split(";")[0]!);
    await sql(T.split(";")[1]!);
    await sql("alter table t add primary key (a, b)");
    writeRevisions(folder, [{ id: "a1", up }]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    await limbeck.upgrade();
    await limbeck.close();
    await sql("create table expected as select * from t");
    await sql("update t set n = 0, m = null");
    await sql("drop table alembic_version, limbeck_history, after");
    expect(await runScript(folder, databaseUrl, up)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await sql("(table t except all table expected) union all (table expected except all table t)")).toEqual([]);
    expect(await sql("select to_regclass('after')::text as after, version_num from alembic_version")).toEqual([
      { after: "after", version_num: "a1" },
    ]);
    expect(await batches(sql)).toBeGreaterThan(4);
  },
);

test("psql stops at a table without a key, and says what to do", async ({ databaseUrl, folder, sql }) => {
  await sql("create table t (n integer)");
  const result = await runScript(folder, databaseUrl, `  op.backfill("t", { set: { n: 1 } });`);
  expect(result.exitCode).toBe(3);
  expect(result.stderr).toContain("t has no index to walk along");
  expect(result.stderr).toContain("Create a primary key");
});

test("psql waits for a row that somebody holds, and does it in the end", async ({ databaseUrl, folder, sql }) => {
  const { Client } = await import("pg");
  await sql("create table t (id integer primary key, n integer not null default 0)");
  await sql("insert into t select generate_series(1, 2000)");
  const holder = new Client({ connectionString: databaseUrl });
  await holder.connect();
  await holder.query("begin; update t set n = n where id = 1500");
  const running = runScript(
    folder,
    databaseUrl,
    `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { time: "20ms" } });`,
  );
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = await sql<{ rows: number }>("select count(*)::int as rows from t where n = 1 and id < 1500");
  await holder.query("commit");
  await holder.end();
  expect(await running).toMatchObject({ exitCode: 0, stderr: "" });
  expect(before[0]!.rows).toBeGreaterThan(0);
  expect(await sql("select n, count(*)::int as rows from t group by n")).toEqual([{ n: 1, rows: 2000 }]);
});

test("a script that is cut off in a backfill is gone on with by a run, and no row is changed twice or left out", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer primary key, n integer not null default 0)");
  await sql("insert into t select generate_series(1, 5000)");
  const up = `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 500, pause: 50 } });
  op.backfill("t", { set: { n: sql\`n + 10\` } });`;
  const running = runScript(folder, `${databaseUrl}?application_name=cut`, up);
  while ((await sql("select from t where n = 1 limit 1")).length === 0);
  await sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut'");
  expect(await running).toMatchObject({ exitCode: 2 });
  const [row] = await sql<{ rows: number }>("select count(*)::int as rows from t where n = 1");
  expect(row!.rows).toBeLessThan(5000);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await limbeck.upgrade();
  await limbeck.close();
  expect(await sql("select n, count(*)::int as rows from t group by n")).toEqual([{ n: 11, rows: 5000 }]);
});
