import { fileURLToPath } from "node:url";
import { expect, run, test, type Sql } from "testkit";
import { writeRevisions } from "./project.ts";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));
const SEEDS = Number(process.env["LIMBECK_SEEDS"] ?? 4);
const ROWS = 20_000;

/** Starts an upgrade in a process of its own, and kills it after some time; whether it was still at work then. */
async function killedAfter(ms: number, folder: string, url: string): Promise<boolean> {
  const result = await run("node", [bin, "upgrade", "--url", `${url}?application_name=killed`], {
    cwd: folder,
    onSpawn: (child) => void setTimeout(() => child.kill("SIGKILL"), ms),
  });
  if (result.signal === null) expect(result).toMatchObject({ exitCode: 0 });
  return result.signal !== null;
}

/** A number from 0 to 1 that belongs to a seed. */
function random(seed: number): number {
  const x = Math.sin(seed + 1) * 10_000;
  return x - Math.floor(x);
}

/** The killed process' session may be at work until it notices. */
async function gone(sql: Sql): Promise<void> {
  for (;;) {
    const busy = await sql(
      "select from pg_stat_activity where datname = current_database() and application_name = 'killed'",
    );
    if (busy.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.for(Array.from({ length: SEEDS }, (_, seed) => seed))(
  "a runner killed in the middle is gone on with, and no row is changed twice or left out (seed %i)",
  { timeout: 120_000 },
  async (seed, { databaseUrl, folder, sql }) => {
    await sql("create table t (id integer primary key, n integer not null default 0, m integer not null default 0)");
    await sql(`insert into t select generate_series(1, ${ROWS})`);
    writeRevisions(folder, [
      {
        id: "a1",
        up: `  op.execute("create table log (text text)");
  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 400, pause: 5 } });
  op.execute("insert into log values ('between')");
  op.backfill("t", { set: { m: sql\`m + 1\` }, where: "m = 0", batch: { rows: 400, pause: 5 } });
  op.execute("insert into log values ('after')");`,
      },
    ]);
    let kills = 0;
    for (let attempt = 0; attempt < 3; attempt++) {
      if (!(await killedAfter(400 + 1500 * random(seed * 10 + attempt), folder, databaseUrl))) break;
      kills++;
      await gone(sql);
    }
    expect(kills).toBeGreaterThan(0);
    const last = await run("node", [bin, "upgrade", "--url", databaseUrl], { cwd: folder });
    expect(last).toMatchObject({ exitCode: 0 });
    expect(await sql("select n, m, count(*)::int as rows from t group by n, m")).toEqual([{ n: 1, m: 1, rows: ROWS }]);
    expect(await sql("select text from log")).toEqual([{ text: "between" }, { text: "after" }]);
    expect(await sql("select status from limbeck_history")).toEqual([{ status: "done" }]);
  },
);

test("SIGINT ends a backfill between batches or in one, exits with 130, and the next run goes on", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql("create table t (id integer primary key, n integer not null default 0)");
  await sql(`insert into t select generate_series(1, ${ROWS})`);
  writeRevisions(folder, [
    { id: "a1", up: `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 400, pause: 100 } });` },
  ]);
  let pid = 0;
  const running = run("node", [bin, "upgrade", "--url", databaseUrl], {
    cwd: folder,
    onSpawn: (child) => (pid = child.pid!),
  });
  while ((await sql("select from pg_class where relname = 'limbeck_history'")).length === 0);
  while ((await sql("select from t where n = 1 limit 1")).length === 0);
  process.kill(pid, "SIGINT");
  expect(await running).toMatchObject({ exitCode: 130 });
  const [row] = await sql<{ rows: number }>("select count(*)::int as rows from t where n = 1");
  expect(row!.rows % 400).toBe(0);
  expect(row!.rows).toBeLessThan(ROWS);
  const again = await run("node", [bin, "upgrade", "--url", databaseUrl], { cwd: folder });
  expect(again).toMatchObject({ exitCode: 0 });
  expect(again.stderr).toMatch(/t: 20,000 rows changed/);
  expect(await sql("select n, count(*)::int as rows from t group by n")).toEqual([{ n: 1, rows: ROWS }]);
});
