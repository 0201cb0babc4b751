import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testDatabase, testRevisions } from "limbeck/testing";
import { Client } from "pg";
import { expect, run, test } from "testkit";
import { writeRevisions } from "./project.ts";

const CITY = {
  id: "a1",
  up: `op.createTable("city", column("id", "serial"), column("name", "text"), primaryKey(["id"]));`,
  undo: `op.dropTable("city");`,
};

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as unknown[];
  } finally {
    await client.end();
  }
}

const NAMES = "select name from city order by name";

test("each test database is its own, and all are copies of one template that is migrated once", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [CITY]);
  writeFileSync(
    join(folder, "rows.sql"),
    "insert into city (name) values ('Oslo'); insert into city (name) values ('Rome');",
  );
  const options = { cwd: folder, url: databaseUrl, migrations: "migrations", seed: "rows.sql" };
  const open = async () => await testDatabase(options);
  const names = (url: string) => query(url, NAMES).then((rows) => rows.map((row) => (row as { name: string }).name));
  const templates = async () =>
    (await sql<{ name: string }>("select datname as name from pg_database where datname ~ '^limbeck_template_'")).map(
      ({ name }) => name,
    );
  const before = await templates();
  const [one, two] = await Promise.all([open(), open()]);
  try {
    expect(await names(one.url)).toEqual(["Oslo", "Rome"]);
    await query(one.url, "delete from city");
    expect(await names(two.url)).toEqual(["Oslo", "Rome"]);
    await one.reset();
    expect(await names(one.url)).toEqual(["Oslo", "Rome"]);
    expect(await query(one.url, "select version_num from alembic_version")).toEqual([{ version_num: "a1" }]);
    expect(await sql("select to_regclass('city') as city"), "the configured database is not touched").toEqual([
      { city: null },
    ]);

    writeRevisions(folder, [
      CITY,
      { id: "b2", down: "a1", up: `op.execute("insert into city (name) values ('Bern')");`, undo: "" },
    ]);
    const changed = await open();
    expect(await names(changed.url)).toEqual(["Bern", "Oslo", "Rome"]);
    await changed.drop();
    await expect(query(changed.url, "select 1")).rejects.toThrow("does not exist");
  } finally {
    await one.drop();
    await two.drop();
  }
  const made = (await templates()).filter((name) => !before.includes(name));
  expect(made).toHaveLength(2);
  for (const name of made) await sql(`drop database ${name}`);
});

test("the embedded database's is in memory, and goes back to its beginning", async ({ folder }) => {
  writeRevisions(folder, [CITY]);
  const database = await testDatabase({ cwd: folder, url: "pglite://data", migrations: "migrations" });
  const rows = async (text: string) =>
    (await (database.client as { query(text: string): Promise<{ rows: unknown[] }> }).query(text)).rows;
  await rows("insert into city (name) values ('Oslo')");
  await database.reset();
  expect(await rows(NAMES)).toEqual([]);
  await database.drop();
});

test("the rollback test is one line, and its failure says what is wrong", async ({ databaseUrl, folder }) => {
  const options = { cwd: folder, url: databaseUrl, migrations: writeRevisions(folder, [CITY]) };
  expect(await testRevisions(options)).toMatchObject({ ok: true });
  writeRevisions(folder, [{ ...CITY, undo: "" }, { id: "b2" }]);
  await expect(testRevisions(options)).rejects.toMatchObject({
    code: "TEST_FAILED",
    message: expect.stringMatching(/a1: table city is left behind[^]*there are several heads: a1, b2/) as string,
  });
});

test("node:test needs nothing else", async ({ databaseUrl, folder }) => {
  writeRevisions(folder, [CITY]);
  const entry = fileURLToPath(new URL("../dist/testing.js", import.meta.url));
  writeFileSync(
    join(folder, "city.test.mjs"),
    `import test from "node:test";
     import assert from "node:assert/strict";
     import { testDatabase, testRevisions } from ${JSON.stringify(entry)};
     const options = { cwd: ${JSON.stringify(folder)}, url: ${JSON.stringify(databaseUrl)}, migrations: "migrations" };
     test("a database", async (t) => {
       const database = await testDatabase(options);
       t.after(() => database.drop());
       assert.match(database.url, /limbeck_test_/);
     });
     test("the revisions", () => testRevisions(options));`,
  );
  const { exitCode, stdout } = await run("node", ["--test", "city.test.mjs"], {
    cwd: folder,
  });
  expect(stdout).toMatch(/^(?:ℹ|#) pass 2$/m);
  expect(exitCode).toBe(0);
});
