import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, run, type Sql, until } from "testkit";
import { writeRevisions } from "./project.ts";
import { test } from "./sessions.ts";

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

/** Starts an upgrade, waits until the server is at work on a statement like this, and sends the process signals. */
async function interruptAt(
  statement: string,
  signal: NodeJS.Signals | readonly NodeJS.Signals[],
  folder: string,
  url: string,
  sql: Sql,
) {
  let pid = 0;
  const running = run("node", [bin, "upgrade", "--url", `${url}?application_name=slow`], {
    cwd: folder,
    timeout: 60_000,
    onSpawn: (child) => (pid = child.pid!),
  });
  const busy = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and application_name = 'slow' and state = 'active' and query like '%${statement}%'`;
  await until(async () => (await sql<{ n: number }>(busy))[0]!.n > 0);
  for (const [index, each] of [signal].flat().entries()) setTimeout(() => process.kill(pid, each), index * 500);
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
    expect(await sql("select revision, status from limbeck_history order by id")).toEqual([
      { revision: "a1", status: "done" },
      { revision: "b2", status: "interrupted" },
    ]);
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

/** Starts an upgrade, and sends the process a signal when its stderr says this. */
async function interruptAfter(said: string, signal: NodeJS.Signals, folder: string, url: string) {
  return await run("node", [bin, "upgrade", "--lock-timeout", "50ms", "--allow-data-loss", "--url", url], {
    cwd: folder,
    timeout: 60_000,
    onSpawn: (child) => {
      let heard = "";
      child.stderr!.on("data", (text: string) => {
        heard += text;
        if (!heard.includes(said)) return;
        heard = "";
        child.kill(signal);
      });
    },
  });
}

test("an interrupt ends the wait for the migration lock, and nothing was written", async ({
  folder,
  databaseUrl,
  sql,
}) => {
  writeSlowProject(folder, SLEEP);
  await sql("select pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))");
  const ended = await interruptAfter("Waiting for the migration lock", "SIGINT", folder, databaseUrl);
  expect(ended).toMatchObject({ exitCode: 130 });
  expect(ended.stderr).toContain("INTERRUPTED: The run was interrupted while it waited for the migration lock");
  expect(await sql("select to_regclass('alembic_version') as v")).toEqual([{ v: null }]);
});

test("an interrupt ends the pause between two tries, and the step is rolled back", async ({
  folder,
  databaseUrl,
  connect,
  sql,
}) => {
  writeSlowProject(folder, `  op.dropColumn("t", "id");`);
  await run("node", [bin, "upgrade", "a1", "--url", databaseUrl], { cwd: folder });
  const reader = await connect("report");
  await reader.query("begin; select * from t");
  const ended = await interruptAfter("trying again", "SIGTERM", folder, databaseUrl);
  expect(ended).toMatchObject({ exitCode: 130, stdout: "" });
  expect(ended.stderr).toMatch(
    /INTERRUPTED: The run was interrupted after 0 steps; the one under way was rolled back\./,
  );
  await reader.query("rollback");
  expect(await sql(STATE)).toEqual([{ ids: [1, 2], rows: ["a1"] }]);
});

test("an interrupt ends what a revision waits for beside the database", async ({ folder, databaseUrl, sql }) => {
  writeSlowProject(folder, `  await op.query("select 1");\n  await new Promise((done) => setTimeout(done, 50_000));`);
  const ended = await interruptAfter("Running upgrade a1 -> b2", "SIGINT", folder, databaseUrl);
  expect(ended).toMatchObject({ exitCode: 130 });
  expect(ended.stderr).toMatch(/INTERRUPTED: The run was interrupted after 1 step; the one under way was rolled back/);
  expect(await sql(STATE)).toEqual([{ ids: [1, 2], rows: ["a1"] }]);
});

test("a second signal ends at once, and the next run goes on", async ({ folder, databaseUrl, sql }) => {
  const sleep = "perform pg_sleep(50)";
  const deaf = `op.execute("do $$ begin ${sleep}; exception when query_canceled then ${sleep}; end $$");`;
  writeSlowProject(folder, `  ${deaf}`);
  const ended = await interruptAt("pg_sleep", ["SIGINT", "SIGINT"], folder, databaseUrl, sql);
  expect(ended).toMatchObject({ exitCode: 130, stderr: expect.not.stringContaining("INTERRUPTED") as unknown });
  await sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'slow' and datname = current_database()",
  );
  await until(
    async () =>
      (await sql("select from pg_stat_activity where datname = current_database() and application_name = 'slow'"))
        .length === 0,
  );
  expect(await sql(STATE)).toEqual([{ ids: [1, 2], rows: ["a1"] }]);
});

test("an interrupted concurrent index stays half-built, is told so, and is built anew by the next run", async ({
  folder,
  databaseUrl,
  connect,
  sql,
}) => {
  writeSlowProject(folder, `  op.createIndex("ix_t", "t", ["id"], { concurrently: true });`);
  await run("node", [bin, "upgrade", "a1", "--url", databaseUrl], { cwd: folder });
  const writer = await connect("writer");
  await writer.query("begin; insert into t values (0)");
  const ended = await interruptAfter("Waiting for process", "SIGINT", folder, databaseUrl);
  expect(ended).toMatchObject({ exitCode: 130 });
  expect(ended.stderr).toContain("of the one under way, b2, 1 statement stays");
  await writer.query("rollback");
  expect(await run("node", [bin, "upgrade", "--url", databaseUrl], { cwd: folder })).toMatchObject({ exitCode: 0 });
  expect(await sql("select indisvalid from pg_index where indexrelid = 'ix_t'::regclass")).toEqual([
    { indisvalid: true },
  ]);
});

test("a lost terminal and closed pipes do no harm: the run goes on to its end", async ({
  folder,
  databaseUrl,
  sql,
}) => {
  writeSlowProject(folder, `  op.execute("select pg_sleep(1)");`);
  const ended = await run("node", [bin, "upgrade", "--url", databaseUrl], {
    cwd: folder,
    timeout: 60_000,
    onSpawn: (child) => {
      child.stderr!.once("data", () => {
        child.stdout!.destroy();
        child.stderr!.destroy();
        child.kill("SIGHUP");
      });
    },
  });
  expect(ended).toMatchObject({ exitCode: 0, signal: null });
  expect(await sql(STATE)).toEqual([{ ids: [1, 2, 3, 4], rows: ["b2"] }]);
});
