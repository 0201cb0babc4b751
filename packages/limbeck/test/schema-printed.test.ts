import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import { loadOperations } from "../src/database/scratch-load.ts";
import type { Session } from "../src/database/session.ts";
import { settleExpressions } from "../src/database/settle-expressions.ts";
import { unequalFacts } from "../src/schema/compare.ts";
import type { Schema } from "../src/schema/fact.ts";
import { planChanges } from "../src/schema/plan.ts";
import { CHANGES, CONDITIONS, PRELUDE, QUERIES, type Printed } from "./printed-expressions.ts";

/** One object for every expression in every place that takes it. */
function everything(major: number): string[] {
  const known = (list: readonly Printed[]): string[] =>
    list.filter(({ since = 0 }) => since <= major).map(({ text }) => text);
  return [
    PRELUDE,
    ...CONDITIONS.flatMap((text, n) => [
      `alter table "Odd" add constraint c${n} check (${text})`,
      n % 2 === 0
        ? `create index i${n} on "Odd" (a, (${text})) where ${text}`
        : `create policy p${n} on "Odd" using (${text}) with check (${text})`,
    ]),
    `create view conditions as select ${CONDITIONS.map((text, n) => `${text} as c${n}`).join(", ")} from "Odd"`,
    ...known(QUERIES).map(
      (text, n) =>
        `create ${n % 4 === 0 ? "materialized " : ""}view v${n} as ${text}${n % 4 === 0 ? " with no data" : ""}`,
    ),
    ...known(CHANGES).flatMap((text, n) => [
      `create function f${n}(v integer, p varchar(3) default 'x', q varchar default 'y' || 'z') returns void language sql begin atomic ${text}; end`,
      ...(text.startsWith("merge")
        ? []
        : [`create rule r${n} as on update to "Odd" where new.v in ('a', 'b') do also (${text})`]),
    ]),
    ...places(major),
  ];
}

/** One expression in every place that there is. */
function places(major: number): string[] {
  const publication = `create publication told for table "Odd" (a, v) where (a between 1 and 2 and v = 'x')`;
  return [...OTHERS, ...(major >= 15 ? [publication] : [])];
}

/** It is printed otherwise after it was loaded from its own print. */
const AND = "a between 1 and 2 and v in ('a', 'b')";

const OTHERS = [
  `create table made (v varchar(5), a integer, x boolean generated always as (${AND}) stored,
     d boolean default (1 between 0 and 2 and 'a'::varchar in ('a', 'b')))`,
  `create domain number as integer default (case when 1 between 0 and 2 and true then 1 end) check (value between 1 and 2 and value in (1, 2))`,
  `create domain letter as varchar(5) check (value in ('a', 'b') and value::integer between 1 and 2 and true)`,
  `create statistics s on (${AND}), b from "Odd"`,
  `create function touched() returns trigger language plpgsql as 'begin return new; end'`,
  `create trigger t after update on "Odd" for each row
     when (old.a between 1 and 2 and new.v in ('a', 'b') and old.* is distinct from new.*) execute function touched()`,
  `create table parts (a integer, v varchar(5), d date) partition by range ((case when ${AND} then 1 else 0 end), lower(v) collate "C", d)`,
  `create table part partition of parts for values from (-1, 'a', '2020-01-01') to (1, maxvalue, maxvalue)`,
  `create table lists (v varchar(5)) partition by list ((v in ('a', 'b')))`,
  `create table list1 partition of lists for values in (true, null)`,
  `create table apart (a integer, v varchar(5), exclude using btree ((case when ${AND} then a end) with =) where (${AND}))`,
  `create function said(a integer, v varchar, in b boolean default 1 between 0 and 2 and 'a'::varchar in ('a', 'b'))
     returns table (x integer, y text) stable language sql begin atomic select said.a, said.v where said.${AND}; end`,
  `create procedure done(a integer default case when 1 between 0 and 2 and true then 1 end, v varchar(5) default 'x')
     language sql begin atomic update made set a = done.a where made.${AND}; end`,
  `create function returned(integer) returns integer language sql return case when $1 between 1 and 2 and true then $1 end`,
  `create view checked as select * from made where ${AND} with local check option`,
];

/** What differs between a schema and one that was made of its print, and of the print of that. */
async function differences(session: Session): Promise<string[]> {
  const first = await readSchema(session, { keepsPlan: true });
  const second = await madeOf(session, first);
  const once = await named(session, first, second);
  const third = await madeOf(session, second);
  return [...once, ...(await named(session, first, third)), ...(await named(session, third, first))];
}

/** The schema in a database that is emptied first. */
async function madeOf(session: Session, schema: Schema): Promise<Schema> {
  await session.script(["drop schema public cascade", "create schema public", "drop publication if exists told"]);
  const plan = planChanges(await readSchema(session, { keepsPlan: true }), schema, { defaultSchema: null });
  await loadOperations(session, "copy", plan.operations);
  return await readSchema(session, { keepsPlan: true });
}

/** What differs after the target, which is in the database or means the same as what is, was settled there. */
async function named(session: Session, live: Schema, target: Schema): Promise<string[]> {
  const pairs = unequalFacts(live, await settleExpressions(session, live, target));
  return pairs.map(({ live: here, target: there }) => (here ?? there).key);
}

async function differencesAt(url: string, scriptOf: (major: number) => string[]): Promise<string[]> {
  const session = await openSession(url, "/", {});
  try {
    await session.script(scriptOf((await readSchema(session, { keepsPlan: true })).majorVersion));
    return await differences(session);
  } finally {
    await session.close();
  }
}

describe("a schema does not differ from one that is loaded from its print", () => {
  test("on a server", { timeout: 300_000 }, async ({ databaseUrl }) => {
    expect(await differencesAt(databaseUrl, everything)).toEqual([]);
  });

  test("in an embedded database", { timeout: 300_000 }, async () => {
    expect(await differencesAt("pglite://memory", (major) => [PRELUDE, ...places(major)])).toEqual([]);
  });
});
