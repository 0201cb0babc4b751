import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, expect, run, test } from "testkit";
import { Limbeck, type OpenOptions } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { collect } from "./sessions.ts";

const CITY = {
  id: "a1",
  up: `  op.createTable("city", column("id", "integer", { nullable: false }), column("name", "text"), primaryKey(["id"]));`,
  undo: `  op.dropTable("city");`,
};

async function open(url: string, folder: string, more: OpenOptions = {}): Promise<Limbeck> {
  return await Limbeck.open({ url, cwd: folder, ...more });
}

test("upgrade runs each revision in a transaction with its version row and its history row", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [CITY, { id: "b2", down: "a1", up: `  op.addColumn("city", column("mayor", "text"));` }]);
  const limbeck = await open(databaseUrl, folder);
  const events: string[] = [];
  const result = await limbeck.upgrade();
  await limbeck.close();

  expect(result).toMatchObject({
    steps: [
      { revision: "a1", direction: "upgrade" },
      { revision: "b2", direction: "upgrade" },
    ],
    heads: ["b2"],
  });
  expect(events).toEqual([]);
  expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "b2" }]);
  expect(
    await sql(
      "select revision, direction, status, version, checksum ~ '^[0-9a-f]{64}$' as hashed, xmin from limbeck_history",
    ),
  ).toMatchObject([
    { revision: "a1", direction: "upgrade", status: "done", hashed: true },
    { revision: "b2", direction: "upgrade", status: "done", hashed: true },
  ]);
  const [row] = await sql<{ same: boolean }>(
    `select h.xmin = v.xmin as same from limbeck_history h, alembic_version v where h.revision = v.version_num`,
  );
  expect(row!.same).toBe(true);
});

test("a step that fails is rolled back whole, the ones before it stay, and the history tells why", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [
    CITY,
    {
      id: "b2",
      down: "a1",
      up: `  op.execute("insert into city values (1, 'x')");\n  op.execute("insert into city values (1, 'y')");`,
    },
  ]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    exitCode: 3,
    where: { file: join(folder, "migrations", "b2_step.ts"), line: 11 },
    details: { revision: "b2", sqlstate: "23505", statement: "insert into city values (1, 'y')" },
  });
  await limbeck.close();
  expect(await sql("select * from city")).toEqual([]);
  expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "a1" }]);
  const history = await sql<{ error: string }>("select revision, status, error from limbeck_history order by id");
  expect(history).toMatchObject([
    { revision: "a1", status: "done" },
    { revision: "b2", status: "failed" },
  ]);
  expect(history[1]!.error).toContain("duplicate key");
});

test("a syntax error names its statement, its place in it and the author's line", async ({ databaseUrl, folder }) => {
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("select 'é'");\n  op.execute("select 1 +\\n  'ü' fron x y");` },
  ]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    where: { line: 11 },
    details: { statement: "select 1 +\n  'ü' fron x y", position: 23, sqlstate: "42601" },
  });
  await limbeck.close();
});

test("a query sees what was recorded before it, inside the step's transaction", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [
    {
      id: "a1",
      up: `  op.createTable("city", column("id", "integer"));
  op.execute(sql\`insert into city select generate_series(1, \${3})\`);
  const [row] = await op.query<{ n: number }>(sql\`select count(*)::int as n from city\`);
  op.execute(sql\`insert into city values (\${row!.n + 100})\`);
  const client = (await op.connection()) as { query(text: string): Promise<unknown> };
  await client.query("insert into city values (200)");`,
    },
  ]);
  const limbeck = await open(databaseUrl, folder);
  await limbeck.upgrade();
  await limbeck.close();
  const rows = await sql<{ id: number; xmin: string }>("select id, xmin from city order by id");
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 103, 200]);
  expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
});

test("a forgotten await is an error, not a lost statement", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [{ id: "a1", up: `  void op.query("select pg_sleep(0.1)").catch(() => undefined);` }]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "UNAWAITED_QUERY" });
  await limbeck.close();
  expect(await sql("select * from alembic_version")).toEqual([]);
});

