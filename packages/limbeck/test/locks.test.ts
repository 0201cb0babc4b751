import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { expect, until } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { collect, test } from "./sessions.ts";

const CITY = {
  id: "a1",
  up: `  op.execute("create table city (id integer, name text); insert into city values (1, 'Oslo')");`,
};
const MAYOR = { id: "b2", down: "a1", up: `  op.addColumn("city", column("mayor", "text"));` };

test("while a reader holds a table for 2 s, ALTER TABLE waits in tries, and nobody queues behind it for longer than one", async ({
  databaseUrl,
  folder,
  connect,
}) => {
  writeRevisions(folder, [CITY, MAYOR]);
  const retries = collect("retry");
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, onEvent: retries.onEvent });
  await limbeck.upgrade("a1");
  const [reader, application] = [await connect("report"), await connect()];
  await reader.query("begin; select count(*) from city");
  const [{ pid }] = (await reader.query("select pg_backend_pid() as pid, 'hunter2' as secret")).rows as [
    { pid: number },
  ];

  let isOver = false;
  const longestOf = async (client: pg.Client, table: string): Promise<number> => {
    let longest = 0;
    while (!isOver) {
      const started = performance.now();
      await client.query(`select * from ${table}`);
      longest = Math.max(longest, performance.now() - started);
      await sleep(2);
    }
    return longest;
  };
  const stalls = longestOf(application, "city");
  // What a busy machine adds to any query.
  const noises = longestOf(await connect(), "limbeck_history");
  const upgrade = limbeck.upgrade();
  await Promise.all([sleep(2000), until(() => retries.events.length > 2)]);
  await reader.query("commit");
  expect(await upgrade).toMatchObject({ heads: ["b2"], steps: [{ revision: "b2" }] });
  isOver = true;
  const [longest, noise] = [await stalls, await noises];
  await limbeck.close();

  expect(longest).toBeGreaterThan(100);
  expect(longest).toBeLessThan(Math.min(1500, Math.max(400, 250 + 8 * noise)));
  expect(retries.events.length).toBeGreaterThan(2);
  expect(retries.events[0]).toMatchObject({ sqlstate: "55P03", reason: "lock not available", attempt: 1 });
  const named = retries.events.find(({ blockers }) => blockers.length > 0)!;
  expect(named.blockers).toMatchObject([{ pid, application: "report", state: "idle in transaction" }]);
  expect(named.blockers[0]!.transactionSeconds).toBeGreaterThan(0);
  expect(named.heldBy).toContain(`process ${pid} from 127.0.0.1 (report, idle in transaction`);
  expect(JSON.stringify(retries.events)).not.toContain("hunter2");
  const pauses = retries.events.map(({ pauseMs }) => pauseMs);
  expect(Math.max(...pauses)).toBeGreaterThan(pauses[0]!);
});

test("at the deadline the run ends with 4 and names the blocker, the step rolled back and the lock free", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  writeRevisions(folder, [
    CITY,
    { ...MAYOR, up: `  op.execute("insert into city values (2, 'Bergen')");\n${MAYOR.up}` },
  ]);
  const lock = { timeout: "60ms", retryFor: "700ms" };
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, lock });
  await limbeck.upgrade("a1");
  const reader = await connect("report");
  await reader.query("begin; lock table city in access share mode");
  const started = performance.now();
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "LOCK_NOT_AVAILABLE",
    exitCode: 4,
    message: expect.stringMatching(
      / It waited for process \d+ from 127.0.0.1 \(report, .* It was tried \d+ times in \d\.\d s\.$/,
    ) as unknown,
    hint: expect.stringMatching(
      /^If that session may go: SELECT pg_terminate_backend\(\d+\)\. .*Revision b2 was rolled back whole: the database stands at a1\. Then run `limbeck upgrade` again\.$/,
    ) as unknown,
    where: { line: 11 },
    details: { sqlstate: "55P03", blockers: [{ application: "report" }] },
  });
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await sql("select count(*)::int as n from city")).toEqual([{ n: 1 }]);
  expect(await sql("select status, count(*)::int as n from limbeck_history where revision = 'b2' group by 1")).toEqual([
    { status: "failed", n: 1 },
  ]);
  await reader.query("rollback");
  expect(await limbeck.upgrade()).toMatchObject({ heads: ["b2"] });
  await limbeck.close();
});

