import { cpSync, readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { createDatabase, expect, test as base } from "testkit";
import { describe } from "vitest";
import { parseStatements } from "../src/grammar/statements.ts";
import { Limbeck } from "../src/index.ts";

const fixtures = join(import.meta.dirname, "alembic");
const scripts = ["upgrade.sql", "downgrade.sql"].map((name) => join(fixtures, name));

/** The project of `alembic/`, whose SQL was printed by Alembic 1.20.0 with SQLAlchemy 2.0.54. */
const test = base.extend<{ project: string }>({
  project: async ({ folder }, use) => {
    cpSync(join(fixtures, "project"), join(folder, "backend"), { recursive: true });
    mkdirSync(join(folder, "migrations"));
    writeFileSync(join(folder, "limbeck.config.json"), JSON.stringify({ migrations: "migrations", lockFile: false }));
    await use(folder);
  },
});

describe("an Alembic project that is taken over", () => {
  test("is the revisions that somebody would have written", async ({ project }) => {
    await using limbeck = await opened(project);
    const { revisions, heads } = await limbeck.importAlembic({ folder: "backend" });
    expect(heads).toEqual(["c00000000004", "f00000000002"]);
    const files = readdirSync(join(project, "migrations")).toSorted();
    expect(files).toHaveLength(revisions.length);
    const text = files
      .map((name) => `=== ${name}\n${readFileSync(join(project, "migrations", name), "utf8")}`)
      .join("\n");
    await expect(text).toMatchFileSnapshot("./alembic/revisions.txt");
    const refusing = revisions.filter(({ upgrade, downgrade }) => upgrade === "nothing" || downgrade === "nothing");
    expect(
      refusing.map(({ revision, left }) => [
        revision,
        left.map(({ half, line, reason }) => `${half} ${line}: ${reason}`),
      ]),
    ).toEqual([
      ["3c4d5e6f7a8b", ["downgrade 29: it is a loop"]],
      ["b00000000002", ["upgrade 17: what happens depends on something that is known only when it runs"]],
    ]);
  });

  test(
    "makes the schema that Alembic makes, and goes down as it does",
    { timeout: 120_000 },
    async ({ project, databaseUrl, sql, postgresUrl }) => {
      await using second = await alembicDatabase(postgresUrl);
      await using limbeck = await opened(project, databaseUrl);
      const { revisions } = await limbeck.importAlembic({ folder: "backend", sql: scripts });
      expect(revisions.flatMap(({ upgrade, downgrade }) => [upgrade, downgrade])).not.toContain("nothing");
      const differences = async (): Promise<readonly string[]> =>
        (await limbeck.diff({ from: second.url, to: databaseUrl })).differences;
      const same = async (query: string): Promise<void> => expect(await sql(query)).toEqual(await second.rows(query));

      await limbeck.upgrade("heads");
      await second.psql(scripts[0]!);
      expect(await differences()).toEqual([]);
      await same("SELECT version_num FROM alembic_version ORDER BY 1");
      await same("SELECT to_jsonb(b) FROM branch b ORDER BY id");
      await same("SELECT to_jsonb(m) - 'joined_at' - 'changed_at' FROM member m");

      await expect(limbeck.downgrade("audit@f00000000001")).rejects.toThrow("what was deleted is gone");
      const forget = "DELETE FROM alembic_version WHERE version_num = 'f00000000002'; DROP TABLE event";
      await Promise.all([sql(forget), second.rows(forget)]);
      await limbeck.downgrade("base");
      await second.psql(scripts[1]!);
      // What Alembic creates along with a table, and leaves behind.
      expect(await differences()).toEqual(["enum memberrole is not in the target schema"]);
      await limbeck.upgrade("c00000000004");
    },
  );

  test("goes on from where Alembic left the database", async ({ project, databaseUrl, sql }) => {
    await sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)");
    await sql("INSERT INTO alembic_version VALUES ('c00000000004'), ('f00000000002')");
    await using limbeck = await opened(project, databaseUrl);
    await limbeck.importAlembic({ folder: "backend/alembic" });
    expect((await limbeck.check()).pending).toEqual({ ok: true, revisions: [] });
    await expect(limbeck.importAlembic({ folder: "backend" })).rejects.toMatchObject({ code: "REVISION_DUPLICATE" });
  });

  test("refuses to run what nobody has translated, at its place", async ({ project, databaseUrl, sql }) => {
    await using limbeck = await opened(project, databaseUrl);
    await limbeck.importAlembic({ folder: "backend" });
    await expect(limbeck.upgrade("heads")).rejects.toMatchObject({
      code: "REVISION_FAILED",
      message: expect.stringContaining("b00000000002_reservation_numbers.py:17 is not translated") as string,
    });
    expect(await sql("SELECT FROM alembic_version WHERE version_num = 'b00000000001'")).toHaveLength(1);
    expect(
      await sql("SELECT FROM pg_attribute WHERE attrelid = 'reservation'::regclass AND attname = 'number'"),
    ).toEqual([]);
  });
});

async function opened(cwd: string, url?: string) {
  const limbeck = await Limbeck.open({ cwd, ...(url !== undefined && { url }) });
  return Object.assign(limbeck, { [Symbol.asyncDispose]: () => limbeck.close() });
}

/** A second database, on which Alembic's own SQL is run. */
async function alembicDatabase(postgresUrl: string) {
  const { url, drop } = await createDatabase(postgresUrl);
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    url,
    rows: async (query: string): Promise<unknown[]> => (await client.query<object>(query)).rows,
    /** Statement by statement, as psql sends a file. */
    async psql(path: string): Promise<void> {
      for (const { text } of await parseStatements(readFileSync(path, "utf8"))) await client.query(text);
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await drop();
    },
  };
}
