import { expect, test } from "testkit";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import { withScratchDatabase } from "../src/database/scratch.ts";
import type { Session } from "../src/database/session.ts";
import { proveArrival } from "../src/proof/arrival.ts";

const COPY = /^create database/;

test("a way is proven where the target schema stands, and a wrong one from a copy of the live schema", async ({
  databaseUrl,
}) => {
  const live = await openSession(databaseUrl, "/", {});
  const asked: string[] = [];
  const watched: Session = { ...live, query: (text, values) => (asked.push(text), live.query(text, values)) };
  try {
    await live.script([
      "create function twice(n integer) returns integer language sql immutable return n * 2",
      "create table city (id integer primary key, size integer check (size > 0))",
      "comment on table city is 'of the live one'",
    ]);
    const before = await readSchema(live);
    const prove = async (upgrade: string): Promise<void> =>
      await withScratchDatabase(live, async (scratch) => {
        await scratch.script(["create table city (id integer primary key, name text, size integer check (size > 0))"]);
        const schema = await readSchema(scratch);
        await proveArrival(
          watched,
          { folder: "/", env: {} },
          {
            live: before,
            target: { ...schema, silentOn: ["function", "comment"] },
            built: { scratch, schema },
            upgrade: [{ sql: upgrade, transactional: true }],
            downgrade: [{ sql: "alter table city drop column name", transactional: true }],
            options: {},
          },
        );
      });
    await prove("alter table city add column name text");
    expect(asked.filter((text) => COPY.test(text))).toEqual([]);
    await expect(prove("alter table city add column name varchar")).rejects.toMatchObject({
      code: "PROOF_FAILED",
      details: { differences: ["column city.name: type is varchar, target has text"] },
    });
    expect(asked.filter((text) => COPY.test(text))).toHaveLength(1);
  } finally {
    await live.close();
  }
});
