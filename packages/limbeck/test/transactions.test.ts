import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, until } from "testkit";
import { Limbeck, type OpenOptions } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { collect, test } from "./sessions.ts";

const FIRST = { id: "a1", up: `  op.execute("create table city (id integer)");`, undo: `  op.dropTable("city");` };
const second = (up: string) => ({ id: "b2", down: "a1", up });

async function open(url: string, folder: string, more: OpenOptions = {}): Promise<Limbeck> {
  return await Limbeck.open({ url, cwd: folder, transaction: "all", ...more });
}

test("one transaction for the whole run: a failure in the last step takes the first one back", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [FIRST, second(`  op.execute("insert into citi values (1)");`)]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    hint: "The whole run was rolled back: nothing is applied. Then run `limbeck upgrade` again.",
  });
  expect(await sql("select to_regclass('city') as city, (select count(*)::int from alembic_version) as rows")).toEqual([
    { city: null, rows: 0 },
  ]);
  writeRevisions(folder, [
    { ...FIRST, up: `${FIRST.up}\n  op.execute("select pg_sleep(0.3)");` },
    second(`  op.execute("insert into city values (1)");`),
  ]);
  const again = await open(databaseUrl, folder);
  expect(await again.upgrade()).toMatchObject({ steps: [{ revision: "a1" }, { revision: "b2" }], heads: ["b2"] });
  expect(await sql("select count(distinct xmin::text)::int as n from limbeck_history where status = 'done'")).toEqual([
    { n: 1 },
  ]);
  // Each step's time is its own, not the transaction's.
  expect(await sql("select revision from limbeck_history where status = 'done' and duration_ms > 300")).toEqual([
    { revision: "a1" },
  ]);
  expect(await again.downgrade("base")).toMatchObject({ heads: [] });
  await Promise.all([limbeck.close(), again.close()]);
});

test("a lock that is not to be had rolls the whole transaction back, and all of its steps run again", async ({
  databaseUrl,
  folder,
  connect,
  sql,
}) => {
  await sql("create table old (id integer)");
  writeRevisions(folder, [FIRST, second(`  op.dropTable("old");`)]);
  const retries = collect("retry");
  const reader = await connect();
  await reader.query("begin; lock table old in access share mode");
  const limbeck = await open(databaseUrl, folder, { onEvent: retries.onEvent, lock: { timeout: "50ms" } });
  const upgrade = limbeck.upgrade();
  await until(() => retries.events.length > 1);
  await reader.query("rollback");
  expect(await upgrade).toMatchObject({ steps: [{ revision: "a1" }, { revision: "b2" }] });
  await limbeck.close();
  expect(await sql("select revision, status from limbeck_history order by id")).toEqual([
    { revision: "a1", status: "done" },
    { revision: "b2", status: "done" },
  ]);
});

test("what PostgreSQL refuses in a transaction is refused before anything runs, with the revision's name", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const concurrently = `  op.createIndex("ix", "city", ["id"], { concurrently: true });`;
  writeRevisions(folder, [FIRST, second(concurrently)]);
  const started = collect("stepStart");
  const limbeck = await open(databaseUrl, folder, { onEvent: started.onEvent });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "NOT_TRANSACTIONAL",
    message: expect.stringContaining("The upgrade of b2") as unknown,
    where: { line: 10 },
  });
  expect(started.events).toEqual([]);
  writeRevisions(folder, [FIRST, second(`  await op.query("select 1");\n${concurrently}`)]);
  const looking = await open(databaseUrl, folder);
  await expect(looking.upgrade()).rejects.toMatchObject({ code: "NOT_TRANSACTIONAL", where: { line: 11 } });
  expect(await sql("select to_regclass('city') as city")).toEqual([{ city: null }]);
  await Promise.all([limbeck.close(), looking.close()]);
});

test('a revision that says transaction = "step" parts the run: what is before it is committed first', async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const migrations = writeRevisions(folder, [
    FIRST,
    second(`  op.createIndex("ix", "city", ["id"], { concurrently: true });`),
    { id: "c3", down: "b2", up: `  op.execute("select 1 / 0");` },
  ]);
  appendFileSync(join(migrations, "b2_step.ts"), `\nexport const transaction = "step";\n`);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ details: { revision: "c3" } });
  await limbeck.close();
  expect(await sql("select version_num, to_regclass('ix')::text as ix from alembic_version")).toEqual([
    { version_num: "b2", ix: "ix" },
  ]);
});

test('a revision that says transaction = "none" runs each statement by itself, and goes on where it failed', async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const file = join(writeRevisions(folder, [FIRST]), "b2.sql");
  writeFileSync(
    file,
    `-- revision: b2\n-- downRevision: a1\n-- transaction: none\n\n-- upgrade
create procedure fill() language plpgsql as $$ begin insert into city values (1); commit; insert into city values (2); end $$;
call fill();
insert into citi values (3);\n`,
  );
  const limbeck = await open(databaseUrl, folder, { transaction: "step" });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    hint: "What revision b2 did before that stays (2 statements), and the database stands at a1. Then run `limbeck upgrade` again: it goes on from there.",
  });
  writeFileSync(file, readFileSync(file, "utf8").replace("citi", "city"));
  expect(await limbeck.upgrade()).toMatchObject({ heads: ["b2"] });
  await limbeck.close();
  expect(await sql("select id from city order by 1")).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test("hooks run in the step's transaction, and what they throw rolls it back", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [FIRST, second(`  op.execute("insert into city values (1)");`)]);
  await sql("create table audit (text text)");
  const limbeck = await open(databaseUrl, folder, {
    transaction: "step",
    beforeStep: async ({ revision, direction }, { query }) => {
      await query(`insert into audit values ('before ${direction} ${revision}')`);
    },
    afterStep: async ({ revision }, { query }) => {
      await query(`insert into audit values ('after ${revision}')`);
      if (revision === "b2") throw new Error("not on a Friday");
    },
  });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "HOOK_FAILED",
    message: "afterStep threw at the upgrade of b2: not on a Friday",
    hint: "Correct afterStep in the configuration. Revision b2 was rolled back whole: the database stands at a1. Then run `limbeck upgrade` again.",
  });
  await limbeck.close();
  expect(
    await sql("select a.text, a.xmin = h.xmin as same from audit a, limbeck_history h where h.revision = 'a1'"),
  ).toEqual([
    { text: "before upgrade a1", same: true },
    { text: "after a1", same: true },
  ]);
  expect(await sql("select id from city")).toEqual([]);
});

test("a setting of a wrong form is told with its file", async ({ databaseUrl, folder }) => {
  const file = join(writeRevisions(folder, [FIRST]), "a1_step.ts");
  appendFileSync(file, `\nexport const lockTimeout = "soon";\n`);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "REVISION_FILE_INVALID",
    message: '"lockTimeout" of a revision has to be a time, such as "500ms", "2s" or "5min".',
    where: { file },
  });
  await limbeck.close();
});
