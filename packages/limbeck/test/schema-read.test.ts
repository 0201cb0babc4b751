import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { readSchema, type ReadSchemaOptions } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import { FACT_KINDS, type Fact, type Schema } from "../src/schema/fact.ts";

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, file), "utf8");
const everything = textOf("schema-everything.sql");

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
/** The schema `public` itself is in every database. */
const withoutPublic = (schema: Schema): string[] => keysOf(schema).filter((key) => !key.includes("schema public"));
const toldOf = (schema: Schema) => ({ ...schema, dependencies: schema.dependencies() });
const find = ({ facts }: Schema, key: string): Fact => facts.find((fact) => fact.key === key)!;

describe("a schema is read", () => {
  test("the same from a server and from the embedded database", async ({ databaseUrl }) => {
    const server = await schemaOf(databaseUrl, everything);
    const embedded = await schemaOf("pglite://memory", everything);
    expect({ ...toldOf(embedded), majorVersion: 0 }).toEqual({ ...toldOf(server), majorVersion: 0 });
    expect(new Set(keysOf(server)).size).toBe(server.facts.length);
  });

  test("with types, defaults and definitions as PostgreSQL prints them, schemas and all", async ({ databaseUrl }) => {
    const schema = await schemaOf(databaseUrl, everything);
    expect(find(schema, "column app.city.mood").attributes).toMatchObject({ type: "app.mood", nullable: true });
    expect(find(schema, "default app.city.mood").attributes).toEqual({ expression: "'ok'::app.mood" });
    expect(find(schema, "column app.city.id").attributes).toMatchObject({
      identity: "always",
      identitySequence: { name: "city_id_seq", start: "100" },
    });
    expect(find(schema, "constraint public.street.street_city_id_fkey")).toMatchObject({
      parents: ["table public.street"],
      attributes: {
        columns: ["city_id"],
        references: { schema: "app", name: "city" },
        onDelete: "cascade",
        validated: true,
      },
    });
    expect(find(schema, "sequence public.street_id_seq").parents).toEqual(["column public.street.id"]);
    expect(find(schema, "index app.event_2024_note_idx").parents).toEqual([
      "table app.event_2024",
      "index app.event_note",
    ]);
  });

  test("in all its kinds, and knows every object", async ({ databaseUrl }) => {
    const schema = await schemaOf(databaseUrl, everything + textOf("schema-rest.sql"));
    const read = new Set(schema.facts.map(({ kind }) => kind));
    // The first needs a server to connect to, the others code in C.
    const elsewhere = ["subscription", "transform", "text search parser", "text search template", "security label"];
    expect(FACT_KINDS.filter((kind) => !read.has(kind))).toEqual(expect.arrayContaining(elsewhere));
    expect(FACT_KINDS.length - read.size).toBe(elsewhere.length);
    expect(schema.unmodelled).toEqual([]);
    expect(new Set(keysOf(schema)).size).toBe(schema.facts.length);
  });

  test("with what needs what", async ({ databaseUrl }) => {
    const dependencies = (await schemaOf(databaseUrl, everything + textOf("schema-rest.sql"))).dependencies();
    const needs = (key: string): string[] =>
      dependencies.filter(({ from }) => from === key).map(({ on, type }) => `${on} (${type})`);
    expect(needs("view app.happy")).toEqual([
      "column app.city.id (normal)",
      "column app.city.mood (normal)",
      "column app.city.name (normal)",
      "enum app.mood (normal)",
      "schema app (normal)",
    ]);
    expect(needs("default public.street.id")).toEqual([
      "column public.street.id (auto)",
      "sequence public.street_id_seq (normal)",
    ]);
    expect(needs("constraint public.street.street_city_id_fkey")).toEqual([
      "column app.city.id (normal)",
      "column public.street.city_id (auto)",
      "constraint app.city.city_pkey (normal)",
    ]);
    expect(needs("column app.city.doubled")).toEqual(["column app.city.area (normal)"]);
    expect(needs("trigger app.city.city_touch")).toContain("function app.touch() (normal)");
    expect(needs("policy app.city.city_read")).toContain("column app.city.mood (normal)");
    expect(needs("foreign server remote")).toEqual(["extension postgres_fdw (normal)"]);
    expect(needs("operator class more.backwards(btree)")).toContain("function more.cmp(integer, integer) (normal)");
    // The partition has no column of its own to name: its columns are its table's.
    expect(needs("index app.event_2024_note_idx")).toEqual([
      "column app.event.note (auto)",
      "index app.event_note (partition)",
      "table app.event_2024 (partition)",
    ]);
    expect(needs("trigger app.event.event_touch")).not.toContain("table app.event_2024 (partition)");
  });

  test("without what extensions brought", async ({ databaseUrl }) => {
    const schema = await schemaOf(
      databaseUrl,
      "create schema ext; create extension citext schema ext; create extension hstore",
    );
    expect(withoutPublic(schema)).toEqual([
      "schema ext",
      "extension citext",
      "extension hstore",
      "owner on schema ext",
    ]);
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
    expect(withoutPublic(schema)).toEqual(["view public.kept", "owner on view public.kept"]);
  });

  test("of chosen schemas only", async ({ databaseUrl }) => {
    const schema = await schemaOf(databaseUrl, everything, { schemas: ["public"] });
    const others = schema.facts.filter(({ identity }) => (identity.schema ?? identity.name) !== "public");
    expect(others).toEqual([]);
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
        expect(find(inside, "default app.fresh.a").attributes["expression"]).toBe("'sad'::app.mood");
        await session.query("commit");

        const after = await readSchema(session);
        expect(toldOf(after)).toEqual(toldOf(inside));
        // The table, its column, its default and its owner.
        expect(after.facts.length).toBe(outside.facts.length + 4);
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
