import { createDatabase, expect } from "testkit";
import pg from "pg";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { test } from "./sessions.ts";

test("a role's timeouts cut off no statement of a run, and a client's settings come back", async ({
  postgresUrl,
  folder,
}) => {
  const database = await createDatabase(postgresUrl);
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("create table city (id integer)");\n  op.execute("select pg_sleep(0.3)");` },
    { id: "b2", down: "a1", up: `  op.createIndex("ix_city", "city", ["id"], { concurrently: true });` },
  ]);
  const owner = new pg.Client(database.url);
  await owner.connect();
  const name = new URL(database.url).pathname.slice(1);
  for (const setting of ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"])
    await owner.query(`alter database ${name} set ${setting} = '100ms'`);
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query("set lock_timeout = '7s'");
  const limbeck = await Limbeck.open({ client, cwd: folder });
  expect(await limbeck.upgrade()).toMatchObject({ heads: ["b2"] });
  await limbeck.close();
  const shown = await client.query(
    "select current_setting('statement_timeout') as s, current_setting('lock_timeout') as l, current_setting('idle_in_transaction_session_timeout') as i",
  );
  expect(shown.rows).toEqual([{ s: "100ms", l: "7s", i: "100ms" }]);
  await client.end();
  await owner.end();
  await database.drop();
});

test("timeouts.statement and a revision's statementTimeout bound a statement, and the error says where to allow more", async ({
  databaseUrl,
  folder,
}) => {
  writeRevisions(folder, [{ id: "a1", up: `  op.execute("select pg_sleep(5)");` }]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, timeouts: { statement: "100ms" } });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    details: { sqlstate: "57014" },
    hint: expect.stringContaining("timeouts.statement") as unknown,
  });
  await limbeck.close();
});

test("timeouts.transaction ends a step that holds its locks for too long, from PostgreSQL 17 on", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const [{ major }] = (await sql<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  )) as [{ major: number }];
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("create table t (); select pg_sleep(0.3)");\n  op.execute("select pg_sleep(1.5)");` },
  ]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, timeouts: { transaction: "600ms" } });
  const upgrade = limbeck.upgrade();
  if (major < 17) await expect(upgrade).resolves.toMatchObject({ heads: ["a1"] });
  else {
    await expect(upgrade).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      message: expect.stringContaining("transaction timeout") as unknown,
    });
    expect(await sql("select to_regclass('t') as t")).toEqual([{ t: null }]);
  }
  await limbeck.close();
});

test("timeouts.idle ends a transaction whose revision's code does not come back", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const up = `  await op.query("create table t ()");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  op.execute("select 1");`;
  writeRevisions(folder, [{ id: "a1", up }]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, timeouts: { idle: "300ms" } });
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(await sql("select to_regclass('t') as t")).toEqual([{ t: null }]);
  await limbeck.close();
});
