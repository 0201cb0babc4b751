import { join } from "node:path";
import { describe } from "vitest";
import { createDatabase, expect, test as base, type Sql } from "testkit";
import type { ErrorCode } from "../src/errors/catalogue.ts";
import { writeRevisions } from "./project.ts";
import { limbeck, type Output } from "./terminal.ts";

const CITY = { id: "a1", up: `op.createTable("city", column("id", "integer"));`, undo: `op.dropTable("city");` };
const MAYOR = { id: "b2", down: "a1", up: `op.addColumn("city", column("mayor", "text"));` };
const PASSWORDS = ["right-horse", "wrong-horse"];

/** With a project of two revisions, and a snapshot of whatever there is in the test's database. */
const test = base
  .extend("project", ({ folder }) => {
    writeRevisions(folder, [CITY, MAYOR]);
    return (...argv: string[]) => limbeck(argv, { cwd: folder });
  })
  .extend(
    "snapshot",
    ({ sql }) =>
      () =>
        snapshotOf(sql),
  );

async function snapshotOf(sql: Sql): Promise<unknown> {
  const relations = await sql<{ name: string }>(
    `select c.oid::regclass::text as name, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod) as type
       from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'public'::regnamespace order by 1, a.attnum`,
  );
  const tables = await sql<{ name: string }>(
    "select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  const rows: unknown[] = [];
  for (const { name } of tables) rows.push(name, await sql(`select t.*, xmin from ${name} t order by t::text`));
  return { relations, rows };
}

/** An error as people and programs shall see it, whatever it is. */
function expectRefusal({ exitCode, stdout, stderr }: Output, code: ErrorCode, exit: number): void {
  expect(stderr).toMatch(new RegExp(`^error ${code}: .+$`, "m"));
  expect(stderr).toMatch(/^next: .+$/m);
  expect(stderr).not.toMatch(/^ {4}at /m);
  for (const password of PASSWORDS) expect(stdout + stderr).not.toContain(password);
  if (stdout !== "")
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code, message: expect.any(String) as unknown, hint: expect.any(String) as unknown },
    });
  expect(exitCode).toBe(exit);
}

const as = (databaseUrl: string, login: string): string => databaseUrl.replace(/\/\/[^@]*@/, `//${login}@`);

describe("a database that cannot be reached", () => {
  test("on a port where nobody listens", async ({ project }) => {
    const url = "postgresql://u:right-horse@127.0.0.1:1/d";
    for (const verb of [
      ["current"],
      ["upgrade", "--json"],
      ["downgrade", "-1"],
      ["check"],
      ["status"],
      ["stamp", "head"],
    ]) {
      const output = await project(...verb, "--url", url);
      expectRefusal(output, "DATABASE_UNREACHABLE", 4);
      expect(output.stderr).toContain("postgresql://u:***@127.0.0.1:1/d");
    }
  });

  test("that the server does not have", async ({ project, databaseUrl }) => {
    const output = await project("upgrade", "--url", databaseUrl.replace(/[^/]*$/, "no_such_database"));
    expectRefusal(output, "DATABASE_NOT_FOUND", 3);
    expect(output.stderr).toContain("createdb");
  });

  test("with a wrong password, or with none", async ({ project, databaseUrl, snapshot }) => {
    const before = await snapshot();
    for (const login of ["guarded:wrong-horse", "guarded"]) {
      for (const json of [[], ["--json"]]) {
        const output = await project("upgrade", "--url", as(databaseUrl, login), ...json);
        expectRefusal(output, "DATABASE_AUTHENTICATION_FAILED", 3);
        expect(output.stderr).toContain("PGPASSWORD");
      }
    }
    expect(await snapshot()).toEqual(before);
  });

  test("by a user that may not connect, or that is not there", async ({ project, databaseUrl, sql }) => {
    const [{ name }] = (await sql<{ name: string }>("select current_database() as name")) as [{ name: string }];
    await sql(`revoke connect on database ${name} from public`);
    expectRefusal(
      await project("current", "--url", as(databaseUrl, "guarded:right-horse")),
      "DATABASE_PERMISSION_DENIED",
      3,
    );
    expectRefusal(
      await project("current", "--url", as(databaseUrl, "nobody_at_all")),
      "DATABASE_AUTHENTICATION_FAILED",
      3,
    );
  });
});

