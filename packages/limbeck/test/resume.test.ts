import { expect } from "testkit";
import { Limbeck } from "../src/index.ts";
import { upgrade, writeRevisions } from "./project.ts";
import { test } from "./sessions.ts";

/** A step that fails in its second part, until the table `ready` is there. */
const INDEX = `  op.createIndex("ix_t", "t", ["id"], { concurrently: true });
  op.execute("insert into ready values (1)");`;

test("on resuming, a query in front of what was committed is answered again, and what comes after it runs once", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer); insert into t values (1)");
  const up = `  const [{ n }] = await op.query("select count(*)::int as n from t");
  op.execute(\`insert into t values (\${n + 100})\`);
${INDEX}`;
  writeRevisions(folder, [{ id: "a1", up: up.replace("from t", "from t where id < 100") }]);
  await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
  await sql("create table ready (id integer)");
  await upgrade(databaseUrl, folder);
  expect(await sql("select id from t order by id")).toEqual([{ id: 1 }, { id: 101 }]);
});

for (const [name, write] of [
  ["op.query", `await op.query("insert into t values (7) returning id");`],
  ["op.connection", `await (await op.connection()).query("insert into t values (7)");`],
] as const) {
  test(`what ${name} wrote and an earlier run committed is not written twice: the error says so`, async ({
    databaseUrl,
    folder,
    sql,
  }) => {
    await sql("create table t (id integer)");
    writeRevisions(folder, [{ id: "a1", up: `  ${write}\n${INDEX}` }]);
    await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
    await sql("create table ready (id integer)");
    await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ code: "QUERY_NOT_REPEATABLE", exitCode: 3 });
    expect(await sql("select id from t")).toEqual([{ id: 7 }]);
    expect(await sql("select status from limbeck_history")).toEqual([{ status: "running" }]);
  });
}

test("a half-done step that was cut short in the file is refused, not called done", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer)");
  writeRevisions(folder, [{ id: "a1", up: `  op.execute("insert into t values (1)");\n${INDEX}` }]);
  await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
  writeRevisions(folder, [{ id: "a1", up: `  op.execute("insert into t values (1)");` }]);
  await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ code: "STEP_CHANGED" });
  expect(await sql("select version_num from alembic_version")).toEqual([]);
});

test('with transaction = "none" a change of rows is not kept without the note of it', async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer); create table ready (id integer)");
  const up = [1, 2, 3].map((id) => `  op.execute("insert into t values (${id})");`).join("\n");
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("select 1");` },
    { id: "b2", down: "a1", transaction: "none", up },
  ]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await limbeck.upgrade("a1");
  await limbeck.close();
  await sql(`create function gone() returns trigger language plpgsql as
    'begin if new.progress_done = 3 then raise exception ''gone''; end if; return new; end'`);
  await sql("create trigger gone before update on limbeck_history for each row execute function gone()");
  await expect(upgrade(databaseUrl, folder)).rejects.toThrow("gone");
  expect(await sql("select id from t order by id")).toEqual([{ id: 1 }, { id: 2 }]);
  await sql("drop trigger gone on limbeck_history");
  await upgrade(databaseUrl, folder);
  expect(await sql("select id from t order by id")).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test("the server notices within a minute or so that a runner's machine is gone", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table seen (idle text, interval text, count text)");
  const shown = ["idle", "interval", "count"].map((name) => `current_setting('tcp_keepalives_${name}')`).join(", ");
  writeRevisions(folder, [{ id: "a1", up: `  op.execute("insert into seen select ${shown}");` }]);
  await upgrade(databaseUrl, folder);
  expect(await sql("select * from seen")).toEqual([{ idle: "30", interval: "10", count: "3" }]);
});
