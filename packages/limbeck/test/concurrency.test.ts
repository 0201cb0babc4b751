import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, run, type Sql, until } from "testkit";
import { writeRevisions } from "./project.ts";
import { test } from "./sessions.ts";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

function writeProject(folder: string): void {
  writeRevisions(folder, [
    {
      id: "a1",
      up: `  op.execute("create table ran (revision text); insert into ran values ('a1'); select pg_sleep(0.4)");`,
    },
    {
      id: "b2",
      down: "a1",
      up: `  op.execute("insert into ran values ('b2')");
  op.createIndex("ix_ran", "ran", ["revision"], { concurrently: true });`,
    },
    { id: "c3", down: "b2", up: `  op.execute("insert into ran values ('c3')");` },
  ]);
}

async function startTogether(count: number, folder: string, url: string) {
  return await Promise.all(Array.from({ length: count }, () => upgrade(folder, url)));
}

async function upgrade(folder: string, url: string) {
  return await run("node", [bin, "upgrade", "head", "--url", url], { cwd: folder, timeout: 280_000 });
}

/** Types the command again where another process kept the database for longer than limbeck waits, as a slow machine's does. */
async function upgradeInTurn(folder: string, url: string) {
  for (;;) {
    const result = await upgrade(folder, url);
    if (!result.stderr.includes("EMBEDDED_IN_USE")) return result;
  }
}

/** `LIMBECK_TEST_RUNNERS=50` asks for more than a small machine bears. */
const RUNNERS = Number(process.env["LIMBECK_TEST_RUNNERS"] ?? 8);

async function expectEachStepOnce(sql: Sql): Promise<void> {
  expect(await sql("select revision from ran order by 1")).toEqual([
    { revision: "a1" },
    { revision: "b2" },
    { revision: "c3" },
  ]);
  expect(await sql("select revision, status from limbeck_history order by id")).toEqual(
    ["a1", "b2", "c3"].map((revision) => ({ revision, status: "done" })),
  );
  expect(await sql("select indisvalid from pg_index where indexrelid = 'ix_ran'::regclass")).toEqual([
    { indisvalid: true },
  ]);
}

test(
  `${RUNNERS} processes at once on an empty database: all succeed, and each revision runs once`,
  { timeout: 300_000 },
  async ({ databaseUrl, folder, sql }) => {
    writeProject(folder);
    const runs = await startTogether(RUNNERS, folder, databaseUrl);
    expect(runs.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual(runs.map(() => 0));
    await expectEachStepOnce(sql);
    const waited = runs.filter(({ stderr }) => stderr.includes("Waiting for the migration lock, held by process"));
    expect(waited.length).toBeGreaterThan(0);
  },
);

test("ten runners in worker threads of one process: all succeed, and each revision runs once", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeProject(folder);
  const library = new URL("../dist/index.js", import.meta.url).href;
  const code = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(workerData.library).then(async ({ Limbeck }) => {
      const limbeck = await Limbeck.open({ url: workerData.url, cwd: workerData.folder });
      const { steps, heads } = await limbeck.upgrade();
      await limbeck.close();
      parentPort.postMessage({ steps: steps.length, heads });
    });`;
  const one = () =>
    new Promise<{ steps: number; heads: string[] }>((resolve, reject) => {
      const worker = new Worker(code, { eval: true, workerData: { library, url: databaseUrl, folder } });
      worker.once("message", resolve).once("error", reject);
    });
  const results = await Promise.all(Array.from({ length: 10 }, one));
  expect(results.map(({ heads }) => heads)).toEqual(results.map(() => ["c3"]));
  expect(results.reduce((sum, { steps }) => sum + steps, 0)).toBe(3);
  await expectEachStepOnce(sql);
});

test("a runner that waits holds no transaction and no snapshot, so that a concurrent index never waits for it", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  writeProject(folder);
  const holder = await connect();
  await holder.query(
    "create table big (id integer); select pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))",
  );
  const url = `${databaseUrl}?application_name=loser`;
  const losers = startTogether(2, folder, url);
  const waiting = "select from pg_stat_activity where datname = current_database() and application_name = 'loser'";
  // What they look at before they wait is their own affair.
  await until(async () => (await sql(`${waiting} and query ~ 'pg_try_advisory_lock'`)).length === 2);
  for (let look = 0; look < 20; look++) {
    const started = performance.now();
    await holder.query("create index concurrently on big (id)");
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await sql(`${waiting} and state = 'idle in transaction'`)).toEqual([]);
  }
  // The longest that a poll may hold one is the poll itself.
  expect(await sql(`${waiting} and xact_start < now() - interval '100 milliseconds'`)).toEqual([]);
  await holder.end();
  expect((await losers).map(({ exitCode }) => exitCode)).toEqual([0, 0]);
});

test("two runners at once on the embedded database: both succeed, and each revision runs once", async ({ folder }) => {
  writeProject(folder);
  const url = `pglite://${join(folder, "pgdata")}`;
  const runs = await Promise.all([upgradeInTurn(folder, url), upgradeInTurn(folder, url)]);
  expect(runs.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual([0, 0]);
  expect(runs.map(({ stdout }) => stdout.trim()).toSorted()).toEqual([
    "3 steps; the database is at c3.",
    "Nothing to do: the database is at c3.",
  ]);
});
