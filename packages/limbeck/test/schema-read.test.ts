import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { readSchema, type ReadSchemaOptions } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import type { Fact, Schema } from "../src/schema/fact.ts";

const everything = readFileSync(join(import.meta.dirname, "schema-everything.sql"), "utf8");

async function withSession<Result>(url: string, work: (session: Session) => Promise<Result>): Promise<Result> {
  const session = await openSession(url, "/", {});
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function schemaOf(url: string, sql: string, options?: ReadSchemaOptions): Promise<Schema> {
  return await withSession(url, async (session) => {
    await session.script([sql]);
    return await readSchema(session, options);
  });
}

const keysOf = ({ facts }: Schema): string[] => facts.map(({ key }) => key);
const find = ({ facts }: Schema, key: string): Fact => facts.find((fact) => fact.key === key)!;

describe("a schema is read", () => {
  test("the same from a server and from the embedded database", async ({ databaseUrl }) => {
    const server = await schemaOf(databaseUrl, everything);
    const embedded = await schemaOf("pglite://memory", everything);
    expect(embedded).toEqual(server);
    expect(new Set(server.facts.map(({ kind }) => kind))).toMatchInlineSnapshot(`
      Set {
        "schema",
        "enum",
        "domain",
        "composite type",
        "sequence",
        "table",
        "column",
        "constraint",
        "index",
        "view",
        "materialized view",
        "function",
        "procedure",
        "trigger",
        "policy",
        "rule",
        "comment",
      }
    `);
    expect(new Set(keysOf(server)).size).toBe(server.facts.length);
  });

  test("with types, defaults and definitions as PostgreSQL prints them, schemas and all", async ({ databaseUrl }) => {
    const schema = await schemaOf(databaseUrl, everything);
    expect(find(schema, "column app.city.mood").attributes).toMatchObject({
      type: "app.mood",
      default: "'ok'::app.mood",
      nullable: true,
    });
    expect(find(schema, "column app.city.id").attributes).toMatchObject({
      identity: "always",
      identitySequence: { name: "city_id_seq", start: "100" },
    });
    expect(find(schema, "constraint public.street.street_city_id_fkey")).toMatchObject({
      parents: ["table public.street"],
      attributes: { definition: "FOREIGN KEY (city_id) REFERENCES app.city(id) ON DELETE CASCADE", validated: true },
    });
    expect(find(schema, "sequence public.street_id_seq").parents).toEqual(["column public.street.id"]);
    expect(find(schema, "index app.event_2024_note_idx").parents).toEqual([
      "table app.event_2024",
      "index app.event_note",
    ]);
  });

  test("naming what is not modelled", async ({ databaseUrl }) => {
    const { unmodelled } = await schemaOf(databaseUrl, everything);
    expect(unmodelled).toEqual([
      { kind: "aggregate", name: "app.total(integer)" },
      { kind: "cast", name: "(app.place AS pg_catalog.text)" },
      { kind: "collation", name: "app.plain" },
      { kind: "statistics object", name: "app.city_stats" },
    ]);
  });

  test("without what extensions brought", async ({ databaseUrl }) => {
    const schema = await schemaOf(
      databaseUrl,
      "create schema ext; create extension citext schema ext; create extension hstore",
    );
    expect(keysOf(schema)).toEqual(["schema ext", "extension citext", "extension hstore"]);
    expect(schema.unmodelled).toEqual([]);
  });

  test("without what is excluded, with all its parts", async ({ databaseUrl }) => {
    const sql = `
      create schema audit; create table audit.log (id serial); comment on table audit.log is 'x';
      create table alembic_version (version_num varchar(32) primary key);
      create table tmp_a (id serial primary key, a text unique); create index tmp_a_index on tmp_a (a); create view kept as select 1 as one;`;
    const schema = await schemaOf(databaseUrl, sql, {
      exclude: ["audit", "public.tmp_*"],
      ignore: [{ schema: "public", name: "alembic_version" }],
    });
    expect(keysOf(schema)).toEqual(["view public.kept"]);
  });

  test("of chosen schemas only", async ({ databaseUrl }) => {
    const schema = await schemaOf(databaseUrl, everything, { schemas: ["public"] });
    expect(new Set(schema.facts.map(({ identity }) => identity.schema))).toEqual(new Set(["public"]));
  });
});

describe("reading leaves the session as it was", () => {
  for (const kind of ["server", "embedded"] as const) {
    test(`outside a transaction and inside one, ${kind}`, async ({ databaseUrl }) => {
      await withSession(kind === "server" ? databaseUrl : "pglite://memory", async (session) => {
        await session.script([everything, "set search_path = app, public"]);
        const outside = await readSchema(session);
        expect(await session.query("show search_path")).toEqual([{ search_path: "app, public" }]);

        await session.query("begin");
        await session.query("create table app.fresh (a mood default 'sad')");
        const inside = await readSchema(session);
        expect(await session.query("show search_path")).toEqual([{ search_path: "app, public" }]);
        expect(find(inside, "column app.fresh.a").attributes["default"]).toBe("'sad'::app.mood");
        await session.query("commit");

        const after = await readSchema(session);
        expect(after).toEqual(inside);
        expect(after.facts.length).toBe(outside.facts.length + 2);
      });
    });
  }

  test("for a user who may only look", async ({ databaseUrl }) => {
    await schemaOf(databaseUrl, everything);
    await withSession(databaseUrl, async (session) => {
      await session.script(["set default_transaction_read_only = on", "set role pg_read_all_settings"]);
      expect((await readSchema(session)).facts.length).toBeGreaterThan(50);
    });
  });
});