describe("a database that takes no writes", () => {
  const readOnly = (databaseUrl: string): string => `${databaseUrl}?options=-c default_transaction_read_only=on`;

  test("is not written, and says so", async ({ project, databaseUrl, snapshot }) => {
    const before = await snapshot();
    for (const verb of [["upgrade"], ["upgrade", "+1", "--json"], ["stamp", "head"], ["ensure-version"]]) {
      expectRefusal(await project(...verb, "--url", readOnly(databaseUrl)), "DATABASE_READ_ONLY", 3);
    }
    expect(await snapshot()).toEqual(before);
    await project("upgrade", "a1", "--url", databaseUrl);
    const after = await snapshot();
    for (const verb of [["upgrade"], ["downgrade", "base"], ["stamp", "base"]]) {
      expectRefusal(await project(...verb, "--url", readOnly(databaseUrl)), "DATABASE_READ_ONLY", 3);
    }
    expect(await snapshot()).toEqual(after);
  });

  test("can be asked all the same", async ({ project, databaseUrl, snapshot }) => {
    await project("upgrade", "a1", "--url", databaseUrl);
    const before = await snapshot();
    const ask = async (...argv: string[]) => (await project(...argv, "--url", readOnly(databaseUrl))).exitCode;
    expect(await ask("current")).toBe(0);
    expect(await ask("current", "--check-heads")).toBe(1);
    expect(await ask("history", "-i")).toBe(0);
    expect(await ask("status")).toBe(0);
    expect(await ask("check")).toBe(1);
    expect(await ask("upgrade", "a1")).toBe(0);
    expect(await ask("ensure-version")).toBe(0);
    expect(await snapshot()).toEqual(before);
  });
});

describe("a user without rights", () => {
  test("to make the version table is told so", async ({ project, databaseUrl, sql, snapshot }) => {
    const guarded = as(databaseUrl, "guarded:right-horse");
    await sql("revoke create on schema public from public");
    const empty = await snapshot();
    for (const verb of [["upgrade"], ["stamp", "head"], ["ensure-version"]]) {
      const output = await project(...verb, "--url", guarded);
      expectRefusal(output, "DATABASE_PERMISSION_DENIED", 3);
      expect(output.stderr).toContain("permission denied for schema public");
    }
    expect(await snapshot()).toEqual(empty);
  });

  test("to read the version table is told so", async ({ project, databaseUrl, snapshot }) => {
    const guarded = as(databaseUrl, "guarded:right-horse");
    await project("upgrade", "a1", "--url", databaseUrl);
    const before = await snapshot();
    for (const verb of [["current"], ["upgrade"], ["status"], ["downgrade", "base"], ["stamp", "head", "--json"]]) {
      const output = await project(...verb, "--url", guarded);
      expectRefusal(output, "DATABASE_PERMISSION_DENIED", 3);
      expect(output.stderr).toContain("permission denied for table alembic_version");
    }
    expect(await snapshot()).toEqual(before);
  });

  test("to read the history is told so", async ({ project, databaseUrl, sql, snapshot }) => {
    const guarded = as(databaseUrl, "guarded:right-horse");
    await project("upgrade", "a1", "--url", databaseUrl);
    await sql("grant all on alembic_version to guarded");
    const before = await snapshot();
    const forms = [["status"], ["check"], ["upgrade"], ["upgrade", "--plan"], ["upgrade", "--dry-run"], ["verify"]];
    for (const verb of [...forms, ["history", "-i"], ["repair", "a1", "--done"]]) {
      const output = await project(...verb, "--url", guarded);
      expectRefusal(output, "DATABASE_PERMISSION_DENIED", 3);
      expect(output.stderr).toContain("permission denied for table limbeck_history");
    }
    expect(await snapshot()).toEqual(before);
  });
});

describe("a version table that cannot be right", () => {
  test("with a row that no file knows stops every run", async ({ project, databaseUrl, sql, snapshot }) => {
    await project("upgrade", "--url", databaseUrl);
    await sql("insert into alembic_version values ('zzz')");
    const before = await snapshot();
    for (const verb of [
      ["upgrade"],
      ["upgrade", "head", "--json"],
      ["downgrade", "-1"],
      ["downgrade", "base"],
      ["stamp", "a1"],
      ["current", "--json"],
      ["check"],
    ]) {
      const output = await project(...verb, "--url", databaseUrl);
      expectRefusal(output, "REVISION_UNKNOWN_TO_FILES", 3);
      expect(output.stderr).toContain("zzz");
    }
    expect(await snapshot()).toEqual(before);
    expect((await project("stamp", "head", "--purge", "--url", databaseUrl)).exitCode).toBe(0);
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "b2" }]);
  });

  test("with rows that are taken for nothing but ids", async ({ project, databaseUrl, sql }) => {
    for (const row of ["a", "head", "base", "A1", "a1 "]) {
      await sql(
        `create table if not exists alembic_version (version_num text primary key); truncate alembic_version; insert into alembic_version values ('${row}')`,
      );
      expectRefusal(await project("upgrade", "--url", databaseUrl), "REVISION_UNKNOWN_TO_FILES", 3);
    }
  });

  test("without its column, or that is no table", async ({ project, databaseUrl, sql, snapshot }) => {
    await sql("create table alembic_version (version text)");
    const before = await snapshot();
    for (const verb of [["upgrade"], ["current"], ["stamp", "head"]]) {
      expectRefusal(await project(...verb, "--url", databaseUrl), "VERSION_TABLE_INVALID", 3);
    }
    expect(await snapshot()).toEqual(before);
    await sql("drop table alembic_version; create sequence alembic_version");
    for (const verb of [["upgrade"], ["current"], ["stamp", "head"]]) {
      expectRefusal(await project(...verb, "--url", databaseUrl), "VERSION_TABLE_INVALID", 3);
    }
  });
});

