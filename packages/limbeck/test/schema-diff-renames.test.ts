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

  test("to another schema keeps a table, with what is on it and what names it", async ({ postgresUrl }) => {
    const script = (schema: string): string =>
      `create schema ${schema}; create table ${schema}.city (id integer generated always as identity primary key, n serial, name text unique);
       create index on ${schema}.city (lower(name)); comment on index ${schema}.city_pkey is 'key'; grant select (name) on ${schema}.city to public;
       create table street (id integer, city integer references ${schema}.city); create view v as select name from ${schema}.city;
       create function f(${schema}.city) returns text language sql begin atomic select ($1).name; end;
       comment on column ${schema}.city.name is 'its'; alter table ${schema}.city replica identity using index city_pkey;
       create policy p on ${schema}.city using (id > 0); create statistics s on id, name from ${schema}.city;`;
    const [a, b] = [script("old"), script("new")];
    const { plan } = await led(postgresUrl, a, b);
    const hint = { kind: "table", schema: "old", from: "city", to: "city", toSchema: "new" } as const;
    expect(plan!.renameCandidates).toEqual([hint]);
    const { faults, sql } = await led(postgresUrl, a, b, [hint]);
    expect(faults, sql.join(";\n")).toEqual([]);
    expect(sql).toEqual(["CREATE SCHEMA new", "ALTER TABLE old.city SET SCHEMA new", "DROP SCHEMA old"]);
  });

  test("to another schema and name keeps types, views and sequences", async ({ postgresUrl }) => {
    const script = (schema: string, name: string): string =>
      `create schema a; create schema b; create type ${schema}.${name}e as enum ('x'); create domain ${schema}.${name}d as text check (value <> '');
       create type ${schema}.${name}c as (f ${schema}.${name}e); create sequence ${schema}.${name}s;
       create table a.t (e ${schema}.${name}e default 'x', d ${schema}.${name}d, c ${schema}.${name}c[], n integer default nextval('${schema}.${name}s'));
       create view ${schema}.${name}v as select e from a.t; create materialized view ${schema}.${name}m as select e from ${schema}.${name}v;`;
    const kinds = {
      e: "enum",
      d: "domain",
      c: "composite type",
      s: "sequence",
      v: "view",
      m: "materialized view",
    } as const;
    const hints = Object.entries(kinds).map(([letter, kind]): RenameHint => ({
      kind,
      schema: "a",
      from: `o${letter}`,
      to: `n${letter}`,
      toSchema: "b",
    }));
    const { faults, sql } = await led(postgresUrl, script("a", "o"), script("b", "n"), hints);
    expect(faults, sql.join(";\n")).toEqual([]);
    expect(
      sql.filter((each) => !/ (?:SET SCHEMA b|RENAME TO n.|RENAME CONSTRAINT od_check TO nd_check)$/.test(each)),
    ).toEqual([]);
  });

  test("to another schema needs nobody's word of what holds no data", async ({ postgresUrl }) => {
    const script = (schema: string): string =>
      `create schema a; create schema b; create collation ${schema}.co (locale = 'C'); create table a.t (x integer, n text collate ${schema}.co);
       create function ${schema}.f(integer) returns integer immutable language sql as 'select $1'; create function ${schema}.f() returns integer language sql as 'select 1';
       create function ${schema}.s(integer) returns integer immutable language sql begin atomic select ${schema}.f($1); end;
       create index i on a.t (${schema}.f(x)); alter table a.t add check (${schema}.f(x) > 0), add g integer generated always as (${schema}.f(x)) stored;
       create function ${schema}.touch() returns trigger language plpgsql as 'begin return new; end';
       create trigger touched before insert on a.t for each row execute function ${schema}.touch();
       create procedure ${schema}.p() language sql as 'select 1'; create aggregate ${schema}.total(integer) (sfunc = int4pl, stype = integer);
       create view a.v as select ${schema}.total(x) as s from a.t; create statistics ${schema}.st on x, g from a.t;
       create text search dictionary ${schema}.d (template = simple); create text search configuration ${schema}.c (parser = default);
       alter text search configuration ${schema}.c add mapping for word with ${schema}.d; create index j on a.t using gin (to_tsvector('${schema}.c', n));
       create operator class ${schema}.oc for type integer using btree as operator 1 <, function 1 btint4cmp(integer, integer); create index k on a.t (x ${schema}.oc);
       comment on function ${schema}.f() is 'x'; grant execute on function ${schema}.f(integer) to pg_monitor;`;
    const { faults, sql } = await led(postgresUrl, script("a"), script("b"));
    expect(faults, sql.join(";\n")).toEqual([]);
    expect(sql.filter((each) => !each.endsWith(" SET SCHEMA b"))).toEqual([]);
    const { faults: others, sql: made } = await led(
      postgresUrl,
      "create schema a; create table a.f (x integer); create function a.f() returns integer language sql as 'select 1'; create view a.v as select a.f() from a.f",
      "create schema a; create table a.f (x integer); create schema b; create function b.f() returns integer language sql as 'select 1'; create view a.v as select b.f() from a.f",
    );
    expect(others, made.join(";\n")).toEqual([]);
  });

  test("of an enum's value keeps the rows that have it", async ({ postgresUrl }) => {
    const script = (value: string): string =>
      `create type mood as enum ('sad', '${value}', 'it''s'); create table t (m mood default '${value}', ms mood[] default '{sad,"${value}"}');
       create view v as select m = '${value}' as is_it from t; create index on t (m) where m <> '${value}';`;
    const [a, b] = [script("o k"), script("fi''ne")];
    const { plan } = await led(postgresUrl, a, b);
    const hint = { kind: "enum value", schema: "public", relation: "mood", from: "o k", to: "fi'ne" } as const;
    expect(plan!.renameCandidates).toEqual([hint]);
    const { faults, sql } = await led(postgresUrl, a, b, [hint]);
    expect(faults, sql.join(";\n")).toEqual([]);
    expect(sql).toEqual(["ALTER TYPE mood RENAME VALUE 'o k' TO 'fi''ne'"]);
  });

  test("of an index, a constraint or an owned sequence needs nobody's word", async ({ postgresUrl }) => {
    const script = (first: string): string =>
      `create table t (a serial constraint ${first}1 primary key, b integer constraint ${first}c check (b > 0)); create index ${first}i on t (b);
       create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger ${first}t before insert on t for each row execute function f();
       create policy ${first}p on t using (b > 1); comment on policy ${first}p on t is 'x'; create statistics ${first}s on a, b from t;
       create view v as select a from t; create table ${first === "x" ? "y" : "x"}s (a integer);`;
    const a = script("x").replace("create table ys", "create table os");
    const b = script("y").replace("create table xs", "create table os");
    const { faults, sql } = await led(postgresUrl, a, b);
    expect(faults).toEqual([]);
    expect(sql.filter((statement) => !statement.includes("RENAME"))).toEqual([]);
  });

  test("of an attribute keeps the composite type", async ({ postgresUrl }) => {
    const script = (name: string): string => `create type c as (${name} integer, b text); create table t (c c, cs c[])`;
    const hint = { kind: "column", schema: "public", relation: "c", from: "a", to: "z" } as const;
    const { faults, sql } = await led(postgresUrl, script("a"), script("z"), [hint]);
    expect(faults).toEqual([]);
    expect(sql).toEqual(["ALTER TYPE c RENAME ATTRIBUTE a TO z"]);
  });
});

describe("a unique index", () => {
  test("becomes a constraint where it is", async ({ postgresUrl }) => {
    const table = "create table t (id integer not null, a text, b text);";
    const a = `${table} create unique index u on t (id); create unique index ab on t (a) include (b); comment on index ab is 'x';
      create table s (a text, foreign key (a) references t (a)); alter table t cluster on ab`;
    const b = `${table} alter table t add constraint k primary key (id); alter table t add constraint ab unique (a) include (b) deferrable;
      comment on index ab is 'x'; create table s (a text); alter table t cluster on ab`;
    const { faults, sql } = await led(postgresUrl, a, b);
    expect(faults, sql.join(";\n")).toEqual([]);
    expect(sql).toEqual([
      "ALTER TABLE t ADD CONSTRAINT ab UNIQUE USING INDEX ab DEFERRABLE",
      "ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX u",
      "ALTER TABLE s DROP CONSTRAINT s_a_fkey",
    ]);
  });
});
