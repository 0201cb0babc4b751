import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, test, type Sql } from "testkit";
import { upgrade } from "./backfill-run.ts";

/** An application's client that does one thing after the other until it is stopped. */
async function client(url: string, work: (query: pg.Client["query"]) => Promise<unknown>) {
  const connection = new pg.Client(url);
  await connection.connect();
  let stopped = false;
  let longestMs = 0;
  const query = connection.query.bind(connection);
  const done = (async () => {
    while (!stopped) {
      const began = performance.now();
      await work(query);
      longestMs = Math.max(longestMs, performance.now() - began);
      await sleep(1);
    }
  })();
  return async (): Promise<number> => {
    stopped = true;
    await done;
    await connection.end();
    return longestMs;
  };
}

const ROWS = 300_000;
const anyId = (): number => 1 + Math.floor(Math.random() * ROWS);

async function makeTable(sql: Sql): Promise<void> {
  await sql(
    "create table t (id bigint generated always as identity primary key, a integer not null, n integer not null default 0, twice integer)",
  );
  await sql(`insert into t (a) select g from generate_series(1, ${ROWS}) g`);
}

test(
  "300,000 rows beside writers who insert, update and delete: each row that was there is changed once, and is right",
  { timeout: 120_000 },
  async ({ databaseUrl, folder, sql }) => {
    await makeTable(sql);
    await sql(
      "create function twice() returns trigger language plpgsql as 'begin new.twice = new.a * 2; return new; end'",
    );
    await sql("create trigger twice before insert or update of a on t for each row execute function twice()");
    let inserted = 0;
    const deleted = new Set<number>();
    const stop = await Promise.all([
      client(databaseUrl, async (query) => {
        await query("insert into t (a) values ($1)", [Math.floor(Math.random() * 1000)]);
        inserted++;
      }),
      client(databaseUrl, async (query) => {
        const id = anyId();
        await query("delete from t where id = $1", [id]);
        deleted.add(id);
      }),
      client(databaseUrl, async (query) => {
        const [x, y] = [anyId(), anyId()];
        await query("begin");
        await query("update t set a = a + 1 where id = $1", [x]);
        await query("update t set a = a + 1 where id = $1", [y]);
        await query("commit").catch(() => undefined);
      }),
      client(databaseUrl, async (query) => await query("update t set a = a - 1 where id = $1", [anyId()])),
    ]);
    const began = performance.now();
    const told = await upgrade(
      { databaseUrl, folder },
      `  op.backfill("t", { set: { n: sql\`n + 1\` } });
  op.backfill("t", { set: { twice: sql\`a * 2\` }, where: "twice IS NULL" });`,
    );
    const tookMs = performance.now() - began;
    const stalls = await Promise.all(stop.map((end) => end()));

    expect(await sql("select count(*)::int as rows from t where twice is distinct from a * 2")).toEqual([{ rows: 0 }]);
    expect(await sql(`select count(*)::int as rows from t where id <= ${ROWS} and n <> 1 or n > 1`)).toEqual([
      { rows: 0 },
    ]);
    expect(await sql("select count(*)::int as rows from t")).toEqual([{ rows: ROWS + inserted - deleted.size }]);
    expect(told.filter(({ done }) => done).length).toBe(2);
    // Under one UPDATE of all rows somebody would have waited for most of the time.
    expect(Math.max(...stalls)).toBeLessThan(Math.max(1000, tookMs / 4));
  },
);

test("rows of the old form that come in behind the walk are found by a later pass", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer primary key, twice integer)");
  await sql("insert into t select g from generate_series(1000, 3000) g");
  await sql(
    `create function late() returns trigger language plpgsql as $$ begin
       if new.id in (2000, 3000) then insert into t values (new.id / 1000), (new.id + 10000); end if; return new; end $$`,
  );
  await sql("create trigger late before update on t for each row execute function late()");
  const told = await upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { twice: sql\`id * 2\` }, where: "twice IS NULL", batch: { rows: 100, pause: 0 } });`,
  );
  expect(await sql("select count(*)::int as rows from t where twice = id * 2")).toEqual([{ rows: 2005 }]);
  expect(told.at(-1)).toMatchObject({ changed: 2005, done: true });
});

test("an application that goes on writing the old form is named, instead of being run after for ever", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer primary key generated always as identity, twice integer)");
  await sql("insert into t select from generate_series(1, 10)");
  await sql(
    "create function more() returns trigger language plpgsql as 'begin insert into t default values; return null; end'",
  );
  await sql("create trigger more after update on t for each statement execute function more()");
  const up = `  op.backfill("t", { set: { twice: sql\`id * 2\` }, where: "twice IS NULL" });`;
  await expect(upgrade({ databaseUrl, folder }, up)).rejects.toMatchObject({
    code: "BACKFILL_UNFINISHED",
    where: { line: 10 },
    details: { table: "t", passes: 10 },
  });
  await sql("drop trigger more on t");
  await upgrade({ databaseUrl, folder }, up);
  expect(await sql("select from t where twice is null")).toEqual([]);
});

test("a row that somebody holds is waited for in small batches, holds nobody else up, and is done in the end", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer primary key, n integer not null default 0)");
  await sql("insert into t select generate_series(1, 5000)");
  const holder = new pg.Client(databaseUrl);
  await holder.connect();
  await holder.query("begin; update t set n = n where id = 4000");
  const stop = await client(
    databaseUrl,
    async (query) => await query("update t set n = n where id between 3990 and 3999"),
  );
  const running = upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { time: "40ms" } });`,
  );
  await sleep(2500);
  await holder.query("commit");
  await holder.end();
  const told = await running;
  expect(await stop()).toBeLessThan(1000);
  expect(told.some(({ waiting }) => waiting?.for === "locks")).toBe(true);
  expect(await sql("select n, count(*)::int as rows from t group by n")).toEqual([{ n: 1, rows: 5000 }]);
});
