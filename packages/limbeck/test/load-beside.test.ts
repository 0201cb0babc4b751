import { expect, test } from "testkit";
import { describe } from "vitest";
import { loadIndependent } from "../src/database/load-beside.ts";
import { openSession } from "../src/database/open.ts";
import type { Session } from "../src/database/session.ts";
import { createIndex } from "../src/operations/create-index.ts";
import { createTable } from "../src/operations/create-table.ts";
import { column } from "../src/operations/language/column.ts";
import { createView } from "../src/operations/create-view.ts";
import type { Operation } from "../src/operations/operation.ts";

const numbers = Array.from({ length: 100 }, (_, number) => number);

/** A hundred tables, and an index on each. Some have a column of another type. */
function tables(types: Readonly<Record<number, string>>): Operation[] {
  return [
    ...numbers.map((number) => createTable(`t${number}`, column("n", types[number] ?? "integer"))),
    ...numbers.map((number) => createIndex(null, `t${number}`, ["n"])),
    createView("all_of_them", "select from t0, t99"),
  ];
}

async function loaded(url: string, operations: readonly Operation[], work = count): Promise<unknown> {
  const session = await openSession(url, "/", {});
  try {
    await loadIndependent(session, "schema.ts", operations);
    return await work(session);
  } finally {
    await session.close();
  }
}

async function count(session: Session): Promise<unknown> {
  const [row] = await session.query<{ counted: string }>(
    `select string_agg(relkind || n, ' ' order by relkind) as counted from
       (select relkind::text, count(*) as n from pg_class where relnamespace = 'public'::regnamespace group by relkind) x`,
  );
  return row!.counted;
}

const ALL = "i100 r100 v1";

describe("tables that are made in two sessions at once", () => {
  test("are all there", async ({ databaseUrl: url }) => {
    expect(await loaded(url, tables({}))).toBe(ALL);
  });

  test("are all there though one half stands on the other", async ({ databaseUrl: url }) => {
    expect(await loaded(url, tables({ 51: "t50" }))).toBe(ALL);
  });

  test("are all there though each half stands on the other", async ({ databaseUrl: url }) => {
    expect(await loaded(url, tables({ 50: "t49", 51: "t50" }))).toBe(ALL);
  });

  test("are an error with the statement that fails, in either half", async ({ databaseUrl: url }) => {
    for (const wrong of [60, 61]) {
      const error = await loaded(url, tables({ [wrong]: "colour" })).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: "SCHEMA_SOURCE_INVALID",
        message: `The target schema cannot be built: type "colour" does not exist, in: CREATE TABLE t${wrong} ( …`,
        where: { file: "schema.ts" },
      });
      const session = await openSession(url, "/", {});
      await session.script(["drop schema public cascade", "create schema public"]);
      await session.close();
    }
  });
});
