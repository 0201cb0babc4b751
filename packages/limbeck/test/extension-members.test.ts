import { expect, test } from "testkit";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import { statementsOf } from "../src/operations/catalogue.ts";
import { unequalFacts } from "../src/schema/compare.ts";
import { schemaOf, type Schema } from "../src/schema/fact.ts";
import { planChanges } from "../src/schema/plan.ts";
import { triedOut } from "./schema-steps.ts";

const EXTENSIONS = "pg_trgm hstore ltree citext postgres_fdw btree_gist unaccent tablefunc".split(" ");

/** Relations and types of an extension's own, as those of PostGIS and TimescaleDB have them, in a schema that came with it. */
const TOOL = `
  create schema tool; create sequence tool.q; create type tool.state as enum ('a'); create type tool.pair as (a integer, b text);
  create domain tool.d as integer check (value > 0); create table tool.parted (a integer) partition by list (a);
  create table tool.job (id integer primary key default nextval('tool.q'), s tool.state, p text, unique (p)); create index job_s on tool.job (s);
  create view tool.v as select id from tool.job; create materialized view tool.m as select id from tool.job;
  create function tool.f() returns trigger language plpgsql as 'begin return new; end';
  create trigger tr before insert on tool.job for each row execute function tool.f();
  create foreign data wrapper tw; create server ts foreign data wrapper tw; create foreign table tool.ft (a integer) server ts;`;
const MEMBERS = `sequence tool.q, type tool.state, type tool.pair, domain tool.d, table tool.parted, table tool.job, view tool.v,
  materialized view tool.m, function tool.f(), foreign data wrapper tw, server ts, foreign table tool.ft, schema tool`;

/** What can be done to an extension's members, and how it is called where it is more than the extension's own business. */
const DONE: readonly (readonly [sql: string, ...named: string[]])[] = [
  ["alter table tool.job add column z integer default 3, alter s set default 'a'"],
  [
    "alter table tool.job alter p set not null, drop constraint job_p_key, set (fillfactor = 50), replica identity full",
  ],
  ["alter table tool.job cluster on job_pkey"],
  ["comment on table tool.job is 'x'; comment on column tool.job.p is 'x'; comment on schema tool is 'x'"],
  [
    "comment on function ext.similarity(text, text) is 'x'; alter function ext.similarity(text, text) set work_mem = '5MB'",
  ],
  ["alter function ext.similarity(text, text) owner to pg_monitor; alter table tool.job owner to pg_monitor"],
  ["alter type tool.pair add attribute c integer; alter domain tool.d add constraint dm check (value < 9)"],
  ["alter sequence tool.q increment 3; alter server ts options (add x '1'); alter foreign table tool.ft add b integer"],
  ["alter view tool.v alter id set default 1; alter trigger tr on tool.job rename to tr2; drop index tool.job_s"],
  ["grant select on tool.job to pg_monitor", "grant on objects of extension hstore"],
  ["grant usage on schema tool to pg_monitor", "grant on objects of extension hstore"],
  ["grant usage on foreign server ts to pg_monitor", "grant on objects of extension hstore"],
  ["revoke execute on function ext.similarity(text, text) from public", "grant on objects of extension pg_trgm"],
  ["alter table tool.job add constraint ck check (id > 0)", "table constraint ck on tool.job"],
  ["create index on tool.job (p, s)", "index tool.job_p_s_idx"],
  ["create index on tool.m (id)", "index tool.m_id_idx"],
  ["create trigger mine before insert on tool.job execute function tool.f()", "trigger mine on tool.job"],
  ["create policy p on tool.job", "policy p on tool.job"],
  ["create statistics st on id, p from tool.job", "statistics object public.st"],
  ["create rule r as on insert to tool.v do instead nothing", "rule r on tool.v"],
  ["create user mapping for pg_monitor server ts", "user mapping pg_monitor on server ts"],
  ["create table tool.mine (a integer)", "objects in the schema of extension hstore"],
  ["create table tool.part partition of tool.parted default", "objects in the schema of extension hstore"],
  [
    "alter default privileges in schema tool grant select on tables to pg_monitor",
    "default acl for role postgres in schema tool on tables",
  ],
];

function sqlBetween(from: Schema, to: Schema): string[] {
  return planChanges(from, to).operations.flatMap((operation) => statementsOf(operation).map(({ text }) => text));
}

async function withExtensions(url: string, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await openSession(url, "/", {});
  try {
    await session.script([
      "create schema ext",
      ...EXTENSIONS.map((name) => `create extension ${name} schema ext`),
      TOOL,
    ]);
    await session.script(MEMBERS.split(/,\s+/).map((member) => `alter extension hstore add ${member}`));
    await work(session);
  } finally {
    await session.close();
  }
}

test("members of an extension are in no plan, whatever is done to them, and what is put on them has a name", async ({
  databaseUrl,
}) => {
  await withExtensions(databaseUrl, async (session) => {
    const before = await readSchema(session, { keepsPlan: true });
    const known = new Set(before.unmodelled.map(({ kind, name }) => `${kind} ${name}`));
    expect([...known]).toEqual([]);
    for (const [statement, ...named] of DONE) {
      const after = await triedOut(session, async () => {
        await session.script([statement]);
        return await readSchema(session, { keepsPlan: true });
      });
      const found = {
        facts: unequalFacts(before, after),
        plans: [...sqlBetween(before, after), ...sqlBetween(after, before)],
        named: after.unmodelled.map(({ kind, name }) => `${kind} ${name}`),
      };
      expect(found, statement).toEqual({ facts: [], plans: [], named });
    }
    await session.script(DONE.map(([statement]) => statement));
    const made = sqlBetween(
      schemaOf([], { majorVersion: before.majorVersion }),
      await readSchema(session, { keepsPlan: true }),
    );
    const usual =
      /^(?:CREATE SCHEMA (?:ext|public)|CREATE EXTENSION \w+ SCHEMA ext|(?:ALTER|COMMENT ON) SCHEMA (?:ext|public) .*|GRANT .* ON SCHEMA public .*)$/;
    expect(made.filter((text) => !usual.test(text))).toEqual([]);
    expect(made.filter((text) => text.startsWith("CREATE EXTENSION"))).toHaveLength(EXTENSIONS.length);
  });
});

test("what people make beside an extension's members uses them, and is planned", async ({ databaseUrl }) => {
  await withExtensions(databaseUrl, async (session) => {
    const before = await readSchema(session, { keepsPlan: true });
    await triedOut(session, async () => {
      await session.script([
        "create table uses (j integer references tool.job, h ext.hstore default 'a=>1', s tool.state, d tool.d, l ext.ltree[])",
        "create index on uses using gin (h ext.gin_hstore_ops)",
        "create table part partition of tool.parted default",
        "create table child () inherits (tool.job)",
        "create view w as select id, tool.f from tool.job, ext.similarity('a', 'b') as tool(f)",
        "create cast (ext.hstore as xml) with inout",
        "create function ext.mine(ext.hstore) returns integer language sql as 'select 1'",
      ]);
      const after = await readSchema(session, { keepsPlan: true });
      const back = sqlBetween(after, before);
      await session.script(back);
      expect(unequalFacts(await readSchema(session, { keepsPlan: true }), before)).toEqual([]);
      await session.script(sqlBetween(before, after));
      expect(unequalFacts(await readSchema(session, { keepsPlan: true }), after)).toEqual([]);
    });
  });
});