test("BEGIN and COMMIT in a revision's SQL are refused before anything of the step is sent", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [{ id: "a1", up: `  op.execute("create table x (); commit");` }]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "TRANSACTION_CONTROL", where: { line: 10 } });
  await limbeck.close();
  expect(await sql("select to_regclass('x') as x")).toEqual([{ x: null }]);
});

test("what PostgreSQL refuses in a transaction runs alone, and a step that fails after it goes on there", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const up = (last: string): string => `  op.createTable("city", column("id", "integer"));
  op.createIndex("ix_city_id", "city", ["id"], { concurrently: true });
  op.execute("alter table city add column name text; create index concurrently ix_city_name on city (name); ${last}");`;
  writeRevisions(folder, [{ id: "a1", up: up("insert into citi values (1)") }]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "STATEMENT_FAILED", details: { sqlstate: "42P01" } });
  expect(await sql("select status, progress_done from limbeck_history")).toEqual([
    { status: "running", progress_done: 4 },
  ]);
  expect(await sql("select version_num from alembic_version")).toEqual([]);

  const path = join(folder, "migrations", "a1_step.ts");
  writeFileSync(path, readFileSync(path, "utf8").replace("citi", "city"));
  expect(await limbeck.upgrade()).toMatchObject({ heads: ["a1"] });
  await limbeck.close();
  expect(await sql("select id, name from city")).toEqual([{ id: 1, name: null }]);
  expect(await sql("select status, progress_done from limbeck_history")).toEqual([
    { status: "done", progress_done: null },
  ]);
});

test("a half-done step whose first statements were edited is refused", async ({ databaseUrl, folder }) => {
  const up = (type: string): string => `  op.createTable("city", column("id", "${type}"));
  op.createIndex("ix_city_id", "city", ["id"], { concurrently: true });
  op.execute("select 1 / 0");`;
  writeRevisions(folder, [{ id: "a1", up: up("integer") }]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ details: { sqlstate: "22012" } });
  writeRevisions(folder, [{ id: "a1", up: up("bigint") }]);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "STEP_CHANGED", details: { done: 2 } });
  await limbeck.close();
});

test("an index that was left invalid is built again on resuming", async ({ databaseUrl, folder, sql }) => {
  const up = `  op.execute("create table city (id integer); insert into city values (1), (1)");
  op.createIndex("ux_city", "city", ["id"], { unique: true, concurrently: true });`;
  writeRevisions(folder, [{ id: "a1", up }]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ details: { sqlstate: "23505" } });
  const ready = "select indisvalid from pg_index where indexrelid = 'ux_city'::regclass";
  expect(await sql(ready)).toEqual([{ indisvalid: false }]);
  await sql("delete from city where ctid = (select min(ctid) from city)");
  await limbeck.upgrade();
  await limbeck.close();
  expect(await sql(ready)).toEqual([{ indisvalid: true }]);
});

test("a version row that somebody else moved rolls the step back", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", up: `  op.execute("delete from alembic_version; create table x ()");` },
  ]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "VERSION_ROW_CHANGED" });
  await limbeck.close();
  expect(await sql("select version_num, to_regclass('x') as x from alembic_version")).toEqual([
    { version_num: "a1", x: null },
  ]);
});

test("ids longer than Alembic's 32 characters widen the version table before anything runs", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const long = "x".repeat(60);
  writeRevisions(folder, [{ id: "a1" }, { id: long, down: "a1" }]);
  await sql(
    "create table alembic_version (version_num varchar(32) not null constraint alembic_version_pkc primary key)",
  );
  await sql("insert into alembic_version values ('a1')");
  const limbeck = await open(databaseUrl, folder);
  expect(await limbeck.upgrade()).toMatchObject({ heads: [long] });
  await limbeck.close();
  expect(await sql("select version_num, pg_typeof(version_num)::text as type from alembic_version")).toEqual([
    { version_num: long, type: "text" },
  ]);
});

