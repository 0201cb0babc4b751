import { createDatabase, expect, test } from "testkit";
import { describe } from "vitest";
import type { RenameHint } from "../src/schema/renames.ts";
import { lead, prepared, type DiffResult } from "./diff-harness.ts";

async function led(
  postgresUrl: string,
  a: string,
  b: string,
  renames: readonly RenameHint[] = [],
): Promise<DiffResult> {
  const [x, y] = [await createDatabase(postgresUrl), await createDatabase(postgresUrl)];
  try {
    return await lead(await prepared(x.url, a, false), await prepared(y.url, b, false), { renames });
  } finally {
    await Promise.all([x.drop(), y.drop()]);
  }
}

const CITY = `create table city (id serial primary key, name text not null check (name <> ''), area integer);
  create index city_name on city (lower(name)); create view v as select id, name from city;
  create table street (id integer primary key, city integer references city);
  comment on column city.name is 'its name'; create statistics s on name, area from city;`;
const TOWN = `create table town (id serial primary key, name text not null check (name <> ''), area integer);
  create index city_name on town (lower(name)); create view v as select id, name from town;
  create table street (id integer primary key, city integer references town);
  comment on column town.name is 'its name'; create statistics s on name, area from town;`;

describe("a rename", () => {
  test("is never guessed of a table, but offered", async ({ postgresUrl }) => {
    const { faults, plan } = await led(postgresUrl, CITY, TOWN);
    expect(faults).toEqual([]);
    expect(plan!.renameCandidates).toEqual([{ kind: "table", schema: "public", from: "city", to: "town" }]);
    expect(plan!.dataLoss.map(({ message }) => message)).toContain("table city is dropped with its data.");
  });

  test("of a table keeps it, and gives its keys and sequences their new names", async ({ postgresUrl }) => {
    const hint = { kind: "table", schema: "public", from: "city", to: "town" } as const;
    const { faults, sql, plan } = await led(postgresUrl, CITY, TOWN, [hint]);
    expect(faults).toEqual([]);
    expect(plan!.dataLoss).toEqual([]);
    expect(sql).toEqual([
      "ALTER TABLE city RENAME TO town",
      "ALTER TABLE town RENAME CONSTRAINT city_name_check TO town_name_check",
      "ALTER TABLE town RENAME CONSTRAINT city_pkey TO town_pkey",
      "ALTER SEQUENCE city_id_seq RENAME TO town_id_seq",
    ]);
  });

  test("of a column keeps it, with what is made of it", async ({ postgresUrl }) => {
    const titled = CITY.replaceAll(/\bname\b(?! text,)/g, "title").replace(
      "select id, title",
      "select id, title as name",
    );
    const hint = { kind: "column", schema: "public", relation: "city", from: "name", to: "title" } as const;
    const { faults, sql, plan } = await led(postgresUrl, CITY, titled, [hint]);
    expect(faults, sql.join(";\n")).toEqual([]);
    expect(plan!.dataLoss).toEqual([]);
    expect(sql.filter((statement) => /DROP (?:TABLE|COLUMN|INDEX)|ADD/.test(statement))).toEqual([]);
  });

  test("of an enum keeps its columns", async ({ postgresUrl }) => {
    const script = (name: string): string =>
      `create type ${name} as enum ('a', 'b'); create table t (e ${name} default 'a', es ${name}[]);
       create function f(${name}) returns ${name} language sql as 'select $1'; grant usage on type ${name} to public;`;
    const hint = { kind: "enum", schema: "public", from: "mood", to: "feeling" } as const;
    const { faults, sql } = await led(postgresUrl, script("mood"), script("feeling"), [hint]);
    expect(faults).toEqual([]);
    expect(sql).toEqual(["ALTER TYPE mood RENAME TO feeling"]);
  });

  test("of an index, a constraint or an owned sequence needs nobody's word", async ({ postgresUrl }) => {
    const a =
      "create table t (a serial constraint one primary key, b integer constraint c check (b > 0)); create index i on t (b)";
    const b =
      "create table t (a serial constraint two primary key, b integer constraint d check (b > 0)); create index j on t (b)";
    const { faults, sql } = await led(postgresUrl, a, b);
    expect(faults).toEqual([]);
    expect(sql.every((statement) => statement.includes("RENAME"))).toBe(true);
  });
});
