import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { expect } from "testkit";
import { Limbeck } from "../src/index.ts";
import { test } from "./two-ways.ts";

/** Writes an SQL revision, or the text of one, and gives its path. */
function write(folder: string, id: string, text: string): string {
  mkdirSync(join(folder, "migrations"), { recursive: true });
  const path = join(folder, "migrations", `${id}_step.sql`);
  writeFileSync(path, text);
  return path;
}

const HEADER = "-- revision: a1\n-- downRevision: null\n";

const WILD = String.raw`-- revision: a1
-- downRevision: null
-- What SQL can look like

-- upgrade
CREATE TABLE "Mixed ""case""; -- no comment" (id int, said text DEFAULT 'it''s; $$ :name % \ /*'); /* a /* nested; */ one; */
CREATE TABLE café (naïve text); INSERT INTO café VALUES ('🌍 — 终;'), (E'it\'s\t\\;'), (U&'\0041;\+01F30D' ), ('over'
  ' lines;'), ($$dollar; 'quoted' \$$), ($a$ $$;$$ -- not a comment $a$); INSERT INTO café (naïve) SELECT 'three on a line';
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $body$
BEGIN
  -- a comment; with a $$ in it
  IF n > 0 THEN RETURN n * 2; END IF;
  RETURN 0;
END;
$body$;
CREATE FUNCTION atomic(n int) RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN n > 0 THEN n END; END;
CREATE PROCEDURE note(what text) LANGUAGE sql BEGIN ATOMIC INSERT INTO café VALUES (what); END;
CALL note('called; ' || twice(atomic(21)));
DO $do$ BEGIN EXECUTE 'INSERT INTO café VALUES (''done;'')'; END $do$;
CREATE RULE twofold AS ON DELETE TO café DO ALSO (INSERT INTO café VALUES ('gone;'); INSERT INTO café VALUES ('again;'));
CREATE INDEX CONCURRENTLY ix_café ON café (naïve); COMMENT ON TABLE café IS 'COPY t FROM stdin; \copy -- limbeck: no-transaction'
-- the last needs no semicolon

-- downgrade
DROP TABLE café CASCADE; DROP TABLE "Mixed ""case""; -- no comment";
DROP FUNCTION twice, atomic; -- limbeck: this is a remark behind a statement, no directive
DROP PROCEDURE IF EXISTS note
`;