test("upgrade, downgrade base, upgrade again; rows and schema come back", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", labels: "left", up: `  op.execute("create table l ()");`, undo: `  op.dropTable("l");` },
    { id: "c3", down: "a1", up: `  op.execute("create table r ()");`, undo: `  op.dropTable("r");` },
    { id: "d4", down: ["b2", "c3"] },
  ]);
  const limbeck = await open(databaseUrl, folder);
  await limbeck.upgrade();
  expect(await limbeck.downgrade("-1")).toMatchObject({ heads: ["b2", "c3"] });
  expect(await sql("select version_num from alembic_version order by 1")).toEqual([
    { version_num: "b2" },
    { version_num: "c3" },
  ]);
  expect(await limbeck.downgrade("base")).toMatchObject({ heads: [] });
  expect(await sql("select count(*)::int as n from pg_class where relname in ('city', 'l', 'r')")).toEqual([{ n: 0 }]);
  expect(await limbeck.upgrade()).toMatchObject({ heads: ["d4"] });
  await limbeck.close();
});

test("an upgrade with nothing to do writes nothing and takes no lock", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [CITY]);
  const limbeck = await open(databaseUrl, folder);
  await limbeck.upgrade();
  await sql("select pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))");
  expect(await limbeck.upgrade()).toEqual({ steps: [], heads: ["a1"] });
  await limbeck.close();
});

test("a lock that is not let go of in time is an error that names its holder", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [CITY]);
  await sql("select pg_advisory_lock(hashtextextended('limbeck:public.alembic_version', 0))");
  const [{ pid }] = (await sql<{ pid: number }>("select pg_backend_pid() as pid")) as [{ pid: number }];
  const waits = collect("wait");
  const limbeck = await open(databaseUrl, folder, { lock: { wait: "300ms" }, onEvent: waits.onEvent });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "LOCK_TIMEOUT",
    exitCode: 4,
    details: { holder: { pid } },
  });
  await limbeck.close();
  expect(waits.events).toMatchObject([{ for: "lock", holder: { pid } }]);
  expect(await sql("select to_regclass('alembic_version') as t")).toEqual([{ t: null }]);
});

test("two relative upgrades at once go one step together", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [
    { id: "a1", up: `  op.execute("create table t (); select pg_sleep(0.5)");` },
    { id: "b2", down: "a1", up: `  op.execute("create table u ()");` },
  ]);
  const both = await Promise.all([open(databaseUrl, folder), open(databaseUrl, folder)]);
  const results = await Promise.all(both.map((limbeck) => limbeck.upgrade("+1")));
  await Promise.all(both.map((limbeck) => limbeck.close()));
  expect(results.map(({ steps }) => steps.length).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "a1" }]);
});

test("an aborted run cancels its statement, rolls back and lets go of the lock", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", up: `  op.execute("create table t (); select pg_sleep(30)");` },
  ]);
  const interruption = new AbortController();
  const limbeck = await open(databaseUrl, folder, {
    signal: interruption.signal,
    onEvent: (event) => {
      if (event.type === "stepStart" && event.step.revision === "b2") setTimeout(() => interruption.abort(), 300);
    },
  });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "INTERRUPTED",
    exitCode: 130,
    details: { done: ["a1"] },
  });
  expect(await sql("select to_regclass('t') as t, version_num from alembic_version")).toEqual([
    { t: null, version_num: "a1" },
  ]);
  expect(
    await sql(
      "select count(*)::int as n from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    ),
  ).toEqual([{ n: 0 }]);
  await limbeck.close();
});

test("a connection that is cut in the middle of a step is told as such, and the next run goes on", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [
    CITY,
    { id: "b2", down: "a1", up: `  op.execute("create table t (); select pg_sleep(1)");`, undo: "" },
  ]);
  const limbeck = await open(databaseUrl, folder, {
    onEvent: (event) => {
      if (event.type !== "stepStart" || event.step.revision !== "b2") return;
      const others = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'limbeck'";
      setTimeout(() => void sql(`${others} and datname = current_database()`), 300);
    },
  });
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "CONNECTION_LOST", exitCode: 3 });
  await limbeck.close();
  const again = await open(databaseUrl, folder);
  expect(await again.upgrade()).toMatchObject({ steps: [{ revision: "b2" }], heads: ["b2"] });
  await again.close();
});

