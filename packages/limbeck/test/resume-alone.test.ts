import { expect, until } from "testkit";
import { Limbeck } from "../src/index.ts";
import { upgrade, writeRevisions } from "./project.ts";
import { test } from "./sessions.ts";

const INDEXES = ["ix_t", "ix_t_ccnew9"];
const BUILT = "select from pg_index where indrelid = 't'::regclass and not indisvalid having count(*) > 1";

/** `during`: what is there when the statement is broken off; `left`: the indexes of `t` in the end. */
const BROKEN_OFF = [
  {
    what: "REINDEX CONCURRENTLY",
    up: `op.reindex("index", "ix_t", { concurrently: true });`,
    during: "select from pg_class where relname = 'ix_t_ccnew'",
    // Not the copy, though it looks like one.
    left: INDEXES,
  },
  {
    what: "REINDEX TABLE CONCURRENTLY, with a TOAST table",
    up: `op.reindex("table", "t", { concurrently: true });`,
    during: "select from pg_class where relname = 'ix_t_ccnew'",
    left: INDEXES,
  },
  {
    what: "REINDEX SCHEMA CONCURRENTLY",
    up: `op.execute("reindex schema concurrently public");`,
    during: "select from pg_class where relname = 'ix_t_ccnew'",
    left: INDEXES,
  },
  {
    what: "DETACH PARTITION … CONCURRENTLY",
    up: `op.detachPartition("p", "p1", { concurrently: true });`,
    during: "select from pg_inherits where inhdetachpending",
    left: INDEXES,
  },
  {
    what: "CREATE INDEX CONCURRENTLY",
    up: `op.createIndex("ix_other", "t", ["other"], { concurrently: true });`,
    during: BUILT,
    left: ["ix_other", ...INDEXES],
  },
  {
    what: "CREATE INDEX CONCURRENTLY without a name",
    up: `op.execute("create index concurrently on t using btree (lower(text), other desc) include (id) where id > 0");`,
    during: BUILT,
    left: [...INDEXES, "t_lower_other_id_idx"],
  },
  {
    what: "DROP INDEX CONCURRENTLY",
    up: `op.dropIndex("ix_t", { concurrently: true });`,
    during: BUILT,
    left: ["ix_t_ccnew9"],
  },
] as const;

test.for(BROKEN_OFF)(
  "$what that was broken off is cleared away or ended, and done once",
  async ({ up, during, left }, { databaseUrl, folder, sql, connect }) => {
    await sql(`create table t (id integer, other integer, text text); insert into t values (1, 1), (2, 1);
      create index ix_t on t (id);
      create table p (id integer) partition by range (id);
      create table p1 partition of p for values from (0) to (10); insert into p values (1)`);
    await expect(sql("create unique index concurrently ix_t_ccnew9 on t (other)")).rejects.toThrow(
      "could not create unique index",
    );
    const reader = await connect("report");
    await reader.query("begin isolation level repeatable read; select from t, p; update t set other = 2 where id = 2");
    writeRevisions(folder, [{ id: "a1", up: `  ${up}\n  op.execute("insert into t values (3, 3)");` }]);
    const broken = expect(upgrade(`${databaseUrl}?application_name=broken`, folder)).rejects.toMatchObject({
      code: "CONNECTION_LOST",
    });
    await until(async () => (await sql(during)).length > 0);
    await sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'broken' and datname = current_database()",
    );
    await broken;
    expect(await sql(during)).not.toEqual([]);
    await reader.query("rollback");
    await upgrade(databaseUrl, folder);
    expect(await sql(during)).toEqual([]);
    expect(await sql("select id from t order by id")).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    const indexes = await sql<{ name: string }>(
      "select indexrelid::regclass::text as name from pg_index where indrelid = 't'::regclass order by 1",
    );
    expect(indexes.map(({ name }) => name)).toEqual(left);
    expect(
      await sql("select from pg_index join pg_class c on c.oid = indexrelid where relname ~ '^pg_toast.*_cc'"),
    ).toEqual([]);
    expect(await sql("select inhparent from pg_inherits")).toHaveLength(up.includes("detach") ? 0 : 1);
    expect(await sql("select status, progress_before from limbeck_history")).toEqual([
      { status: "done", progress_before: null },
    ]);
  },
);

/** What a statement does and the note of it does not survive: the run is cut off between the two. */
const UNNOTED = [
  ["CREATE INDEX CONCURRENTLY", `create index concurrently ix_new on t (id)`],
  ["CREATE INDEX CONCURRENTLY without a name", `create index concurrently on t (id, other)`],
  ["DROP INDEX CONCURRENTLY", `drop index concurrently ix_t`],
  ["DETACH PARTITION … CONCURRENTLY", `alter table p detach partition p1 concurrently`],
  ["ALTER TYPE … ADD VALUE", `alter type mood add value 'glad'`],
  ["VACUUM", `vacuum t`],
  ["ALTER SYSTEM", `alter system reset work_mem`],
  ["CREATE SUBSCRIPTION", `create subscription NAME connection 'dbname=none' publication x with (connect = false)`],
  ["CREATE DATABASE", `create database NAME`],
] as const;

