import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import type { Operation } from "../src/operations/operation.ts";
import { sqlText } from "../src/operations/language/sql-text.ts";
import { planChanges } from "../src/schema/plan.ts";
import type { Schema } from "../src/schema/fact.ts";

/** What the manual's commands make, and the fact or the name by which it is known. */
const MADE: readonly (readonly [sql: string, ...known: string[]])[] = [
  ["create schema s", "schema s"],
  ["create extension hstore schema s", "extension hstore"],
  ["create table s.t (id integer constraint pk primary key, v text)", "table s.t", "column s.t.v", "constraint s.t.pk"],
  ["create table s.u as select 1 as x", "table s.u", "column s.u.x"],
  ["create index on s.t (v)", "index s.t_v_idx"],
  ["create sequence s.q", "sequence s.q"],
  ["create view s.v as select id, v from s.t", "view s.v"],
  ["create materialized view s.m as select id from s.t", "materialized view s.m"],
  ["create type s.e as enum ('a')", "enum s.e"],
  ["create type s.c as (a integer)", "composite type s.c", "column s.c.a"],
  ["create type s.r as range (subtype = float8)", "range type s.r"],
  ["create type s.shell", "shell type s.shell"],
  ["create domain s.d as text constraint dc check (value <> '')", "domain s.d", "constraint s.d.dc"],
  ["create collation s.co (locale = 'C')", "collation s.co"],
  ["create conversion s.cv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8", "conversion s.cv"],
  ["create function s.f() returns integer language sql as 'select 1'", "function s.f()"],
  ["create procedure s.p() language sql as 'select 1'", "procedure s.p()"],
  ["create aggregate s.a(integer) (sfunc = int4pl, stype = integer)", "aggregate s.a(integer)"],
  ["create function s.same(s.c, s.c) returns boolean language sql as 'select true'", "function s.same(s.c, s.c)"],
  ["create operator s.=== (leftarg = s.c, rightarg = s.c, function = s.same)", "operator s.===(s.c, s.c)"],
  ["create operator family s.of using btree", "operator family s.of(btree)"],
  ["create operator class s.oc for type s.c using hash as operator 1 s.===", "operator class s.oc(hash)"],
  ["create cast (s.c as text) with inout", "cast (s.c AS text)"],
  [
    `create function s.tr(internal) returns internal language internal immutable as 'textin';
     create transform for s.c language plpgsql (from sql with function s.tr(internal))`,
    "transform (s.c FOR plpgsql)",
  ],
  [
    "create text search parser s.tp (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)",
    "text search parser s.tp",
  ],
  ["create text search template s.tt (lexize = dsimple_lexize)", "text search template s.tt"],
  ["create text search dictionary s.td (template = simple)", "text search dictionary s.td"],
  ["create text search configuration s.tc (copy = simple)", "text search configuration s.tc"],
  ["create statistics s.st on id, v from s.t", "statistics object s.st"],
  [
    `create function s.touch() returns trigger language plpgsql as 'begin return null; end';
     create trigger t after insert on s.t for each row execute function s.touch()`,
    "trigger s.t.t",
  ],
  [
    `create function s.noted() returns event_trigger language plpgsql as 'begin end';
     create event trigger noted on sql_drop execute function s.noted()`,
    "event trigger noted",
  ],
  ["create policy p on s.t", "policy s.t.p"],
  ["create rule r as on insert to s.u do nothing", "rule s.u.r"],
  ["create language l handler plpgsql_call_handler", "language l"],
  ["create access method am type table handler heap_tableam_handler", "access method am"],
  ["create foreign data wrapper w", "foreign data wrapper w"],
  ["create server sv foreign data wrapper w", "foreign server sv"],
  ["create user mapping for public server sv", "user mapping sv.public"],
  ["create foreign table s.ft (a integer) server sv", "foreign table s.ft"],
  ["create publication pub for table s.t", "publication pub", "published table s.t.pub"],
  [
    "create subscription sub connection 'dbname=x' publication y with (connect = false, slot_name = none)",
    "subscription sub",
  ],
  [
    "alter default privileges grant select on tables to pg_monitor",
    "default privileges postgres(tables) to pg_monitor",
  ],
  ["comment on view s.v is 'x'", "comment on view s.v"],
  ["grant select (v) on s.v to pg_monitor", "grant on column s.v.v to pg_monitor"],
  [
    "insert into pg_seclabel values ('s.t'::regclass, 'pg_class'::regclass, 2, 'p', 'l')",
    "security label on column s.t.v by p",
  ],
  // What has no fact has a name.
  ["alter function s.f() depends on extension hstore", "dependency on extension hstore of function s.f()"],
  ["create function pg_catalog.mine() returns integer language sql as 'select 1'", "function pg_catalog.mine()"],
  ["create view information_schema.mine as select 1", "view information_schema.mine"],
  ["revoke execute on function pg_sleep from public", "grant on function pg_catalog.pg_sleep(double precision)"],
  ["grant select (rolname) on pg_authid to pg_monitor", "grant on table column pg_catalog.pg_authid.rolname"],
  ["grant usage on language sql to pg_monitor with grant option", "grant on language sql"],
  ["revoke execute on function s.hstore_in from public", "grant on objects of extension hstore"],
  [
    "alter operator family integer_ops using btree add operator 1 s.=== (s.c, s.c)",
    "operator of access method operator 1 (s.c, s.c) of pg_catalog.integer_ops USING btree",
  ],
  ["comment on type s.t is 'x'", "comment on type s.t"],
  [`comment on rule "_RETURN" on s.v is 'x'`, `comment on rule "_RETURN" on s.v`],
  [
    "do $$ begin execute format('alter database %I set work_mem = ''5MB''', current_database()); end $$",
    "database setting work_mem",
  ],
  [
    "do $$ begin execute format('alter role %I in database %I set work_mem = ''5MB''', current_user, current_database()); end $$",
    "database setting work_mem of role postgres",
  ],
  ["do $$ begin execute format('comment on database %I is ''x''', current_database()); end $$", "database comment"],
  [
    "do $$ begin execute format('grant create on database %I to pg_monitor', current_database()); end $$",
    "database grant",
  ],
];

