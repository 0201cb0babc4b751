import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "testkit";
import { Limbeck } from "../src/index.ts";
import { upgrade } from "./backfill-run.ts";
import { writeRevisions } from "./project.ts";

const T = "create table t (id integer primary key, n integer not null default 0)";
const ROWS = "insert into t select generate_series(1, 5000)";
const ONCE = "select n, count(*)::int as rows from t group by n order by n";

test("a backfill splits its step: what stands before it is committed, then each batch, and the rest comes after", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const told = await upgrade(
    { databaseUrl, folder },
    `  op.execute("create table t (id integer primary key, n integer); ${ROWS}");
  op.backfill("t", { set: { n: sql\`id * 2\` }, where: "n IS NULL", batch: { rows: 700, pause: 0 } });
  op.alterColumn("t", "n", { nullable: false });`,
  );
  const [row] = await sql<{ rows: number; batches: number }>(
    "select count(*)::int as rows, count(distinct xmin::text)::int as batches from t where n = id * 2",
  );
  expect(row!.rows).toBe(5000);
  expect(row!.batches).toBeGreaterThanOrEqual(8);
  expect(told.at(-1)).toMatchObject({ table: "t", pass: 3, changed: 5000, done: true });
  expect(await sql("select status, progress_done, progress_backfill from limbeck_history")).toEqual([
    { status: "done", progress_done: null, progress_backfill: null },
  ]);
});

test("without a condition each row is changed once, in one pass", async ({ databaseUrl, folder, sql }) => {
  await sql(T);
  await sql(ROWS);
  const told = await upgrade({ databaseUrl, folder }, `  op.backfill("t", { set: { n: sql\`n + 1\` } });`);
  expect(await sql(ONCE)).toEqual([{ n: 1, rows: 5000 }]);
  expect(told.at(-1)).toMatchObject({ pass: 2, changed: 5000, done: true });
});

test("with a condition that still holds after the change each row is changed once all the same", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(T);
  await sql(ROWS);
  await upgrade({ databaseUrl, folder }, `  op.backfill("t", { set: { n: sql\`n + 1\` }, where: "id % 2 = 0" });`);
  expect(await sql(ONCE)).toEqual([
    { n: 0, rows: 2500 },
    { n: 1, rows: 2500 },
  ]);
});

test.for([
  ["no rows", ""],
  ["all rows done already", "insert into t select g, 7 from generate_series(1, 5000) g"],
])("with %s it ends at once, and changes nothing", async ([, rows], { databaseUrl, folder, sql }) => {
  await sql(T);
  if (rows !== "") await sql(rows!);
  const [before] = await sql("select sum(hashtext(xmin::text || t::text)) as sum from t");
  const told = await upgrade({ databaseUrl, folder }, `  op.backfill("t", { set: { n: 7 }, where: "n <> 7" });`);
  expect(told.at(-1)).toMatchObject({ pass: 2, changed: 0, done: true });
  expect(await sql("select sum(hashtext(xmin::text || t::text)) as sum from t")).toEqual([before]);
});

test("few rows to change among many are found by scanning in bounded batches", async ({ databaseUrl, folder, sql }) => {
  await sql(T);
  await sql("insert into t select g, 1 from generate_series(1, 100000) g");
  await sql("update t set n = 0 where id in (1, 50000, 99999, 100000)");
  const told = await upgrade({ databaseUrl, folder }, `  op.backfill("t", { set: { n: 1 }, where: "n = 0" });`);
  expect(await sql(ONCE)).toEqual([{ n: 1, rows: 100_000 }]);
  expect(told.filter(({ done }) => !done).length).toBeGreaterThan(4);
});