test("the offline script leaves the same catalogs and rows as the run, and refuses another start", async ({
  databaseUrl,
  postgresUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [
    CITY,
    {
      id: "b2",
      down: "a1",
      up: `  op.createEnum("mood", ["ok", "it's"]);
  op.addColumn("city", column("mood", "mood", { default: "ok", comment: "how -- it's" }));
  op.createIndex("ix_city_mood", "city", ["mood"], { concurrently: true });
  op.execute("insert into city values (1, 'semi;colon', 'ok') -- trailing comment");`,
      undo: `  op.dropColumn("city", "mood");\n  op.dropEnum("mood");`,
    },
  ]);
  const limbeck = await open(databaseUrl, folder);
  const script = join(folder, "upgrade.sql");
  writeFileSync(script, await limbeck.upgradeSql("head"));
  await limbeck.upgrade();
  const offline = await createDatabase(postgresUrl);
  const psql = (file: string) => run("psql", ["-X", "-q", "-f", file, offline.url]);
  expect(await psql(script)).toMatchObject({ exitCode: 0, stderr: "" });
  const catalogs = `select relname, relkind::text, (select array_agg(attname || format_type(atttypid, atttypmod) order by attnum)
       from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
     from pg_class c where relnamespace = 'public'::regnamespace order by relname`;
  const other = await open(offline.url, folder);
  const client = (await other.client()) as { query(text: string): Promise<{ rows: unknown[] }> };
  expect((await client.query(catalogs)).rows).toEqual(await sql(catalogs));
  const rows = "select revision, direction, status, checksum from limbeck_history order by id";
  expect((await client.query(rows)).rows).toEqual(await sql(rows));
  expect((await client.query("select * from city")).rows).toEqual(await sql("select * from city"));
  expect(await other.check()).toMatchObject({ pending: { ok: true } });

  const again = await psql(script);
  expect(again.exitCode).toBe(3);
  expect(again.stderr).toContain("this script starts from {}, and the database stands at {b2}");

  const down = join(folder, "downgrade.sql");
  writeFileSync(down, await limbeck.downgradeSql("b2:base"));
  expect(await psql(down)).toMatchObject({ exitCode: 0, stderr: "" });
  expect((await client.query("select * from alembic_version")).rows).toEqual([]);
  await Promise.all([limbeck.close(), other.close()]);
  await offline.drop();
});

test("stamp writes rows and runs nothing; with purge it survives rows that no file knows", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  writeRevisions(folder, [CITY, { id: "b2", down: "a1" }]);
  const limbeck = await open(databaseUrl, folder);
  expect(await limbeck.stamp("head")).toEqual({ before: [], heads: ["b2"] });
  expect(await sql("select to_regclass('city') as city, version_num from alembic_version")).toEqual([
    { city: null, version_num: "b2" },
  ]);
  await sql("update alembic_version set version_num = 'gone'");
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "REVISION_UNKNOWN_TO_FILES", exitCode: 3 });
  expect(await limbeck.stamp("a1", { purge: true })).toEqual({ before: ["gone"], heads: ["a1"] });
  await limbeck.close();
});

