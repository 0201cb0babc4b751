import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { expect, test as base, type Sql } from "testkit";
import { Limbeck, type OpenOptions } from "../src/index.ts";
import { writeRevisions } from "./project.ts";
import { limbeck as commandLine, type Output } from "./terminal.ts";

/** The history table as the first limbeck made it. */
const FIRST_FORM = `CREATE TABLE public.limbeck_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, revision text NOT NULL, direction text NOT NULL,
  status text NOT NULL, started_at timestamptz NOT NULL, duration_ms double precision, checksum text, who text,
  host text, version text, error text, progress_done integer, progress_fingerprint text)`;

const ALEMBIC = `CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)); INSERT INTO alembic_version VALUES ('a1')`;

interface Project {
  (line: string): Promise<Output>;
  readonly open: (more?: OpenOptions) => Promise<Limbeck>;
  readonly edit: (id: string, text?: string) => void;
}

const test = base.extend("project", async ({ folder, databaseUrl }, { onCleanup }): Promise<Project> => {
  writeRevisions(folder, [
    { id: "a1", up: `op.createTable("city", column("id", "integer"));`, undo: `op.dropTable("city");` },
    { id: "b2", down: "a1", up: `op.execute("select 2");` },
  ]);
  const opened: Limbeck[] = [];
  onCleanup(async () => void (await Promise.all(opened.map((limbeck) => limbeck.close()))));
  const line = (text: string): Promise<Output> =>
    commandLine([...text.split(" "), "--url", databaseUrl], { cwd: folder });
  return Object.assign(line, {
    async open(more: OpenOptions = {}) {
      const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, ...more });
      opened.push(limbeck);
      return limbeck;
    },
    edit: (id: string, text = "// edited\n") => appendFileSync(join(folder, "migrations", `${id}_step.ts`), text),
  });
});

const rows = (sql: Sql) => sql("select revision, direction, status from limbeck_history order by id");

test("a step's record says who ran it, where, for which application, and how long it took", async ({
  project,
  sql,
}) => {
  const limbeck = await project.open({ applicationVersion: "atlas 7.1" });
  await limbeck.upgrade("a1");
  const [entry] = (await limbeck.status()).lastRuns;
  const [{ version }] = (await sql<{ version: string }>("select version from limbeck_history")) as [
    { version: string },
  ];
  expect(entry).toEqual({
    revision: "a1",
    direction: "upgrade",
    status: "done",
    startedAt: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    durationMs: expect.any(Number) as unknown,
    checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    user: expect.stringMatching(/./) as unknown,
    host: hostname(),
    applicationVersion: "atlas 7.1",
    limbeckVersion: version,
    error: null,
  });
});

test("LIMBECK_APPLICATION_VERSION wins over the configuration", async ({ project, folder, databaseUrl, sql }) => {
  writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ url: databaseUrl, applicationVersion: "file" }));
  const env = { LIMBECK_APPLICATION_VERSION: "3f2c1e" };
  await commandLine(["upgrade", "+1"], { cwd: folder, env });
  await project("upgrade");
  expect(await sql("select application_version as v from limbeck_history order by id")).toEqual([
    { v: "3f2c1e" },
    { v: "file" },
  ]);
});

describe("a table of an older limbeck", () => {
  const OLD_ROW = `INSERT INTO limbeck_history (revision, direction, status, started_at) VALUES ('a1', 'upgrade', 'done', now())`;

  test("is read as it is, and gets what it lacks from the first write", async ({ project, sql }) => {
    await sql(`${FIRST_FORM}; ${ALEMBIC}; ${OLD_ROW}`);
    const columns = () =>
      sql<{ n: number }>(
        "select count(*)::int as n from information_schema.columns where table_name = 'limbeck_history'",
      );
    const before = await columns();
    const limbeck = await project.open({ applicationVersion: "7" });
    expect((await limbeck.status()).lastRuns).toMatchObject([{ revision: "a1", applicationVersion: null }]);
    expect(await limbeck.check()).toMatchObject({ edited: { ok: true } });
    expect(await columns()).toEqual(before);
    await limbeck.upgrade();
    expect((await limbeck.status()).lastRuns).toMatchObject([
      { revision: "b2", applicationVersion: "7" },
      { revision: "a1", applicationVersion: null },
    ]);
  });

  test.for(["stamp b2", "upgrade", "downgrade base"])("serves %s", async (line, { project, sql }) => {
    await sql(
      `create table city (id integer); ${FIRST_FORM}; ${ALEMBIC.replace("'a1'", line === "downgrade base" ? "'b2'" : "'a1'")}; ${OLD_ROW}`,
    );
    expect(await project(line)).toMatchObject({ exitCode: 0 });
    expect(await project("status")).toMatchObject({ exitCode: 0 });
  });
});

test("a database that Alembic made is not touched until the first write", async ({ project, sql }) => {
  await sql(ALEMBIC);
  const tables = () => sql("select relname from pg_class where relnamespace = 'public'::regnamespace order by 1");
  const before = await tables();
  for (const line of ["status", "check", "history -i -v", "current", "repair", "upgrade a1", "show current"]) {
    expect([line, (await project(line)).stderr, await tables()]).toEqual([line, "", before]);
  }
  const limbeck = await project.open();
  expect(await limbeck.check()).toMatchObject({ edited: { ok: true, revisions: [] } });
  expect(await limbeck.history({ indicateCurrent: true })).toMatchObject({
    revisions: [
      { revision: "b2", isApplied: false, applied: null },
      { revision: "a1", isApplied: true, applied: null },
    ],
  });
  await project("upgrade");
  expect(await sql("select revision from limbeck_history")).toEqual([{ revision: "b2" }]);
});