test("a revision's own code runs again with each try, and what it did before is gone", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  const up = `  const [row] = await op.query<{ n: number }>("select count(*)::int as n from city");
  op.execute(\`insert into city values (\${row!.n + 1}, 'Bergen')\`);
  await op.query("select 1");
${MAYOR.up}`;
  writeRevisions(folder, [CITY, { ...MAYOR, up }]);
  const retries = collect("retry");
  const limbeck = await Limbeck.open({
    url: databaseUrl,
    cwd: folder,
    onEvent: retries.onEvent,
    lock: { timeout: "50ms" },
  });
  await limbeck.upgrade("a1");
  const reader = await connect();
  await reader.query("begin; lock table city in access share mode");
  const upgrade = limbeck.upgrade();
  await until(() => retries.events.length > 1);
  await reader.query("rollback");
  await upgrade;
  await limbeck.close();
  expect(retries.events.length).toBeGreaterThan(0);
  expect(await sql("select id from city order by 1")).toEqual([{ id: 1 }, { id: 2 }]);
});

test("behind a concurrent index, a try goes on where the step was committed", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  const up = `  op.execute("insert into city values (2, 'Bergen')");
  op.createIndex("ix_city", "city", ["id"], { concurrently: true });
${MAYOR.up}`;
  writeRevisions(folder, [CITY, { ...MAYOR, up }]);
  const retries = collect("retry");
  const limbeck = await Limbeck.open({
    url: databaseUrl,
    cwd: folder,
    onEvent: retries.onEvent,
    lock: { timeout: "50ms" },
  });
  await limbeck.upgrade("a1");
  const reader = await connect();
  // Its snapshot is younger than the index's waits: it holds up only the ALTER TABLE.
  await reader.query("begin; lock table city in access share mode");
  const upgrade = limbeck.upgrade();
  while ((await sql("select from pg_index where indexrelid = to_regclass('ix_city') and indisvalid")).length === 0)
    await sleep(10);
  const [{ oid }] = (await sql<{ oid: number }>("select 'ix_city'::regclass::oid::int as oid")) as [{ oid: number }];
  await until(() => retries.events.length > 1);
  await reader.query("rollback");
  await upgrade;
  await limbeck.close();
  expect(retries.events.length).toBeGreaterThan(0);
  expect(await sql("select 'ix_city'::regclass::oid::int as oid")).toEqual([{ oid }]);
  expect(await sql("select id, mayor from city order by 1")).toEqual([
    { id: 1, mayor: null },
    { id: 2, mayor: null },
  ]);
  expect(await sql("select status, progress_done from limbeck_history where revision = 'b2'")).toEqual([
    { status: "done", progress_done: null },
  ]);
});

test("CREATE INDEX CONCURRENTLY has no lock timeout, and says for whom it waits", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", up: `  op.createIndex("ix_city", "city", ["id"], { concurrently: true });` },
  ]);
  const waits = collect("wait");
  const limbeck = await Limbeck.open({
    url: databaseUrl,
    cwd: folder,
    onEvent: waits.onEvent,
    lock: { timeout: "50ms" },
  });
  await limbeck.upgrade("a1");
  const writer = await connect("writer");
  await writer.query("begin; insert into city values (2, 'Bergen')");
  const upgrade = limbeck.upgrade();
  await until(() => waits.events.length > 0);
  await writer.query("commit");
  await upgrade;
  await limbeck.close();
  expect(waits.events).toMatchObject([
    { for: "sessions", step: { revision: "b2" }, blockers: [{ application: "writer" }] },
  ]);
  expect(await sql("select indisvalid from pg_index where indexrelid = 'ix_city'::regclass")).toEqual([
    { indisvalid: true },
  ]);
});

