import { createDatabase, expect, test } from "testkit";
import { reverseOf, statementsOf } from "../src/operations/catalogue.ts";
import type { Operation } from "../src/operations/operation.ts";
import { unequalFacts } from "../src/schema/compare.ts";
import { schemaBefore } from "../src/schema/schema-before.ts";
import { runScript, schemaAt } from "./diff-harness.ts";

const SCRIPT = `
  create type mood as enum ('a', 'b');
  create table city (id serial primary key, name text default 'x' check (name <> ''), m mood, unique (name));
  create index city_name on city (lower(name)); comment on column city.name is 'its name'; comment on table city is 'cities';
  alter table city enable row level security; create policy p on city using (id > 0);
  create function f(a integer, b text) returns integer language sql as 'select a';
  create function tf() returns trigger language plpgsql as 'begin return new; end';
  create trigger g before insert on city for each row execute function tf();
  create table log (at timestamptz default now());
  create view v as select 1 as a; comment on view v is 'x'; create sequence s increment by 5; create domain d as integer check (value > 0);`;

/** Each takes something away that its call does not describe. */
const DROPS: readonly Operation[] = [
  { kind: "dropTable", name: "city" },
  { kind: "dropColumn", table: "city", column: "name" },
  { kind: "dropIndex", name: "city_name" },
  { kind: "dropConstraint", table: "city", name: "city_name_check" },
  { kind: "dropFunction", name: "f", args: ["integer", "text"] },
  { kind: "dropTrigger", name: "g", table: "city" },
  { kind: "dropPolicy", name: "p", table: "city" },
  { kind: "dropView", name: "v" },
  { kind: "dropSequence", name: "s" },
  { kind: "dropDomain", name: "d" },
];

test("what an operation takes away, the schema before it brings back", async ({ postgresUrl }) => {
  for (const drop of DROPS) {
    const database = await createDatabase(postgresUrl);
    try {
      await runScript(database.url, SCRIPT);
      const before = await schemaAt(database.url);
      const reversal = reverseOf(drop, schemaBefore(before));
      expect(reversal, drop.kind).toHaveProperty("operations");
      const back = "operations" in reversal ? reversal.operations : [];
      for (const { text } of [drop, ...back].flatMap(statementsOf)) await runScript(database.url, text);
      const missing = unequalFacts(await schemaAt(database.url), before).map(
        ({ live, target }) => (target ?? live).key,
      );
      // What went along with a column is asked for by itself.
      const expected =
        drop.kind === "dropColumn"
          ? ["constraint public.city.city_name_check", "constraint public.city.city_name_key", "index public.city_name"]
          : [];
      expect(missing, drop.kind).toEqual(expected);
    } finally {
      await database.drop();
    }
  }
});
