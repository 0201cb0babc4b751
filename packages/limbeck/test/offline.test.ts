import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { expect, run, test } from "testkit";
import { Limbeck, type OpenOptions } from "../src/index.ts";
import { writeRevisions } from "./project.ts";

const CITY = {
  id: "a1",
  up: `  op.createTable("city", column("id", "integer"), column("name", "text"));`,
  undo: `  op.dropTable("city");`,
};
const INDEX = {
  id: "b2",
  down: "a1",
  up: `  op.addColumn("city", column("note", "text"));
  op.createIndex("ux_city", "city", ["id"], { unique: true, concurrently: true });
  op.execute("UPDATE city SET note = 'é'");`,
  undo: `  op.dropIndex("ux_city");\n  op.dropColumn("city", "note");`,
};

interface Project {
  readonly limbeck: Limbeck;
  readonly psql: (script: string, env?: Readonly<Record<string, string>>) => ReturnType<typeof run>;
}

async function project(url: string, folder: string, options: OpenOptions = {}): Promise<Project> {
  const limbeck = await Limbeck.open({ url, cwd: folder, ...options });
  const file = join(folder, "script.sql");
  return {
    limbeck,
    psql(script, env = {}) {
      writeFileSync(file, script);
      return run("psql", ["-X", "-q", "-f", file, url], { env });
    },
  };
}

test("strong locks are asked for under the timeout of a run, and an index is built without one", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [CITY, INDEX, { id: "c3", down: "b2", up: `  op.dropColumn("city", "note");` }]);
  const { limbeck, psql } = await project(databaseUrl, folder, { lock: { timeout: "300ms" } });
  const script = await limbeck.upgradeSql("base:b2");
  expect(script).toContain(`SET LOCAL lock_timeout = 300;\n\nALTER TABLE city ADD COLUMN note text;`);
  expect(script).toContain("COMMIT;\n\nCREATE UNIQUE INDEX CONCURRENTLY ux_city ON city (id);\n\nUPDATE");
  await sql(`ALTER ROLE CURRENT_USER IN DATABASE "${new URL(databaseUrl).pathname.slice(1)}" SET lock_timeout = 1`);
  expect(await psql(script)).toMatchObject({ exitCode: 0, stderr: "" });

  await sql("BEGIN; LOCK TABLE city IN ACCESS SHARE MODE");
  const next = await limbeck.upgradeSql("b2:c3");
  const started = performance.now();
  const stopped = await psql(next);
  expect(performance.now() - started).toBeGreaterThan(300);
  expect(stopped).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("due to lock timeout") as unknown });
  await sql("COMMIT");
  expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "b2" }]);
  expect(await psql(next)).toMatchObject({ exitCode: 0, stderr: "" });
  await limbeck.close();
});

test("a revision's and the configuration's other timeouts are in the script", async ({ databaseUrl, folder }) => {
  writeRevisions(folder, [{ ...CITY, up: `  op.execute("SELECT pg_sleep(9)");` }]);
  const timeouts = { statement: "200ms", transaction: "5s" };
  const { limbeck, psql } = await project(databaseUrl, folder, { timeouts });
  expect(await psql(await limbeck.upgradeSql())).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("due to statement timeout") as unknown,
  });
  await limbeck.close();
  const cut = await project(databaseUrl, folder, { timeouts: { transaction: "200ms" } });
  expect(await cut.psql(await cut.limbeck.upgradeSql())).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("due to transaction timeout") as unknown,
  });
  await cut.limbeck.close();
});

test("a script that was cut off behind a commit is not begun again, and the next run goes on there", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [CITY, INDEX]);
  const { limbeck, psql } = await project(databaseUrl, folder);
  await limbeck.upgrade("a1");
  await sql("INSERT INTO city VALUES (1), (1)");
  const script = await limbeck.upgradeSql("a1:b2");
  expect((await psql(script)).stderr).toContain("could not create unique index");
  const again = await psql(script);
  expect(again.exitCode).toBe(3);
  expect(again.stderr).toContain("the upgrade of b2 was cut off half-way");
  expect(again.stderr).toContain("HINT:  End it first, with limbeck and no --sql.");
  await sql("DELETE FROM city WHERE ctid = (SELECT max(ctid) FROM city)");
  expect(await limbeck.upgrade()).toMatchObject({ steps: [{ revision: "b2" }], heads: ["b2"] });
  expect(await sql("SELECT id, note, indisvalid FROM city, pg_index WHERE indexrelid = 'ux_city'::regclass")).toEqual([
    { id: 1, note: "é", indisvalid: true },
  ]);
  await limbeck.close();
});