test("the reverse that the author stated undoes it, batch by batch", async ({ databaseUrl, folder, sql }) => {
  await sql(T);
  await sql(ROWS);
  const call = `op.backfill("t", { set: { n: 5 }, where: "n = 0"`;
  writeRevisions(folder, [
    { id: "a1", up: `  ${call} });`, undo: `  op.backfill("t", { set: { n: 0 }, where: "n = 5" });` },
  ]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await limbeck.upgrade();
  expect(await sql(ONCE)).toEqual([{ n: 5, rows: 5000 }]);
  await limbeck.downgrade("base");
  await limbeck.close();
  expect(await sql(ONCE)).toEqual([{ n: 0, rows: 5000 }]);
});

test("a batch that fails is rolled back alone, names the author's line, and is gone on with after the correction", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(T);
  await sql(ROWS);
  await sql("alter table t add constraint few check (n < 2 or id <> 4000)");
  const up = `  op.backfill("t", { set: { n: sql\`n + 2\` }, batch: { rows: 500 } });`;
  await expect(upgrade({ databaseUrl, folder }, up)).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    where: { line: 10 },
    details: { sqlstate: "23514", statement: expect.stringContaining("UPDATE t SET n = n + 2") as unknown },
  });
  expect(await sql("select status, progress_backfill->>'changed' as changed from limbeck_history")).toEqual([
    { status: "running", changed: "3500" },
  ]);
  expect(await sql(ONCE)).toEqual([
    { n: 0, rows: 1500 },
    { n: 2, rows: 3500 },
  ]);
  await sql("alter table t drop constraint few");
  await upgrade({ databaseUrl, folder }, up);
  expect(await sql(ONCE)).toEqual([{ n: 2, rows: 5000 }]);
});

test("a backfill that was edited while it was half done is not gone on with", async ({ databaseUrl, folder, sql }) => {
  await sql(T);
  await sql(ROWS);
  await sql("alter table t add constraint few check (n < 2 or id <> 4000)");
  const up = (n: number): string => `  op.backfill("t", { set: { n: ${n} }, batch: { rows: 500 } });`;
  await expect(upgrade({ databaseUrl, folder }, up(2))).rejects.toMatchObject({ code: "STATEMENT_FAILED" });
  await expect(upgrade({ databaseUrl, folder }, up(1))).rejects.toMatchObject({ code: "STEP_CHANGED" });
  expect(await sql(ONCE)).toEqual([
    { n: 0, rows: 1500 },
    { n: 2, rows: 3500 },
  ]);
});

test("two backfills in one step each begin at the beginning", async ({ databaseUrl, folder, sql }) => {
  await sql(T);
  await sql(ROWS);
  await upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { n: sql\`n + 1\` } });\n  op.backfill("t", { set: { n: sql\`n * 10\` } });`,
  );
  expect(await sql(ONCE)).toEqual([{ n: 10, rows: 5000 }]);
});

test("the embedded database is changed in batches as well", async ({ folder }) => {
  const { PGlite } = await import("@electric-sql/pglite");
  const client = await PGlite.create();
  await client.exec(`${T}; ${ROWS}`);
  const told = await upgrade({ folder, client }, `  op.backfill("t", { set: { n: sql\`n + 1\` }, where: "n = 0" });`);
  expect((await client.query(ONCE)).rows).toEqual([{ n: 1, rows: 5000 }]);
  expect(told.at(-1)).toMatchObject({ changed: 5000, done: true });
  await client.close();
});

test("a server that is far away does not make the batches small", async ({ databaseUrl, folder, sql }) => {
  await sql(T);
  await sql(ROWS);
  const { hostname, port } = new URL(databaseUrl);
  const late = (from: Socket, to: Socket): void => {
    from.on("data", (chunk) => void setTimeout(() => to.write(chunk), 60));
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
  };
  const far = createServer((client) => {
    const server = connect(Number(port), hostname);
    late(client, server);
    late(server, client);
  });
  await new Promise<void>((resolve) => far.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(far.address() as AddressInfo).port}`;
  await upgrade({ databaseUrl: url.href, folder }, `  op.backfill("t", { set: { n: 1 }, where: "n = 0" });`);
  far.close();
  const [row] = await sql<{ batches: number }>("select count(distinct xmin::text)::int as batches from t where n = 1");
  expect(row!.batches).toBeLessThan(100);
});
