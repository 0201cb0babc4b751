import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrammarError, parseStatement, parseStatements } from "./statements.ts";

const texts = async (sql: string): Promise<string[]> => (await parseStatements(sql)).map(({ text }) => text);
const placed = async (sql: string): Promise<unknown[]> =>
  (await parseStatements(sql)).map(({ text, line }) => [line, text]);

describe("cutting a text into statements", () => {
  it("gives each its text and its line", async () => {
    const sql = "SELECT 1;\n\n  SELECT\n  2 ;SELECT 3\n;\n-- four\nSELECT 4";
    expect(await placed(sql)).toEqual([
      [1, "SELECT 1"],
      [3, "SELECT\n  2"],
      [4, "SELECT 3"],
      [7, "SELECT 4"],
    ]);
  });

  it.each([[""], [" \n\t"], [";"], [";;\n;"], ["-- nothing"], ["/* nothing */"], ["/* a /* b */ c */;-- d\n;"]])(
    "%j has none",
    async (sql) => {
      expect(await parseStatements(sql)).toEqual([]);
    },
  );

  it("keeps semicolons in texts, names, dollar quotes and bodies", async () => {
    const statements = [
      "SELECT ';', E'it\\'s;', U&'\\0041;', $$;$$, $a$;$$;$a$, B'01', \";\" FROM t AS \";\"",
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$\nBEGIN\n  PERFORM 1; -- $$;\n  RETURN 1;\nEND;\n$body$",
      "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
      "DO $$ BEGIN RAISE NOTICE 'a;b'; END $$",
      "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
      "SELECT 'over\nlines;', 'on'\n'next;'",
    ];
    expect(await texts(statements.join(";\n"))).toEqual(statements);
    expect(await texts(`${statements.join(" ;; ")};`)).toEqual(statements);
  });

  it("takes comments away in front, and keeps them inside and behind", async () => {
    const sql = "-- a;\n/* b; /* c; */ */ SELECT /* d; */ 1 -- e;\n;\n/* f */-- g\n\nSELECT 2 /* h */; -- i";
    expect(await placed(sql)).toEqual([
      [2, "SELECT /* d; */ 1 -- e;"],
      [6, "SELECT 2 /* h */"],
    ]);
    expect(await texts("SELECT 1 -- no end")).toEqual(["SELECT 1 -- no end"]);
    expect(await texts("--\nSELECT 1; -- last")).toEqual(["SELECT 1"]);
  });

  it("gives the comments in front, but for one that belongs to the statement before", async () => {
    const sql = "-- a\n-- b\nSELECT 1; -- c\n-- d\n\n/* e */ SELECT 2; -- f\nSELECT 3;SELECT 4; /* g */ SELECT 5";
    const comments = (await parseStatements(sql)).map((statement) => statement.comments);
    expect(comments).toEqual(["-- a\n-- b\n", "-- d\n\n/* e */ ", "", "", ""]);
  });

  it("counts characters, whatever their bytes", async () => {
    const sql = "SELECT 'é🌍—𠮷'; -- ñ🌍\n/* 🌍 */ SELECT \"ö\" FROM \"ü🌍\";\nSELECT '终';";
    expect(await placed(sql)).toEqual([
      [1, "SELECT 'é🌍—𠮷'"],
      [2, 'SELECT "ö" FROM "ü🌍"'],
      [3, "SELECT '终'"],
    ]);
  });

  it("keeps CRLF", async () => {
    expect(await placed("SELECT 1;\r\n-- a\r\nSELECT\r\n2;\r\n")).toEqual([
      [1, "SELECT 1"],
      [3, "SELECT\r\n2"],
    ]);
  });

  it("gives back what was put together, whatever that was", async () => {
    const piece = fc.constantFrom(
      "SELECT ';'",
      "SELECT $$;\n$$",
      "VALUES ('é🌍')",
      'TABLE "a;b"',
      "DO $x$ ; $x$",
      "SELECT /* ; */ 1",
    );
    const gap = fc.constantFrom("", " ", "\n", "-- ; é\n", "/* ;\n /* 🌍 */ */", ";", "\r\n\t");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(gap, piece)), gap, async (pairs, end) => {
        let sql = "";
        const expected = pairs.map(([before, text]) => {
          sql += before;
          const line = sql.split("\n").length;
          sql += `${text};`;
          return [line, text];
        });
        expect(await placed(sql + end)).toEqual(expected);
      }),
    );
  });
});

describe("a syntax error", () => {
  const errorOf = async (sql: string): Promise<GrammarError> => {
    const error: unknown = await parseStatements(sql).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GrammarError);
    return error as GrammarError;
  };

  it("names the character that PostgreSQL stumbled over", async () => {
    const sql = "SELECT 1;\nSELECT 'é🌍' FORM t";
    const error = await errorOf(sql);
    expect(error.message).toContain('"t"');
    expect(Array.from(sql)[error.position]).toBe("t");
  });

  it.each([
    ["COPY t FROM stdin;\n1\t2\n\\.\n"],
    ["\\set a b"],
    ["SELECT 'open"],
    ["/* open"],
    ["SELECT $$ open"],
    ["CREATE TABLE t ("],
    ["SELECT 1 SELECT 2"],
  ])("is what %j has", async (sql) => {
    await errorOf(sql);
  });

  it("takes COPY without its data", async () => {
    expect(await texts("COPY t FROM stdin; COPY (SELECT ';') TO STDOUT")).toEqual([
      "COPY t FROM stdin",
      "COPY (SELECT ';') TO STDOUT",
    ]);
  });
});

describe("what a statement is", () => {
  it.each([
    ["BEGIN"],
    ["START TRANSACTION ISOLATION LEVEL SERIALIZABLE"],
    ["COMMIT"],
    ["END"],
    ["ROLLBACK"],
    ["ABORT"],
    ["SAVEPOINT a"],
    ["RELEASE a"],
    ["ROLLBACK TO SAVEPOINT a"],
    ["PREPARE TRANSACTION 'a'"],
    ["COMMIT PREPARED 'a'"],
    ["ROLLBACK PREPARED 'a'"],
  ])("%s controls the transaction", async (sql) => {
    expect(await parseStatements(sql)).toMatchObject([{ controlsTransaction: true }]);
  });

  it.each([["SET TRANSACTION READ ONLY"], ["LOCK TABLE t"], ["PREPARE a AS SELECT 1"], ["DO $$ BEGIN COMMIT; END $$"]])(
    "%s does not",
    async (sql) => {
      expect(await parseStatements(sql)).toMatchObject([{ controlsTransaction: false }]);
    },
  );

  it("copies through the client just when it says stdin or stdout", async () => {
    const copies = (
      await parseStatements(
        "COPY t FROM stdin; COPY (SELECT 1) TO STDOUT; COPY t FROM '/f'; COPY t TO PROGRAM 'p'; SELECT 1",
      )
    ).map(({ copiesThroughClient }) => copiesThroughClient);
    expect(copies).toEqual([true, true, false, false, false]);
  });

  it("is told with its tree", async () => {
    expect(await parseStatement("CREATE INDEX i ON s.t (a)")).toMatchObject({
      node: "IndexStmt",
      tree: { idxname: "i", relation: { schemaname: "s", relname: "t" } },
    });
    expect(await parseStatement("-- nothing")).toEqual({ node: "Empty", tree: {} });
    await expect(parseStatement("nothing")).rejects.toThrow(GrammarError);
  });
});
