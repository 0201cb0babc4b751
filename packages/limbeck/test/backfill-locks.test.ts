import { expect } from "testkit";
import { upgrade } from "./backfill-run.ts";
import { test } from "./sessions.ts";

test("a backfill gives up after lock.retryFor, names who blocks it, and the next run goes on", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  await sql("create table t (id integer primary key, n integer not null default 0)");
  await sql("insert into t select generate_series(1, 2000)");
  const holder = await connect("report");
  await holder.query("begin; select from t where id = 1500 for update");
  const up = `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 400, pause: 0 } });`;
  const failing = upgrade({ databaseUrl, folder, lock: { retryFor: "2s" } }, up);
  await expect(failing).rejects.toMatchObject({
    code: "LOCK_NOT_AVAILABLE",
    exitCode: 4,
    message: expect.stringMatching(
      /It waited for process \d+ from 127\.0\.0\.1 \(report, idle in transaction/,
    ) as unknown,
    hint: expect.stringMatching(/SELECT pg_terminate_backend\(\d+\)/) as unknown,
  });
  const [row] = await sql<{ rows: number }>("select count(*)::int as rows from t where n = 1");
  expect(row!.rows).toBeGreaterThanOrEqual(1200);
  expect(row!.rows).toBeLessThan(2000);
  await holder.query("rollback");
  await upgrade({ databaseUrl, folder }, up);
  expect(await sql("select n, count(*)::int as rows from t group by n")).toEqual([{ n: 1, rows: 2000 }]);
});