describe("a command that cannot be carried out", () => {
  test.for([
    [["upgrade", "nothing"], "REVISION_NOT_FOUND", 2],
    [["upgrade", "+3"], "RELATIVE_OUT_OF_RANGE", 2],
    [["upgrade", "a1:b2"], "TARGET_INVALID", 2],
    [["upgrade", ""], "TARGET_INVALID", 2],
    [["upgrade", "+1junk"], "TARGET_INVALID", 2],
    [["downgrade", "-2"], "RELATIVE_OUT_OF_RANGE", 2],
    [["downgrade", "nope@base"], "REVISION_NOT_FOUND", 2],
    [["downgrade", "b2"], "TARGET_INVALID", 2],
    [["stamp", "+2"], "RELATIVE_OUT_OF_RANGE", 2],
    [["stamp", "a1", "b2"], "STAMP_UNSOUND", 2],
    [["upgrade", "-x", "junk"], "USAGE", 2],
  ] as const)("%j is %s", async ([argv, code, exit], { project, databaseUrl, snapshot }) => {
    await project("upgrade", "a1", "--url", databaseUrl);
    const before = await snapshot();
    expectRefusal(await project(...argv, "--json", "--url", databaseUrl), code, exit);
    expect(await snapshot()).toEqual(before);
  });

  test("two heads and the head is asked for", async ({ folder, project, databaseUrl, snapshot }) => {
    writeRevisions(folder, [{ id: "c3", down: "a1" }]);
    const before = await snapshot();
    for (const verb of [["upgrade"], ["upgrade", "head", "--json"], ["stamp", "head"]]) {
      const output = await project(...verb, "--url", databaseUrl);
      expectRefusal(output, "MULTIPLE_HEADS", 2);
      expect(output.stderr).toContain("limbeck merge");
    }
    expect(await snapshot()).toEqual(before);
  });

  test.for([
    ["a broken file", { id: "c3", down: "b2 + x" }, "REVISION_ID_INVALID"],
    ["a missing parent", { id: "c3", down: "b3" }, "PARENT_NOT_FOUND"],
    ["a cycle", { id: "c3", down: "c3" }, "REVISION_CYCLE"],
  ] as const)(
    "%s among files that are right stops all of them",
    async ([, broken], { folder, project, databaseUrl, snapshot }) => {
      writeRevisions(folder, [broken]);
      const before = await snapshot();
      for (const verb of [["upgrade"], ["upgrade", "a1", "--json"], ["current"], ["stamp", "a1"]]) {
        const output = await project(...verb, "--url", databaseUrl);
        expectRefusal(output, broken.down === "c3" ? "REVISION_CYCLE" : "PARENT_NOT_FOUND", 2);
        expect(output.stderr).toContain(join("migrations", "c3_step.ts"));
      }
      expect(await snapshot()).toEqual(before);
    },
  );

  test("a statement that the database refuses leaves nothing of its revision", async ({
    folder,
    project,
    databaseUrl,
    sql,
    snapshot,
  }) => {
    await project("upgrade", "a1", "--url", databaseUrl);
    writeRevisions(folder, [
      { ...MAYOR, up: `op.createTable("mayor", column("id", "integer"));\nop.execute("SELECT 1 / 0");` },
    ]);
    await sql("truncate limbeck_history");
    const before = await snapshot();
    const output = await project("upgrade", "--url", databaseUrl);
    expectRefusal(output, "STATEMENT_FAILED", 3);
    expect(output.stderr).toMatch(/at migrations\/b2_step\.ts:\d+/);
    await sql("truncate limbeck_history");
    expect(await snapshot()).toEqual(before);
  });
});

test("a second database is another one", async ({ project, databaseUrl, postgresUrl, snapshot }) => {
  const second = await createDatabase(postgresUrl);
  const before = await snapshot();
  expect((await project("upgrade", "--url", second.url)).exitCode).toBe(0);
  await second.drop();
  expect(await snapshot()).toEqual(before);
  expect((await project("current", "--url", databaseUrl)).stdout).toBe("");
});
