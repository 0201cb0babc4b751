import { createDatabase, expect } from "testkit";
import { describe } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FIRST, test } from "./generated-project.ts";

const everything = readFileSync(join(import.meta.dirname, "schema-everything.sql"), "utf8");

describe("dump", () => {
  test("makes the same schema in an empty database", { timeout: 180_000 }, async ({ project, postgresUrl, sql }) => {
    await sql(everything);
    const { statements } = await project.limbeck.dump();
    const copy = await createDatabase(postgresUrl);
    try {
      const there = await project.open({ url: copy.url });
      const client = (await there.client()) as { query(text: string): Promise<unknown> };
      for (const { sql: text } of statements) await client.query(text);
      const { differences } = await project.limbeck.diff({ to: copy.url });
      expect(differences).toEqual([]);
      await there.close();
    } finally {
      await copy.drop();
    }
  });

  test("is of any source", { timeout: 120_000 }, async ({ project }) => {
    await project.begin("create table city (id integer primary key)");
    project.target("create table town (id integer)");
    expect(await project.limbeck.dump({ source: "schema.sql" })).toEqual({
      statements: [{ sql: "CREATE TABLE public.town (\n  id integer\n)", transactional: true }],
      notExpressed: [],
    });
    const { statements } = await project.limbeck.dump({ source: "rev:1" });
    expect(statements.map(({ sql }) => sql)).toEqual([
      "CREATE TABLE public.city (\n  id integer NOT NULL,\n  CONSTRAINT city_pkey PRIMARY KEY (id)\n)",
    ]);
  });
});

describe("baseline", () => {
  test("makes what was there, and counts as applied", { timeout: 180_000 }, async ({ project, sql }) => {
    await sql(FIRST);
    await sql("insert into country values (1)");
    const result = await project.limbeck.baseline({ message: "what was there", revisionId: "1" });
    expect(result).toMatchObject({ revision: "1", heads: ["1"], notExpressed: [] });
    project.target(FIRST);
    expect(await project.limbeck.check()).toMatchObject({ ok: true });
    expect(await project.limbeck.checkSqlOnly()).toMatchObject({ ok: true });
    expect(await sql("select id from country")).toEqual([{ id: 1 }]);
    await expect(project.limbeck.baseline()).rejects.toMatchObject({ code: "DATABASE_NOT_UP_TO_DATE" });
  });

  test("writes nothing where the version table cannot be made", async ({ project, sql }) => {
    await sql("create table city (id int)");
    const limbeck = await project.open({ versionTable: { schema: "missing" } });
    await expect(limbeck.baseline()).rejects.toMatchObject({ code: "VERSION_SCHEMA_NOT_FOUND" });
    expect(project.files()).toEqual([]);
  });
});

describe("check", () => {
  test(
    "tells what was changed by hand from what no revision does yet",
    { timeout: 120_000 },
    async ({ project, sql }) => {
      await project.begin();
      await sql("create index by_hand on city (name)");
      project.target(FIRST.replace("note text", "note text, size integer"));
      expect((await project.limbeck.check()).drift).toEqual({
        ok: false,
        differences: ["column city.size is missing", "index by_hand is not in the target schema"],
        objects: [
          { kind: "column", name: "city.size", change: "missing", message: "column city.size is missing" },
          {
            kind: "index",
            name: "by_hand",
            change: "unexpected",
            message: "index by_hand is not in the target schema",
          },
        ],
        byHand: ["index by_hand is not in the target schema"],
        withoutRevision: ["column city.size is missing"],
      });
    },
  );

  test("tells what both changed, and each otherwise", { timeout: 120_000 }, async ({ project, sql }) => {
    await project.begin();
    await sql("alter table city alter note type varchar(7)");
    project.target(FIRST.replace("note text", "note varchar(9)"));
    const message = "column city.note: type is varchar(7), target has varchar(9)";
    expect((await project.limbeck.check()).drift).toMatchObject({ byHand: [message], withoutRevision: [message] });
  });

  test("asks the files alone", { timeout: 120_000 }, async ({ project, postgresUrl }) => {
    await project.begin();
    expect(await project.limbeck.checkSqlOnly()).toMatchObject({ ok: true, differences: [] });
    project.target(FIRST.replace("note text", "note text, size integer"));
    const nowhere = await project.open({ url: "postgres://nowhere.invalid/none" });
    const expected = { ok: false, differences: ["column city.size is missing"] };
    expect(await nowhere.checkSqlOnly()).toMatchObject(expected);
    expect(await nowhere.checkSqlOnly({ scratch: postgresUrl })).toMatchObject(expected);
  });

  test("diff begins at a revision", { timeout: 120_000 }, async ({ project, sql }) => {
    await project.begin();
    await sql("create index by_hand on city (name)");
    project.target(FIRST.replace("note text", "note text, size integer"));
    const { operations } = await project.limbeck.diff({ from: "rev:1" });
    expect(operations).toEqual([`op.addColumn("city", column("size", "integer"));`]);
    expect(await project.limbeck.diff({ from: "rev:base", to: "schema.sql" })).toMatchObject({
      operations: { length: 2 },
    });
  });
});

describe("erd", () => {
  test("has tables, keys and what points where", { timeout: 120_000 }, async ({ project, sql }) => {
    await sql(`create table country (id integer primary key, code text not null unique);
      create table city (id integer primary key, country_id integer references country (id));
      create table capital (country_id integer primary key references country (id), city_id integer not null references city (id));
      create table metropolis (tram boolean) inherits (city)`);
    const { entities, relationships } = await project.limbeck.erd();
    expect(entities.map(({ name }) => name)).toEqual(["capital", "city", "country", "metropolis"]);
    expect(entities[3]!.columns.map(({ name }) => name)).toEqual(["id", "country_id", "tram"]);
    expect(entities[2]!.columns[1]).toEqual({
      name: "code",
      type: "text",
      nullable: false,
      isPrimary: false,
      isForeign: false,
      isUnique: true,
    });
    expect(relationships.map(({ from, to, isOptional, isUnique }) => [from, to, isOptional, isUnique])).toEqual([
      ["capital", "city", false, false],
      ["capital", "country", false, true],
      ["city", "country", true, false],
    ]);
  });
});