test("a stamp as a script ends what was cut off, like a stamp", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [CITY, INDEX]);
  const { limbeck, psql } = await project(databaseUrl, folder);
  await limbeck.upgrade("a1");
  await sql("INSERT INTO city VALUES (1), (1)");
  await psql(await limbeck.upgradeSql("a1:b2"));
  expect(await psql(await limbeck.stampSql("a1:b2"))).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await sql("SELECT revision, status FROM limbeck_history ORDER BY id")).toEqual([
    { revision: "a1", status: "done" },
    { revision: "b2", status: "interrupted" },
    { revision: "b2", status: "stamped" },
  ]);
  expect((await limbeck.downgradeSql("b2:a1")).length).toBeGreaterThan(0);
  await limbeck.close();
});

test("a script refuses to run while another migration does", async ({ databaseUrl, folder }) => {
  writeRevisions(folder, [CITY]);
  const { limbeck, psql } = await project(databaseUrl, folder);
  const other = new Client({ connectionString: databaseUrl });
  await other.connect();
  await other.query("SELECT pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))");
  const script = await limbeck.upgradeSql();
  expect((await psql(script)).stderr).toContain("another migration of this database is running");
  await other.end();
  expect((await psql(script)).exitCode).toBe(0);
  await limbeck.close();
});

test("in one transaction, a script that fails leaves nothing", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", up: `  op.execute("SELECT 1 / (SELECT count(*) FROM city)");` },
  ]);
  const { limbeck, psql } = await project(databaseUrl, folder, { transaction: "all" });
  const script = await limbeck.upgradeSql();
  expect(script.match(/^BEGIN;$/gm)).toHaveLength(2);
  expect((await psql(script)).exitCode).toBe(3);
  expect(await sql("SELECT to_regclass('city') AS city")).toEqual([{ city: null }]);
  expect(await psql(script.replace("1 / (SELECT", "(SELECT"))).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await sql("SELECT version_num FROM alembic_version")).toEqual([{ version_num: "b2" }]);
  await limbeck.close();
});

test("in one transaction, what cannot be in it is refused, or is said to stand for itself", async ({
  databaseUrl,
  folder,
}) => {
  const migrations = writeRevisions(folder, [CITY, INDEX]);
  const { limbeck, psql } = await project(databaseUrl, folder, { transaction: "all" });
  const path = join(migrations, "b2_step.ts");
  await expect(limbeck.upgradeSql()).rejects.toMatchObject({
    code: "NOT_TRANSACTIONAL",
    where: { file: path, line: 11 },
  });
  writeFileSync(path, `${readFileSync(path, "utf8")}\nexport const transaction = "step";\n`);
  expect(await psql(await limbeck.upgradeSql())).toMatchObject({ exitCode: 0, stderr: "" });
  await limbeck.close();
});

test("text arrives whatever encoding psql would take", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [{ id: "a1", up: `  op.execute("CREATE TABLE t AS SELECT 'é🌍' AS said");` }]);
  const { limbeck, psql } = await project(databaseUrl, folder);
  expect(await psql(await limbeck.upgradeSql(), { PGCLIENTENCODING: "LATIN1" })).toMatchObject({ exitCode: 0 });
  expect(await sql("SELECT said FROM t")).toEqual([{ said: "é🌍" }]);
  await limbeck.close();
});

test("nothing is printed when a revision looks at the database, even the second one", async ({
  databaseUrl,
  folder,
}) => {
  const migrations = writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", up: `  op.dropTable("city");\n  await op.query(sql\`SELECT 1\`);` },
  ]);
  const { limbeck } = await project(databaseUrl, folder);
  const where = { file: join(migrations, "b2_step.ts"), line: 11 };
  await expect(limbeck.upgradeSql()).rejects.toMatchObject({ code: "OFFLINE_NEEDS_DATABASE", where });
  await limbeck.close();
  const hooked = await project(databaseUrl, folder, { beforeStep: () => undefined });
  await expect(hooked.limbeck.upgradeSql()).rejects.toMatchObject({
    code: "OFFLINE_NEEDS_DATABASE",
    message: expect.stringContaining("beforeStep") as unknown,
  });
  await hooked.limbeck.close();
});

test("a new revision comes with its script, from what it needs", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [CITY, { id: "x1", message: "other line" }]);
  const { limbeck, psql } = await project(databaseUrl, folder);
  await limbeck.upgrade("heads");
  const { revision, sql: script } = await limbeck.revisionSql({ head: ["a1", "x1"], message: "both" });
  expect(script).toContain(`-- Running upgrade a1, x1 -> ${revision}, both`);
  expect(await psql(script)).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await sql("SELECT version_num FROM alembic_version")).toEqual([{ version_num: revision }]);
  const base = await limbeck.revisionSql({ head: "base" });
  expect((await psql(base.sql)).stderr).toContain(`starts from {}, and the database stands at {${revision}}`);
  await limbeck.close();
});