test("a deadlock is tried again", async ({ databaseUrl, folder, connect, sql }) => {
  const up = `  op.execute("update city set name = 'x' where id = 1");
  await op.query("select pg_sleep(0.4)");
  op.execute("update city set name = 'x' where id = 2");`;
  writeRevisions(folder, [
    { ...CITY, up: `${CITY.up}\n  op.execute("insert into city values (2, 'Bergen')");` },
    { id: "b2", down: "a1", up },
  ]);
  const retries = collect("retry");
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, onEvent: retries.onEvent });
  await limbeck.upgrade("a1");
  const rival = await connect();
  await rival.query("set deadlock_timeout = '20s'");
  await rival.query("begin; update city set name = 'y' where id = 2");
  const upgrade = limbeck.upgrade();
  const asleep = "select from pg_stat_activity where datname = current_database() and query like 'select pg_sleep%'";
  await until(async () => (await sql(asleep)).length > 0);
  const crossed = rival.query("update city set name = 'y' where id = 1").then(() => rival.query("commit"));
  await Promise.all([crossed, upgrade]);
  await limbeck.close();
  expect(retries.events).toMatchObject([{ sqlstate: "40P01", reason: "deadlock" }]);
  expect(await sql("select distinct name from city")).toEqual([{ name: "x" }]);
});

test("a wait for a row is not cut off before the transaction holds a strong lock", async ({
  databaseUrl,
  folder,
  connect,
}) => {
  writeRevisions(folder, [CITY, { ...MAYOR, up: `  op.execute("update city set name = 'x'");\n${MAYOR.up}` }]);
  const retries = collect("retry");
  const limbeck = await Limbeck.open({
    url: databaseUrl,
    cwd: folder,
    onEvent: retries.onEvent,
    lock: { timeout: "50ms" },
  });
  await limbeck.upgrade("a1");
  const writer = await connect();
  await writer.query("begin; update city set name = 'y'");
  const upgrade = limbeck.upgrade();
  await sleep(500);
  await writer.query("commit");
  expect(await upgrade).toMatchObject({ heads: ["b2"] });
  await limbeck.close();
  expect(retries.events).toEqual([]);
});

test("a revision has its own lock timeout, in TypeScript and in SQL", async ({ databaseUrl, folder, connect }) => {
  const migrations = writeRevisions(folder, [CITY]);
  writeFileSync(
    join(migrations, "b2.sql"),
    "-- revision: b2\n-- downRevision: a1\n-- lock_timeout: 5s\n\n-- upgrade\nalter table city add column mayor text;\n",
  );
  writeFileSync(
    join(migrations, "c3.ts"),
    `export const revision = "c3";\nexport const downRevision = "b2";\nexport const branchLabels = null;\nexport const dependsOn = null;
export const lockTimeout = "5s";\n\nexport async function upgrade(op) {\n  op.dropColumn("city", "mayor");\n}\n`,
  );
  const retries = collect("retry");
  const limbeck = await Limbeck.open({
    allowDataLoss: true,
    url: databaseUrl,
    cwd: folder,
    onEvent: retries.onEvent,
    lock: { timeout: "50ms" },
  });
  await limbeck.upgrade("a1");
  for (const revision of ["b2", "c3"]) {
    const reader = await connect();
    await reader.query("begin; lock table city in access share mode");
    const upgrade = limbeck.upgrade(revision);
    await sleep(400);
    await reader.query("commit");
    expect(await upgrade).toMatchObject({ heads: [revision] });
  }
  await limbeck.close();
  expect(retries.events).toEqual([]);
});