test("what was done and not noted is not done again, whatever the statement is", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(`create table t (id integer, other integer); create index ix_t on t (id); create type mood as enum ('sad');
    create table p (id integer) partition by range (id); create table p1 partition of p for values from (0) to (10);
    create table ready (id integer)`);
  const name = `it_${new URL(databaseUrl).pathname.slice(1)}`;
  const statements = UNNOTED.map(([, text]) => text.replace("NAME", name));
  writeRevisions(folder, [
    { id: "a1" },
    { id: "b2", down: "a1", up: statements.map((text) => `  op.execute(${JSON.stringify(text)});`).join("\n") },
  ]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await limbeck.upgrade("a1");
  await sql(`create function gone() returns trigger language plpgsql as
    'begin if new.progress_done > old.progress_done then raise exception ''gone''; end if; return new; end';
    create trigger gone before update on limbeck_history for each row execute function gone()`);
  try {
    for (let run = 0; run < statements.length; run++) {
      await expect(limbeck.upgrade()).rejects.toThrow("gone");
      // The note of what this run has done is for the next one to write.
      await sql(`create or replace function gone() returns trigger language plpgsql as
        'begin if new.progress_done > ${run + 1} then raise exception ''gone''; end if; return new; end'`);
    }
    await sql("drop trigger gone on limbeck_history");
    expect(await limbeck.upgrade()).toMatchObject({ heads: ["b2"] });
  } finally {
    await limbeck.close();
    await sql(`drop database if exists ${name}`);
    await sql(`alter subscription ${name} set (slot_name = none)`).catch(() => undefined);
    await sql(`drop subscription if exists ${name}`);
  }
  expect(
    await sql("select indexrelid::regclass::text as name from pg_index where indrelid = 't'::regclass order by 1"),
  ).toEqual([{ name: "ix_new" }, { name: "t_id_other_idx" }]);
  expect(await sql("select from pg_inherits")).toEqual([]);
});

test("an index that was there before, or a value, is not taken for what a statement did that failed for it", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(
    "create table t (id integer, other integer); create index ix_t on t (other); create type mood as enum ('sad')",
  );
  for (const [text, code] of [
    ["create index concurrently ix_t on t (id)", "42P07"],
    ["drop index concurrently ix_gone", "42704"],
    ["alter type mood add value 'sad'", "42710"],
  ]) {
    writeRevisions(folder, [{ id: "a1", up: `  op.execute(${JSON.stringify(text)});` }]);
    for (let run = 0; run < 2; run++)
      await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ details: { sqlstate: code } });
  }
});

test("a half that is to be cleared away stands behind a query of the revision's", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer); insert into t values (1), (1)");
  const up = `  await op.query("select 1");
  op.createIndex("ux_t", "t", ["id"], { unique: true, concurrently: true });`;
  writeRevisions(folder, [{ id: "a1", up }]);
  await expect(upgrade(databaseUrl, folder)).rejects.toMatchObject({ details: { sqlstate: "23505" } });
  await sql("truncate t");
  await upgrade(databaseUrl, folder);
  expect(await sql("select indisvalid from pg_index where indrelid = 't'::regclass")).toEqual([{ indisvalid: true }]);
});

test('with transaction = "none" a change of the schema is not kept without the note of it, run or script', async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("select 1");` },
    {
      id: "b2",
      down: "a1",
      transaction: "none",
      up: `  op.createTable("x", column("id", "integer"));\n  op.execute("create table y ()");\n  op.execute("call nothing()");`,
    },
  ]);
  await sql("create procedure nothing() language plpgsql as 'begin commit; end'");
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await limbeck.upgrade("a1");
  const script = await limbeck.upgradeSql("a1:b2");
  expect(script.slice(script.indexOf("CREATE TABLE x"))).toMatch(
    /^CREATE TABLE x \([^;]*;\s+INSERT [^;]*'running'[^;]*;\s+COMMIT;\s+BEGIN;\s+SET LOCAL[^;]*;\s+create table y \(\);\s+UPDATE [^;]*;\s+COMMIT;\s+BEGIN;\s+UPDATE [^;]*"begun"[^;]*;\s+COMMIT;\s+call nothing\(\);\s+UPDATE/,
  );
  await sql(`create function gone() returns trigger language plpgsql as
    'begin if new.progress_done = 2 then raise exception ''gone''; end if; return new; end';
    create trigger gone before update on limbeck_history for each row execute function gone()`);
  await expect(limbeck.upgrade()).rejects.toThrow("gone");
  await sql("drop trigger gone on limbeck_history");
  expect(await limbeck.upgrade()).toMatchObject({ heads: ["b2"] });
  await limbeck.close();
});
