import { PGlite } from "@electric-sql/pglite";
import { expect, test as base } from "testkit";
import { describe } from "vitest";
import { DatabaseUnavailable, sqlState, type Database } from "../src/store/database.ts";
import { openEmbedded } from "../src/store/embedded.ts";
import { openServer } from "../src/store/server.ts";

const open = {
  server: async (url: string): Promise<Database> =>
    openServer({ connection: { connectionString: url }, onIdleError: () => {} }),
  embedded: async (): Promise<Database> => openEmbedded(await PGlite.create()),
};

describe.each(["server", "embedded"] as const)("%s", (kind) => {
  const test = base.extend("database", async ({ databaseUrl }, { onCleanup }) => {
    const database = await open[kind](databaseUrl);
    onCleanup(() => database.close());
    return database;
  });

  test("values, transactions and errors are the same on both", async ({ database }) => {
    expect(database.kind).toBe(kind);
    const probe = await database.probe();
    expect(probe).toEqual({ connectMs: kind === "server" ? expect.any(Number) : null, queryMs: expect.any(Number) });

    const values = `SELECT $1::bigint AS safe, 9007199254740993 AS large, $2::jsonb AS json, NULL AS none, $3::boolean AS flag,
      '2025-01-02 03:04:05.123456+00'::timestamptz AT TIME ZONE 'UTC' AS moment, '2025-01-02'::date AS day, 1.50 AS number`;
    expect(await database.query(values, ["5", `{"a":9007199254740993}`, true])).toEqual([
      {
        safe: 5,
        large: "9007199254740993",
        json: `{"a": 9007199254740993}`,
        none: null,
        flag: true,
        moment: "2025-01-02 03:04:05.123456",
        day: "2025-01-02",
        number: "1.50",
      },
    ]);

    await database.query("CREATE TABLE t (n integer PRIMARY KEY)");
    const insert = "INSERT INTO t VALUES ($1) RETURNING n";
    expect(await database.transaction((transaction) => transaction.query(insert, [1]))).toEqual([{ n: 1 }]);
    const failing = database.transaction(async (transaction) => {
      await transaction.query(insert, [2]);
      await transaction.query(insert, [1]);
    });
    await expect(failing).rejects.toSatisfy((error) => sqlState(error) === "23505");
    expect(await database.query("SELECT n FROM t")).toEqual([{ n: 1 }]);
  });
});

base("a connection that is lost in the middle of a transaction", async ({ databaseUrl, sql }) => {
  const database = await open.server(databaseUrl);
  const lost = database.transaction(async (transaction) => {
    const [session] = await transaction.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await sql("SELECT pg_terminate_backend($1, 5000)", [session?.pid]);
    await transaction.query("SELECT 1");
  });
  await expect(lost).rejects.toThrow(DatabaseUnavailable);
  expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await database.close();
});

base("of two in a deadlock one begins again, and both are done", async ({ databaseUrl, sql }) => {
  const database = await open.server(databaseUrl);
  await sql("CREATE TABLE t (id integer PRIMARY KEY, n integer); INSERT INTO t VALUES (1, 0), (2, 0)");
  const add = "UPDATE t SET n = n + 1 WHERE id = $1";
  const both = (first: number, second: number) =>
    database.transaction(async (transaction) => {
      await transaction.query(add, [first]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await transaction.query(add, [second]);
    });
  await Promise.all([both(1, 2), both(2, 1)]);
  expect(await sql("SELECT n FROM t")).toEqual([{ n: 2 }, { n: 2 }]);
  await database.close();
});

base("a statement goes on when a column has changed its type", async ({ databaseUrl, sql }) => {
  const database = await open.server(databaseUrl);
  await sql("CREATE TABLE t (name varchar(5)); INSERT INTO t VALUES ('a')");
  for (const type of ["varchar(5)", "text"]) {
    await sql(`ALTER TABLE t ALTER COLUMN name TYPE ${type}`);
    expect(await database.query("SELECT name FROM t")).toEqual([{ name: "a" }]);
  }
  await database.close();
});

base("codes of the operating system are no SQLSTATEs", () => {
  expect(sqlState(Object.assign(new Error(), { code: "EPIPE" }))).toBeUndefined();
  expect(sqlState(Object.assign(new Error(), { code: "23505" }))).toBe("23505");
  expect(sqlState("23505")).toBeUndefined();
});