/** How the statements begin that a plan has no operation for. */
const UNTYPED: readonly string[] = [
  "CREATE ACCESS METHOD",
  "CREATE CONVERSION",
  "CREATE LANGUAGE",
  "CREATE OPERATOR CLASS",
  "CREATE OPERATOR FAMILY",
  "CREATE RULE",
  "CREATE SUBSCRIPTION",
  "CREATE TEXT SEARCH PARSER",
  "CREATE TEXT SEARCH TEMPLATE",
  "CREATE TRANSFORM FOR",
  "CREATE TYPE",
  "SECURITY LABEL FOR",
];
const UNTYPED_BACK: readonly string[] = [
  "ALTER SUBSCRIPTION",
  "DROP ACCESS METHOD",
  "DROP CONVERSION",
  "DROP LANGUAGE",
  "DROP OPERATOR CLASS",
  "DROP OPERATOR FAMILY",
  "DROP SUBSCRIPTION",
  "DROP TEXT SEARCH PARSER",
  "DROP TEXT SEARCH TEMPLATE",
  "DROP TRANSFORM FOR",
];

function rawBeginnings(operations: readonly Operation[]): string[] {
  const texts = operations.flatMap((each) => (each.kind === "execute" ? [sqlText(each.sql)] : []));
  return [...new Set(texts.map((text) => /^[A-Z ]*[A-Z]/.exec(text)![0]))].toSorted();
}

async function schemaIn(session: Session): Promise<ReadonlySet<string>> {
  const schema: Schema = await readSchema(session);
  return new Set([
    ...schema.facts.map(({ key }) => key),
    ...schema.unmodelled.map(({ kind, name }) => `${kind} ${name}`),
  ]);
}

test("every kind of object is a fact, or has a name at least", async ({ databaseUrl }) => {
  const session = await openSession(databaseUrl, "/", {});
  try {
    await session.query("begin");
    const empty = await readSchema(session);
    const before = await schemaIn(session);
    await session.script(MADE.map(([statement]) => statement));
    const known = await schemaIn(session);
    const schema = await readSchema(session);
    expect(rawBeginnings(planChanges(empty, schema).operations)).toEqual(UNTYPED);
    expect(rawBeginnings(planChanges(schema, empty).operations)).toEqual(UNTYPED_BACK);
    expect(MADE.filter(([, ...names]) => !names.every((name) => known.has(name) && !before.has(name)))).toEqual([]);
  } finally {
    await session.query("rollback");
    await session.close();
  }
});

/** Catalogs of data, of what belongs to the whole server, and those that a function reads. */
const NOT_NAMED = new Set([
  "pg_largeobject",
  "pg_largeobject_metadata",
  "pg_statistic",
  "pg_statistic_ext_data",
  "pg_subscription_rel",
  "pg_auth_members",
  "pg_authid",
  "pg_parameter_acl",
  "pg_replication_origin",
  "pg_shdepend",
  "pg_partitioned_table",
  "pg_shdescription",
]);

test("every catalog is read, or no part of a schema", async ({ sql }) => {
  const folder = join(import.meta.dirname, "../src/database/read-schema");
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const rows = await sql<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'",
  );
  const unread = rows.filter(({ name }) => !NOT_NAMED.has(name) && !new RegExp(`\\b${name}\\b`).test(text));
  expect(unread).toEqual([]);
});
