import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, expect, test, type TestDatabase } from "testkit";
import { describe } from "vitest";
import { runScript } from "./diff-harness.ts";
import { limbeck } from "./terminal.ts";

const A = `
  create type mood as enum ('sad', 'ok');
  create table city (id serial primary key, name varchar(50) not null, mood mood default 'ok', size integer);
  create table old (a integer);
  create view cities as select id, name from city;`;
const B = `
  create type mood as enum ('sad', 'ok', 'happy');
  create table country (id bigint generated always as identity primary key, name text not null unique);
  create table city (
    id serial primary key, name text not null check (name <> ''), mood mood default 'happy', area bigint,
    country bigint references country on delete cascade,
    constraint city_area check (area between 1 and 2 and name <> 'x')
  );
  create index city_name on city (lower(name)) where mood = 'ok';
  create function capital(country bigint) returns text language sql as $$ select name from city where id = $1 $$;
  create view cities as select id, name, country from city;
  comment on table country is 'All of them';`;

async function withBoth(
  postgresUrl: string,
  [a, b]: readonly [string, string],
  work: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const databases: TestDatabase[] = [await createDatabase(postgresUrl), await createDatabase(postgresUrl)];
  try {
    await runScript(databases[0]!.url, a);
    await runScript(databases[1]!.url, b);
    await work(databases[0]!.url, databases[1]!.url);
  } finally {
    for (const database of databases) await database.drop();
  }
}

describe("limbeck diff", () => {
  test("prints the calls of a revision, and what they cost", async ({ postgresUrl, folder }) => {
    await withBoth(postgresUrl, [A, B], async (from, to) => {
      const { stdout, exitCode } = await limbeck(["diff", "--from", from, "--to", to], { cwd: folder });
      expect(exitCode).toBe(0);
      expect(stdout).toMatchSnapshot();
    });
  });

  test("takes what a table has of its own as well as from its new parent as it is", async ({ postgresUrl, folder }) => {
    const parent = "create table p (a integer not null default 1, constraint pos check (a > 0));";
    const pair = [`${parent} create table c (b integer)`, `${parent} create table c (b integer) inherits (p)`] as const;
    await withBoth(postgresUrl, pair, async (from, to) => {
      const { stdout } = await limbeck(["diff", "--from", from, "--to", to, "--sql"], { cwd: folder });
      await runScript(from, stdout);
      const again = await limbeck(["diff", "--from", from, "--to", to, "--exit-code"], { cwd: folder });
      expect(again).toMatchObject({ exitCode: 0, stdout: "There is no difference.\n" });
    });
  });

  test("prints a script that arrives", async ({ postgresUrl, folder }) => {
    await withBoth(postgresUrl, [A, B], async (from, to) => {
      const { stdout, exitCode } = await limbeck(["diff", "--from", from, "--to", to, "--sql", "--exit-code"], {
        cwd: folder,
      });
      expect(exitCode).toBe(1);
      // As psql does it: statement by statement, each in a transaction of its own.
      for (const statement of stdout.split(/;\n(?=\S)/)) await runScript(from, statement);
      const again = await limbeck(["diff", "--from", from, "--to", to, "--exit-code"], { cwd: folder });
      expect(again).toMatchObject({ exitCode: 0, stdout: "There is no difference.\n" });
    });
  });

  test("is told of renames, and offers them", async ({ postgresUrl, folder }) => {
    const town = A.replaceAll("city", "town");
    await withBoth(postgresUrl, [A, town], async (from, to) => {
      const plain = await limbeck(["diff", "--from", from, "--to", to], { cwd: folder });
      expect(plain.stdout).toContain("// Renamed? Then say: --rename table:city=town\n");
      expect(plain.stdout).toContain('op.dropTable("city");');
      const told = await limbeck(["diff", "--from", from, "--to", to, "--rename", "table:city=town"], { cwd: folder });
      expect(told.stdout).toBe(
        'op.renameTable("city", "town");\n' +
          'op.renameConstraint("town", "city_pkey", "town_pkey");\n' +
          'op.renameSequence("city_id_seq", "town_id_seq");\n',
      );
    });
  });

  test("says what it was not told rightly", async ({ databaseUrl, folder }) => {
    writeFileSync(join(folder, "b.sql"), "create table town (id integer);");
    const unclear = await limbeck(["diff", "--from", "b.sql", "--to", "b.sql", "--rename", "city=town"], {
      cwd: folder,
      env: { DATABASE_URL: databaseUrl },
    });
    expect(unclear).toMatchObject({ exitCode: 2, stdout: "" });
    expect(unclear.stderr).toContain("Nothing that is called city is missing from the target schema");
    mkdirSync(join(folder, "migrations"));
    const unknown = await limbeck(["diff", "--from", "b.sql", "--to", "rev:nothing"], {
      cwd: folder,
      env: { DATABASE_URL: databaseUrl },
    });
    expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
    expect(unknown.stderr).toContain("REVISION_NOT_FOUND");
    const aimless = await limbeck(["diff"], { cwd: folder });
    expect(aimless).toMatchObject({ exitCode: 2, stdout: "" });
    expect(aimless.stderr).toContain("There is nothing to compare with");
  });
});
