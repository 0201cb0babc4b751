import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, expect, test } from "testkit";

let previous: { databaseUrl: string; folder: string };

test("each test has an empty database and an empty folder", async ({ databaseUrl, sql, folder }) => {
  await sql("create table t (n int); insert into t values (1), (2)");
  expect(await sql<{ n: number }>("select n from t where n > $1", [1])).toEqual([{ n: 2 }]);
  expect(await sql("insert into t values (3); select count(*)::int as n from t")).toEqual([{ n: 3 }]);
  await expect(sql("select * from nowhere")).rejects.toMatchObject({ code: "42P01" });
  writeFileSync(join(folder, "file"), "");
  previous = { databaseUrl, folder };
});

test("the one before is gone", async ({ databaseUrl, sql, folder, postgresUrl }) => {
  expect(databaseUrl).not.toBe(previous.databaseUrl);
  expect(folder).not.toBe(previous.folder);
  expect(existsSync(previous.folder)).toBe(false);
  const name = new URL(previous.databaseUrl).pathname.slice(1);
  expect(await sql("select from pg_database where datname = $1", [name])).toEqual([]);
  expect(await sql("select from pg_class where relname = 't'")).toEqual([]);
  expect(new URL(postgresUrl).pathname).toBe("/postgres");
});

test("a database is dropped whoever is still connected", async ({ postgresUrl, sql }) => {
  const second = await createDatabase(postgresUrl);
  const name = new URL(second.url).pathname.slice(1);
  await sql("create extension dblink");
  await sql("select dblink_connect('other', $1)", [second.url.replace("postgres://", "postgresql://")]);
  const sessions = await sql("select from pg_stat_activity where datname = $1", [name]);
  expect(sessions).toHaveLength(1);
  await second.drop();
  expect(await sql("select from pg_database where datname = $1", [name])).toEqual([]);
});

test("a test may end its own backend", async ({ sql }) => {
  await expect(sql("select pg_terminate_backend(pg_backend_pid())")).rejects.toThrow();
});
