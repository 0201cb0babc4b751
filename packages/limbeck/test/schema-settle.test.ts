import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import { loadSql } from "../src/database/scratch-load.ts";
import { withScratchDatabase } from "../src/database/scratch.ts";
import { settleExpressions } from "../src/database/settle-expressions.ts";
import { unequalFacts } from "../src/schema/compare.ts";
import type { Attribute, Attributes } from "../src/schema/fact.ts";

const make = (value: number): string => `
  create table t (a integer default ${value}, b text, c integer generated always as (a + ${value}) stored);
  alter table t add constraint x check (a > ${value});
  create domain d as integer default ${value} constraint y check (value > ${value});
  create index i on t ((a + ${value}), b) where a > ${value};
  create statistics s on (a + ${value}), b from t;
  create view v as select a from t where a > ${value};
  create materialized view m as select a from t where a > ${value};
  create policy p on t using (b in (select b from t where a > ${value})) with check (a > ${value});
  create function f() returns trigger language plpgsql as 'begin return new; end';
  create trigger g before update on t for each row when (old.a > ${value} or new.b <> old.b) execute function f();`;

/** A text that PostgreSQL would read as the same, and never print. */
function inOtherWords(value: Attribute): Attribute {
  if (typeof value === "string")
    return value.replaceAll(/ (>|\+|<>) /g, "  operator( pg_catalog.$1 )  ").replace(/^(\d)$/, "((($1)))");
  if (!Array.isArray(value)) return value;
  return (value as Attributes[]).map((column) =>
    "expression" in column ? { ...column, expression: inOtherWords(column["expression"]) } : column,
  );
}

/** What differs between two databases after the target was given in the words of a live one that speaks oddly. */
async function unequal(url: string, live: string, target: string): Promise<string[]> {
  const session = await openSession(url, "/", {});
  try {
    await session.script([live]);
    const read = await readSchema(session);
    const facts = read.facts.map((fact) => ({
      ...fact,
      attributes: Object.fromEntries(
        Object.entries(fact.attributes).map(([name, value]) => [name, TEXTS.has(name) ? inOtherWords(value) : value]),
      ),
    }));
    const odd = { ...read, facts };
    return await withScratchDatabase(session, async (scratch) => {
      await loadSql(scratch, "target.sql", target);
      const made = await readSchema(scratch, { keepsPlan: true });
      const settled = await settleExpressions(scratch, odd, made);
      expect((await readSchema(scratch, { keepsPlan: true })).facts).toEqual(made.facts);
      return unequalFacts(odd, settled).map(({ live: ours, target: theirs }) => (ours ?? theirs).key);
    });
  } finally {
    await session.close();
  }
}

const TEXTS = new Set("expression generated default where using check when definition columns".split(" "));

const EVERY_TEXT = [
  "domain public.d",
  "column public.t.c",
  "default public.t.a",
  "constraint public.d.y",
  "constraint public.t.x",
  "index public.i",
  "statistics object public.s",
  "view public.v",
  "materialized view public.m",
  "trigger public.t.g",
  "policy public.t.p",
];

describe("expressions of a target", () => {
  for (const kind of ["server", "embedded"] as const) {
    test(`are given in the live schema's words where they mean the same, ${kind}`, async ({ databaseUrl }) => {
      const url = kind === "server" ? databaseUrl : "pglite://memory";
      expect(await unequal(url, make(1), make(1))).toEqual([]);
    });
  }

  test("stay as they are where they mean something else", async ({ databaseUrl }) => {
    expect(await unequal(databaseUrl, make(1), make(2))).toEqual(EVERY_TEXT);
  });
});