test("of many steps that travel together, those before the one that fails stay, whatever its mistake", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const ids = Array.from({ length: 40 }, (_, index) => `r${String(index).padStart(2, "0")}`);
  const mistakes = ["insert into t values (1 / 0)", "insert into t valus (1)", "insert into u values (1)"];
  for (const [index, mistake] of mistakes.entries()) {
    await sql("drop table if exists t, alembic_version, limbeck_history");
    const bad = 7 + index * 11;
    writeRevisions(
      folder,
      ids.map((id, number) => ({
        id,
        down: number === 0 ? null : ids[number - 1]!,
        up: `  op.execute(${JSON.stringify(number === 0 ? "create table t (n integer)" : number === bad ? mistake : `insert into t values (${number})`)});`,
      })),
    );
    const started: string[] = [];
    const limbeck = await open(databaseUrl, folder, {
      onEvent: (event) => void (event.type === "stepStart" && started.push(event.step.revision)),
    });
    await expect(limbeck.upgrade()).rejects.toMatchObject({
      code: "STATEMENT_FAILED",
      where: { file: join(folder, "migrations", `${ids[bad]!}_step.ts`), line: 10 },
      details: { revision: ids[bad], statement: mistake },
    });
    expect(started).toEqual(ids.slice(0, bad + 1));
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: ids[bad - 1] }]);
    expect(await sql("select count(*)::int as n from t")).toEqual([{ n: bad - 1 }]);
    expect(await sql("select revision, status from limbeck_history order by id desc limit 2")).toEqual([
      { revision: ids[bad], status: "failed" },
      { revision: ids[bad - 1], status: "done" },
    ]);
    await limbeck.close();
  }
});

test("a half-done upgrade is ended or stamped before anything is undone", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [
    CITY,
    {
      id: "b2",
      down: "a1",
      up: `  op.execute("insert into city values (1, 'x'), (2, 'x')");
  op.createIndex("ux_city", "city", ["name"], { unique: true, concurrently: true });`,
    },
  ]);
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({ details: { sqlstate: "23505" } });
  await expect(limbeck.downgrade("base")).rejects.toMatchObject({
    code: "STEP_UNFINISHED",
    exitCode: 3,
    details: { revision: "b2", direction: "upgrade", done: 1 },
  });
  expect(await sql("select count(*)::int as n from city")).toEqual([{ n: 2 }]);
  await limbeck.stamp("a1");
  await limbeck.downgrade("base");
  await limbeck.close();
  expect(await sql("select to_regclass('city') as city")).toEqual([{ city: null }]);
});

test("a user who may not read the version table is told so", async ({ databaseUrl, folder, sql }) => {
  writeRevisions(folder, [CITY]);
  const limbeck = await open(databaseUrl, folder);
  await limbeck.upgrade();
  await limbeck.close();
  await sql("create role stranger login; grant usage on schema public to stranger").catch(() => undefined);
  const url = new URL(databaseUrl);
  url.username = "stranger";
  const stranger = await open(url.href, folder);
  await expect(stranger.current()).rejects.toMatchObject({ code: "DATABASE_PERMISSION_DENIED", exitCode: 3 });
  await expect(stranger.upgrade()).rejects.toMatchObject({ code: "DATABASE_PERMISSION_DENIED" });
  await stranger.close();
  await sql("revoke all on schema public from stranger; drop role stranger");
});

test("offline, nothing counts from where the database stands", async ({ databaseUrl, folder }) => {
  writeRevisions(folder, [CITY]);
  const limbeck = await open(databaseUrl, folder);
  for (const range of ["current:head", "+1:head", "-1"]) {
    await expect(limbeck.upgradeSql(range)).rejects.toMatchObject({ code: "TARGET_INVALID" });
  }
  await limbeck.close();
});

test("a mistake in an SQL revision names its line", async ({ databaseUrl, folder }) => {
  const file = join(writeRevisions(folder, []), "a1_step.sql");
  writeFileSync(
    file,
    "-- revision: a1\n-- downRevision: null\n\n-- upgrade\n\n-- first\nselect 1;\n\n\nselect 1 / 0;\n",
  );
  const limbeck = await open(databaseUrl, folder);
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    where: { file, line: 10 },
    details: { statement: "select 1 / 0" },
  });
  writeFileSync(file, "-- revision: a1\n-- downRevision: null\n\n-- upgrade\nselect 1;\ncommit;\n");
  await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "TRANSACTION_CONTROL", where: { file, line: 6 } });
  await limbeck.close();
});
