import { expect, test } from "testkit";
import { describe } from "vitest";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { limbeck as run } from "./terminal.ts";

/** What is committed on the way, or by itself, and of which no catalog tells whether it was done. */
const UNKNOWABLE = {
  "a DO block that commits": { up: `op.execute("do $$ begin insert into t values (1); commit; end $$");` },
  "a CALL": { transaction: "none", up: `op.execute("call p()");` },
  "a CALL that is a query": { transaction: "none", up: `await op.query("call p()");` },
  "rows without a transaction": { up: `op.execute("insert into t values (1)", { transaction: false });` },
} as const;

const SETUP = `create table t (id integer);
  create procedure p() language plpgsql as 'begin insert into t values (1); commit; end'`;

/** Ends the session where the run notes that its statement is done. */
const GONE = `create function gone() returns trigger language plpgsql as
    'begin if new.progress_done > coalesce(old.progress_done, 0) then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end';
  create trigger gone before update on limbeck_history for each row execute function gone()`;

describe.each(Object.entries(UNKNOWABLE))("%s that was cut off before the note of it", (name, { up, ...settings }) => {
  test("is not run again until somebody says whether it was done", async ({ databaseUrl, folder, sql }) => {
    await sql(SETUP);
    writeRevisions(folder, [
      { id: "a" },
      { id: "b", down: "a", ...settings, up: `${up}\n  op.execute("insert into t values (2)");` },
    ]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    try {
      await limbeck.upgrade("a");
      await sql(GONE);
      await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    } finally {
      await limbeck.close();
      await sql("drop trigger gone on limbeck_history");
    }
    const again = await Limbeck.open({ url: databaseUrl, cwd: folder });
    const ids = async () => (await sql<{ id: number }>("select id from t order by id")).map(({ id }) => id);
    try {
      for (let twice = 0; twice < 2; twice++) {
        await expect(again.upgrade()).rejects.toMatchObject({
          code: "STATEMENT_IN_DOUBT",
          hint: expect.stringContaining("limbeck repair b --done") as string,
          details: { revision: "b", done: 0, statement: expect.stringMatching(/call p|insert into t/) as string },
        });
        expect(await ids()).toEqual([1]);
      }
      expect(await again.repair(["b"], { cutOff: "again" })).toEqual({
        repaired: [],
        answered: [{ revision: "b", direction: "upgrade", statement: 1, cutOff: "again" }],
      });
      await expect(again.repair(["b"], { cutOff: "again" })).rejects.toMatchObject({ code: "TARGET_INVALID" });
      await again.upgrade();
      expect(await ids()).toEqual([1, 1, 2]);
      expect(await sql("select status, progress_before from limbeck_history where revision = 'b'")).toEqual([
        { status: "done", progress_before: null },
      ]);
    } finally {
      await again.close();
    }
  });

  test("is passed over when it is said to be done", async ({ databaseUrl, folder, sql }) => {
    await sql(SETUP);
    writeRevisions(folder, [
      { id: "a" },
      { id: "b", down: "a", ...settings, up: `${up}\n  op.execute("insert into t values (2)");` },
    ]);
    const limbeck = (argv: readonly string[]) => run([...argv, "--url", databaseUrl], { cwd: folder });
    await limbeck(["upgrade", "a"]);
    await sql(GONE);
    expect(await limbeck(["upgrade"])).toMatchObject({ exitCode: 3 });
    await sql("drop trigger gone on limbeck_history");
    expect(await limbeck(["upgrade"])).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("STATEMENT_IN_DOUBT") as string,
    });
    expect(await limbeck(["repair", "--done"]), "of which one?").toMatchObject({ exitCode: 2 });
    expect(await limbeck(["repair", "b", "--done", "--again"])).toMatchObject({ exitCode: 2 });
    expect(await limbeck(["repair", "b", "--done"])).toMatchObject({
      exitCode: 0,
      stdout: "The upgrade of b goes on behind its statement 1.\n",
    });
    // What a query answered is gone, as it is when its note had been written.
    const isQuery = name.endsWith("query");
    expect(await limbeck(["upgrade"])).toMatchObject(
      isQuery ? { exitCode: 3, stderr: expect.stringContaining("QUERY_NOT_REPEATABLE") as string } : { exitCode: 0 },
    );
    expect(await sql("select id from t order by id")).toEqual(isQuery ? [{ id: 1 }] : [{ id: 1 }, { id: 2 }]);
  });
});

test("a statement that the server refused, or that was cancelled, is not in doubt: it runs again", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer primary key); insert into t values (1)");
  const up = `op.execute("do $$ begin commit; insert into t values (1); end $$");`;
  writeRevisions(folder, [{ id: "a", up }]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  try {
    await expect(limbeck.upgrade()).rejects.toMatchObject({ details: { sqlstate: "23505" } });
    await expect(limbeck.upgrade()).rejects.toMatchObject({ details: { sqlstate: "23505" } });
    await sql("truncate t");
    expect(await limbeck.upgrade()).toMatchObject({ heads: ["a"] });
  } finally {
    await limbeck.close();
  }
});

test("what comes to the same however often it runs is not in doubt: it runs again", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(`create table t (id integer); alter table t add constraint ck_t check (id > 0) not valid;
    create domain d as integer; alter domain d add constraint ck_d check (value > 0) not valid;
    create materialized view m as select 1 with no data`);
  writeRevisions(folder, [
    { id: "a" },
    { id: "b", down: "a", up: `op.validateConstraint("ck_t", "t");` },
    { id: "c", down: "b", up: `op.validateDomainConstraint("ck_d", "d");` },
    { id: "d", down: "c", up: `op.execute("refresh materialized view m", { transaction: false });` },
  ]);
  const upgrade = async (): Promise<unknown> => {
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    try {
      return await limbeck.upgrade("+1");
    } finally {
      await limbeck.close();
    }
  };
  await upgrade();
  await sql(GONE);
  for (const revision of ["b", "c", "d"]) {
    await sql("alter table limbeck_history enable trigger gone");
    await expect(upgrade()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    await sql("alter table limbeck_history disable trigger gone");
    expect(await upgrade()).toMatchObject({ heads: [revision] });
  }
  expect(
    await sql("select bool_and(convalidated) as valid from pg_constraint where conname in ('ck_t', 'ck_d')"),
  ).toEqual([{ valid: true }]);
  expect(await sql("select ispopulated as populated from pg_matviews")).toEqual([{ populated: true }]);
});
