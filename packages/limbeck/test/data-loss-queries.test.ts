import { expect, test } from "testkit";
import { describe } from "vitest";
import { Limbeck } from "../src/index.ts";
import { writeRevisions } from "./project.ts";

const CREATE = { id: "a", up: `op.createTable("city", column("id", "int"), column("mayor", "text"));` };

const client = (call: string): string => `const client = await op.connection() as any;\n${call}`;

/** What a revision sends that has looked at the database, and so could not be recorded ahead of the run. */
const UNSEEN = {
  "op.query": `await op.query("DROP TABLE city");`,
  "op.query, one of several statements": `await op.query("SELECT 1; ALTER TABLE city DROP COLUMN mayor");`,
  "an operation behind a query": `await op.query("SELECT 1");\nop.dropColumn("city", "mayor");`,
  "an operation behind a promise": `await Promise.resolve();\nop.execute("TRUNCATE city");`,
  "a client's promise": client(`await client.query("TRUNCATE city");`),
  "a client's query with values": client(`await client.query({ text: "drop table city", values: [] });`),
  "a client's callback": client(
    `await new Promise((done, fail) => client.query("DROP TABLE city", (error) => error ? fail(error) : done(null)));`,
  ),
  "a client's query object": client(
    `const { Query } = client.constructor;
     await new Promise((done, fail) => client.query(new Query("DROP TABLE city", (error) => error ? fail(error) : done(null))));`,
  ),
  "the last of a client's queries, sent at once": client(
    `await Promise.all(["CREATE TABLE x ()", "DROP TABLE x", "DROP TABLE city"].map((text) => client.query(text)));`,
  ),
  "a client that has ended the transaction": client(
    `await client.query("COMMIT");\nawait client.query("DROP TABLE city");`,
  ),
};

describe("rows that would be lost by what nobody could look at before the run are kept", () => {
  test.for(Object.entries(UNSEEN))("%s", async ([name, up], { databaseUrl, sql, folder }) => {
    writeRevisions(folder, [CREATE, { id: "b", down: "a" }, { id: "c", down: "b", up }]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    try {
      await limbeck.upgrade("a");
      await sql("insert into city values (1, 'Ada')");
      await expect(limbeck.upgrade()).rejects.toMatchObject({
        code: "DATA_LOSS",
        message: expect.stringContaining("this is not sent") as string,
        where: { file: expect.stringContaining("c_step.ts") as string, line: expect.any(Number) as number },
      });
      expect(await sql("select id, mayor from city")).toEqual([{ id: 1, mayor: "Ada" }]);
      expect((await limbeck.current()).current.map(({ revision }) => revision)).toEqual(["b"]);
      if (name.includes("ended the transaction")) return;
      await sql("delete from city");
      expect(await limbeck.upgrade()).toMatchObject({ heads: ["c"] });
    } finally {
      await limbeck.close();
    }
  });
});

describe("what a query may lose", () => {
  const allowed = [
    ["an allowance before op.query", `op.allow("drop-table", "unused");\nawait op.query("DROP TABLE city");`, {}],
    ["a comment", `await op.query("-- limbeck: allow drop-table because unused\\nDROP TABLE city");`, {}],
    [
      "an allowance before op.connection",
      `op.allow("drop-table", "unused");\n${client(`await client.query("DROP TABLE city");`)}`,
      {},
    ],
    ["the configuration", client(`await client.query("DROP TABLE city");`), { allowDataLoss: true }],
    [
      "the run, which made it itself",
      `await op.query("CREATE TABLE made AS SELECT 1");\nawait op.query("SELECT 1");\nop.dropTable("made");`,
      {},
    ],
  ] as const;
  test.for(allowed)("is said by %s", async ([, up, options], { databaseUrl, sql, folder }) => {
    writeRevisions(folder, [CREATE, { id: "b", down: "a", up }]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, ...options });
    try {
      await limbeck.upgrade("a");
      await sql("insert into city values (1, 'Ada')");
      expect(await limbeck.upgrade()).toMatchObject({ heads: ["b"] });
    } finally {
      await limbeck.close();
    }
  });

  test("is asked of each by itself: one allowance is for what comes next", async ({ databaseUrl, sql, folder }) => {
    const up = `op.allow("drop-table", "unused");\nawait op.query("SELECT 1");\nop.dropTable("city");`;
    writeRevisions(folder, [CREATE, { id: "b", down: "a", up }]);
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
    try {
      await limbeck.upgrade("a");
      await sql("insert into city values (1, 'Ada')");
      await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "DATA_LOSS" });
    } finally {
      await limbeck.close();
    }
  });
});

test("a lent client is the client: its events, its queue, its cursors, and what it throws", async ({
  databaseUrl,
  sql,
  folder,
}) => {
  const up = client(`
    const heard: string[] = [];
    client.once("notice", ({ message }) => heard.push(message));
    const [, two, three] = await Promise.all([
      client.query("do $$ begin raise notice 'hello'; end $$"),
      client.query("select $1::int + 1 as n", [1]),
      client.query({ text: "select 3", rowMode: "array" }),
    ]);
    await client.query("savepoint s");
    const thrown = await client.query("drop table nothing").catch(({ code }) => code);
    await client.query("rollback to s");
    await client.query("insert into city (mayor) values ($1)",
      [JSON.stringify([client instanceof client.constructor, heard, two.rows, three.rows, thrown])]);`);
  writeRevisions(folder, [CREATE, { id: "b", down: "a", up }]);
  const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder });
  try {
    await limbeck.upgrade("a");
    await limbeck.upgrade();
  } finally {
    await limbeck.close();
  }
  const [row] = await sql<{ mayor: string }>("select mayor from city");
  expect(JSON.parse(row!.mayor)).toEqual([true, ["hello"], [{ n: 2 }], [[3]], "42P01"]);
});

test("the embedded database's client is looked at as well", async ({ folder }) => {
  const up = client(`await client.exec("DROP TABLE city");`);
  writeRevisions(folder, [
    CREATE,
    { id: "b", down: "a", up: `op.execute("insert into city values (1)");` },
    { id: "c", down: "b", up },
  ]);
  const limbeck = await Limbeck.open({ url: "pglite://memory", cwd: folder });
  try {
    await limbeck.upgrade("b");
    await expect(limbeck.upgrade()).rejects.toMatchObject({ code: "DATA_LOSS" });
  } finally {
    await limbeck.close();
  }
});