test.for([
  ["as it stands", (text: string) => text],
  ["with a byte order mark and CRLF", (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`],
] as const)("SQL of every shape runs, %s, and psql does the same", async ([, change], { folder, open }) => {
  write(folder, "a1", change(WILD));
  const { upgrade, downgrade, online } = await open();
  const facts = await upgrade("base", "a1");
  const { rows } = await online.query<{ naïve: string }>("select * from café");
  expect(rows.map(({ naïve }) => naïve)).toEqual([
    "🌍 — 终;",
    "it's\t\\;",
    "A;🌍",
    "over lines;",
    "dollar; 'quoted' \\",
    " $$;$$ -- not a comment ",
    "three on a line",
    "called; 42",
    "done;",
  ]);
  expect(await downgrade("a1", "base")).not.toEqual(facts);
  expect(await upgrade("base", "a1")).toEqual(facts);
});

describe("is refused with its line, before anything of it runs", () => {
  const REFUSED: [upgrade: string, line: number, code: string, message: RegExp, hint: RegExp][] = [
    ["COPY t FROM stdin;\n1\ta\n\\.\n", 1, "COPY_THROUGH_CLIENT", /says COPY t FROM stdin, which/, /op\.bulkInsert/],
    [
      "SELECT 1;\n\nCOPY t (a)\nFROM STDIN WITH (FORMAT csv);\n\\N,;\n\\.\nSELECT 2;",
      3,
      "COPY_THROUGH_CLIENT",
      /COPY t/,
      /INSERT/,
    ],
    ["COPY t FROM stdin;", 1, "COPY_THROUGH_CLIENT", /COPY/, /INSERT/],
    ["COPY (SELECT 1) TO stdout", 1, "COPY_THROUGH_CLIENT", /COPY/, /file of the server/],
    ["SELECT 1;\n\\copy t from 'file.csv' csv\n", 2, "PSQL_ONLY", /has \\copy, a command of psql's own/, /INSERT/],
    ["-- first\n\\i other.sql\n", 2, "PSQL_ONLY", /\\i,/, /that file's statements/],
    ["\\ir other.sql\n", 1, "PSQL_ONLY", /\\ir,/, /that file's statements/],
    ["\\set ON_ERROR_STOP on\nSELECT 1;", 1, "PSQL_ONLY", /\\set,/, /op\.arguments/],
    ["SELECT 1;\nSELECT 2 \\gset\n", 2, "PSQL_ONLY", /\\gset,/, /Take it out/],
    ["SELECT 'SELECT 1' \\gexec\n", 1, "PSQL_ONLY", /\\gexec,/, /EXECUTE/],
    ["\\connect other\n", 1, "PSQL_ONLY", /\\connect,/, /one database/],
    ["\\if true\nSELECT 1;\n\\endif\n", 1, "PSQL_ONLY", /\\if,/, /DO block/],
    ["\\restrict abc\nSET x = 1;\n", 1, "PSQL_ONLY", /\\restrict,/, /Take it out/],
    ["SELECT 1;\nSELECT\n  :'name';", 3, "PSQL_ONLY", /has :'name', a variable of psql's own/, /op\.arguments/],
    ["DROP ROLE :old_role;", 1, "PSQL_ONLY", /:old_role,/, /Write the value/],
    ["SELECT 1; BEGIN;\nSELECT 2;", 1, "TRANSACTION_CONTROL", /BEGIN/, /Take the statement out/],
    ["SELECT 1;\nDISCARD ALL;", 2, "SESSION_CONTROL", /DISCARD ALL, which/, /Take the statement out/],
    ["SELECT pg_catalog.pg_advisory_unlock_all()", 1, "SESSION_CONTROL", /unlock_all/, /pg_advisory_unlock\(key\)/],
    [
      "-- limbeck: no-transactions\nSELECT 1;",
      2,
      "REVISION_FILE_INVALID",
      /says nothing that limbeck knows/,
      /no-transaction/,
    ],
    ["SELECT 1;\nSELEC 2;", 1, "STATEMENT_FAILED", /at or near "SELEC"/, /rolled back/],
  ];

  test.for(REFUSED)("%j", async ([upgrade, line, code, message, hint], { databaseUrl, folder, sql }) => {
    const path = write(folder, "a1", `${HEADER}-- upgrade\n${upgrade}`);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    const refusal = {
      code,
      message: expect.stringMatching(message) as unknown,
      hint: expect.stringMatching(hint) as unknown,
      where: { file: path, line: line + 3 },
    };
    await expect(limbeck.upgrade()).rejects.toMatchObject(refusal);
    if (code !== "STATEMENT_FAILED") await expect(limbeck.upgradeSql()).rejects.toMatchObject(refusal);
    expect(await sql("select * from alembic_version")).toEqual([]);
    await limbeck.close();
  });
});

test("a line above a statement, or above the halves, has it run outside a transaction", async ({ folder, open }) => {
  const procedure =
    "CREATE PROCEDURE two_steps() LANGUAGE plpgsql AS 'BEGIN CREATE TABLE a (); COMMIT; CREATE TABLE b (); END';";
  write(
    folder,
    "a1",
    `${HEADER}-- upgrade\n${procedure}\n-- limbeck: no-transaction\nCALL two_steps();\nCREATE TABLE c ();\n
-- downgrade\nDROP TABLE a, b, c; DROP PROCEDURE two_steps`,
  );
  write(
    folder,
    "b2",
    `-- revision: b2\n-- downRevision: a1\n-- limbeck: no-transaction\n\n-- upgrade\nDROP TABLE a, b;\nCALL two_steps();\n
-- downgrade\nSELECT 1`,
  );
  const { upgrade, downgrade, limbeck, online } = await open();
  await upgrade("base", "b2");
  const tables = "select to_regclass('a')::text as a, to_regclass('b')::text as b, to_regclass('c')::text as c";
  expect((await online.query(tables)).rows).toEqual([{ a: "a", b: "b", c: "c" }]);
  const { rows } = await online.query("select revision, status from house.limbeck_history order by id");
  expect(rows).toEqual([
    { revision: "a1", status: "done" },
    { revision: "b2", status: "done" },
  ]);
  expect(await limbeck.upgradeSql("base:a1")).toContain("COMMIT;\n\nCALL two_steps();\n\nUPDATE");
  await downgrade("b2", "base");
});

test("who forgot the line is told of it", async ({ databaseUrl, folder, sql }) => {
  await sql("CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'");
  const path = write(folder, "a1", `${HEADER}-- upgrade\nCREATE TABLE t ();\nCALL p();`);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  await expect(limbeck.upgrade()).rejects.toMatchObject({
    code: "STATEMENT_FAILED",
    hint: expect.stringContaining("`-- limbeck: no-transaction` above the statement") as unknown,
    where: { file: path, line: 5 },
    details: { sqlstate: "2D000", statement: "CALL p()" },
  });
  expect(await sql("select to_regclass('t') as t")).toEqual([{ t: null }]);
  await limbeck.close();
});

describe("what is no SQL revision", () => {
  const FILES: [text: string, line: number | undefined, code: string, message: RegExp][] = [
    ["", undefined, "REVISION_INCOMPLETE", /no upgrade/],
    ["-- downgrade\nSELECT 1", undefined, "REVISION_INCOMPLETE", /no upgrade/],
    ["SELECT 1;\n", 3, "REVISION_FILE_INVALID", /SQL above/],
    ["SELECT 1;\n-- upgrade\nSELECT 2;\n", 3, "REVISION_FILE_INVALID", /SQL above/],
    ["-- upgrade\n-- upgrade\n", 4, "REVISION_FILE_INVALID", /twice/],
  ];

  test.for(FILES)("%j", async ([text, line, code, message], { databaseUrl, folder }) => {
    const path = write(folder, "a1", `${HEADER}${text}`);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    const where = line === undefined ? { file: path } : { file: path, line };
    const refusal = { code, message: expect.stringMatching(message) as unknown, where };
    await expect(limbeck.upgrade()).rejects.toMatchObject(refusal);
    await limbeck.close();
  });
});
