import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, run, test, type Sql } from "testkit";
import { writeRevisions } from "./project.ts";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

function writeSlowProject(folder: string, slow: string): void {
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("create table t (id integer); insert into t values (1), (2)");` },
    {
      id: "b2",
      down: "a1",
      up: `  op.execute("insert into t values (3)");\n${slow}\n  op.execute("insert into t values (4)");`,
    },
  ]);
}

const SLEEP = `  op.execute("select pg_sleep(case when current_setting('application_name') = 'slow' then 30 else 0 end)");`;

/** Starts an upgrade, waits until the server is at work on a statement like this, and sends the process a signal. */
async function interruptAt(statement: string, signal: NodeJS.Signals, folder: string, url: string, sql: Sql) {
  let pid = 0;
  const running = run("node", [bin, "upgrade", "--url", `${url}?application_name=slow`], {
    cwd: folder,
    timeout: 60_000,
    onSpawn: (child) => (pid = child.pid!),
  });
  const busy = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and application_name = 'slow' and state = 'active' and query like '%${statement}%'`;
  while ((await sql<{ n: number }>(busy))[0]!.n === 0) await new Promise((resolve) => setTimeout(resolve, 30));
  process.kill(pid, signal);
  return await running;
}

const STATE =
  "select (select array_agg(id order by id) from t) as ids, (select array_agg(version_num) from alembic_version) as rows";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} cancels the statement, rolls the step back, lets go of the lock and exits with 130`, async ({
    folder,
    databaseUrl,
    sql,
  }) => {
    writeSlowProject(folder, SLEEP);
    const interrupted = await interruptAt("pg_sleep", signal, folder, databaseUrl, sql);
    expect(interrupted).toMatchObject({ exitCode: 130, stdout: "" });
    expect(interrupted.stderr).toMatch(
      /INTERRUPTED: The run was interrupted after 1 step; the one under way was rolled back/,
    );
    expect(interrupted.stderr).not.toMatch(/\n\s+at .*:\d+:\d+\)/);
    expect(await sql(STATE)).toEqual([{ ids: [1, 2], rows: ["a1"] }]);
    expect(
      await sql(
        "select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
      ),
    ).toEqual([]);
    const again = await run("node", [bin, "upgrade", "--url", databaseUrl], { cwd: folder });
    expect(again).toMatchObject({ exitCode: 0 });
    expect(await sql(STATE)).toEqual([{ ids: [1, 2, 3, 4], rows: ["b2"] }]);
  });
}

test("a runner that was killed leaves nothing of its step, and the next run does it", async ({
  folder,
  databaseUrl,
  sql,
}) => {
  writeSlowProject(folder, SLEEP);
  expect(await interruptAt("pg_sleep", "SIGKILL", folder, databaseUrl, sql)).toMatchObject({ signal: "SIGKILL" });
  await sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'slow'",
  );
  expect(await run("node", [bin, "upgrade", "--url", databaseUrl], { cwd: folder })).toMatchObject({ exitCode: 0 });
  expect(await sql(STATE)).toEqual([{ ids: [1, 2, 3, 4], rows: ["b2"] }]);
});

test("a runner that was killed while it built an index concurrently is gone on with", async ({
  folder,
  databaseUrl,
  sql,
}) => {
  writeSlowProject(folder, `  op.createIndex("ix_t", "t", ["id"], { concurrently: true });`);
  await run("node", [bin, "upgrade", "a1", "--url", databaseUrl], { cwd: folder });
  const writer = new pg.Client(databaseUrl);
  await writer.connect();
  await writer.query("begin; insert into t values (0)");
  const killed = await interruptAt("INDEX CONCURRENTLY", "SIGKILL", folder, databaseUrl, sql);
  expect(killed).toMatchObject({ signal: "SIGKILL" });
  await sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'slow'",
  );
  await writer.query("rollback");
  await writer.end();
  expect(await sql("select status, progress_done from limbeck_history where revision = 'b2'")).toEqual([
    { status: "running", progress_done: 1 },
  ]);
  const again = await run("node", [bin, "upgrade", "--url", databaseUrl], { cwd: folder });
  expect(again).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining("Going on with upgrade a1 -> b2") as unknown,
  });
  expect(await sql(STATE)).toEqual([{ ids: [1, 2, 3, 4], rows: ["b2"] }]);
  expect(await sql("select indisvalid from pg_index where indexrelid = 'ix_t'::regclass")).toEqual([
    { indisvalid: true },
  ]);
});