test("a stamp records what it declares", async ({ project, sql }) => {
  await project("stamp head");
  expect(await rows(sql)).toEqual([
    { revision: "a1", direction: "upgrade", status: "stamped" },
    { revision: "b2", direction: "upgrade", status: "stamped" },
  ]);
  await project("stamp a1");
  await project("stamp a1");
  expect((await rows(sql)).slice(2)).toEqual([{ revision: "b2", direction: "downgrade", status: "stamped" }]);
  expect((await project("history -i -v")).stdout).toMatch(/^Applied: stamped 20\S+Z by \S+@\S+, limbeck /m);
});

test("the history of revisions tells when each was applied", async ({ project }) => {
  await project("upgrade a1");
  const { stdout } = await project("history -i");
  expect(stdout).toMatch(/^a1 -> b2 \(head\), b2\n<base> -> a1 \(current\), a1 {2}\[applied 20\S+Z\]\n$/);
  expect((await project("history -i -v")).stdout).toMatch(/^Applied: run 20\S+Z \(\d+ ms\) by \S+@\S+, limbeck \S+$/m);
  expect((await project("history")).stdout).not.toContain("applied");
  await project("downgrade base");
  expect((await project("history -i")).stdout).not.toContain("applied");
});

describe("an applied file that was edited since", () => {
  test("is a finding of check and status, until it is put back or accepted", async ({ project, sql }) => {
    await project("upgrade");
    expect((await project("check")).stdout).not.toContain("edited");
    project.edit("a1");
    project.edit("b2");
    const check = await project("check");
    expect(check).toMatchObject({ exitCode: 1 });
    expect(check.stdout).toContain("no  edited: 2 since they were applied (a1, b2);");
    expect((await project("status")).stdout).toMatch(
      /^edited {4}2 applied files since; .*\n +a1 migrations\/a1_step.ts$/m,
    );
    expect(await project("repair a1")).toMatchObject({
      exitCode: 0,
      stdout: "a1 accepted as migrations/a1_step.ts is now\n",
    });
    expect((await project("check")).stdout).toContain("no  edited: 1 since it was applied (b2);");
    expect((await project("repair")).stdout).toContain("b2 accepted");
    expect(await project("check")).toMatchObject({ exitCode: 0 });
    expect((await project("repair")).stdout).toContain("Nothing to repair");
    expect((await project("history -i")).stdout).toMatch(/b2 {2}\[applied .*\n.* a1 {2}\[applied /);
    expect((await rows(sql)).slice(2)).toEqual([
      { revision: "a1", direction: "upgrade", status: "repaired" },
      { revision: "b2", direction: "upgrade", status: "repaired" },
    ]);
  });

  test("is none when only its line ends or a byte order mark changed", async ({ project, folder }) => {
    await project("upgrade");
    const path = join(folder, "migrations", "a1_step.ts");
    writeFileSync(path, `\uFEFF${readFileSync(path, "utf8").replaceAll("\n", "\r\n")}`);
    expect((await project("check")).stdout).not.toContain("edited");
  });

  test("is none before it is applied, nor after it was undone and run again", async ({ project }) => {
    await project("upgrade a1");
    project.edit("b2");
    const limbeck = await project.open();
    expect((await limbeck.check()).edited).toEqual({ ok: true, revisions: [] });
    project.edit("a1");
    expect((await limbeck.check()).edited).toMatchObject({ ok: false, revisions: [{ revision: "a1" }] });
    await limbeck.downgrade("base");
    await limbeck.upgrade();
    expect((await limbeck.check()).edited).toEqual({ ok: true, revisions: [] });
  });

  test("is none when somebody else applied it", async ({ project, sql }) => {
    await project("upgrade");
    await project("downgrade a1");
    project.edit("b2");
    await sql("update alembic_version set version_num = 'b2'");
    expect((await (await project.open()).check()).edited).toEqual({ ok: true, revisions: [] });
  });

  test("is none when it was corrected before a half-done step was resumed", async ({ project, folder, sql }) => {
    const revision = (index: string) => ({
      id: "c3",
      down: "b2",
      up: `op.execute("insert into city values (1), (1)");\nop.createIndex("ux", "city", ["id"], { concurrently: true${index} });`,
    });
    writeRevisions(folder, [revision(", unique: true")]);
    expect(await project("upgrade")).toMatchObject({ exitCode: 3 });
    expect((await rows(sql)).at(-1)).toMatchObject({ revision: "c3", status: "running" });
    writeRevisions(folder, [revision("")]);
    expect(await project("upgrade")).toMatchObject({ exitCode: 0 });
    expect((await (await project.open()).check()).edited).toEqual({ ok: true, revisions: [] });
  });

  test("cannot be repaired before it is applied", async ({ project, sql }) => {
    await project("upgrade a1");
    const before = await rows(sql);
    expect(await project("repair b2")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("TARGET_INVALID: Revision b2 is not applied") as unknown,
    });
    expect(await project("repair nope")).toMatchObject({ exitCode: 2 });
    expect(await rows(sql)).toEqual(before);
  });
});
