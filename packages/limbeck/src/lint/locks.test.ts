import { expect, test } from "vitest";
import { evaluated } from "../../test/evaluated.ts";
import { parseStatement } from "../grammar/statements.ts";
import { definitions, statementsOf } from "../operations/catalogue.ts";
import type { Lock } from "../operations/language/statement.ts";
import { locksOf, type Indexes } from "./locks.ts";

const said = (locks: readonly Lock[]): string[] =>
  locks
    .filter(({ mode }) => mode !== "ACCESS SHARE")
    .map(({ mode, relation }) => `${relation} (${mode})`)
    .toSorted();

/** What the operations declare is compared with `pg_locks` elsewhere. */
const declared = Object.entries(definitions)
  .filter(([kind]) => kind !== "execute")
  .flatMap(([kind, { docs }]) =>
    docs.examples.flatMap(({ call }) =>
      statementsOf(evaluated(call)).map(({ text, locks }) => ({ kind, text, locks })),
    ),
  );

test("the locks that raw SQL is said to take are those that the operations declare for the same statement", async () => {
  let known = 0;
  const unknown = new Set<string>();
  const different: unknown[] = [];
  for (const { kind, text, locks: all } of declared) {
    // An operation may know the table of an index that its statement does not name.
    const locks = all.filter(({ relation }) => new RegExp(`(?<![\\w.])${relation}(?![\\w.])`).test(text));
    const { node, tree } = await parseStatement(text);
    const found = locksOf(node, tree);
    // A comment may be on a composite type, or on a foreign table, which its text does not tell.
    if (found === undefined) {
      if (said(locks).length > 0) unknown.add(kind);
    } else if (said(found).join() === said(locks).join()) known++;
    else if (!text.startsWith("COMMENT") || locks.length > 0)
      different.push({ text, found: said(found), locks: said(locks) });
  }
  expect(different).toEqual([]);
  expect(known).toBeGreaterThan(250);
  expect([...unknown].toSorted()).toEqual(["alterPublication", "createPublication"]);
});

test.for([
  ["UPDATE city SET name = lower(name)", ["city (ROW EXCLUSIVE)"]],
  ["DELETE FROM atlas.city USING country", ["atlas.city (ROW EXCLUSIVE)"]],
  ["MERGE INTO city USING country ON true WHEN MATCHED THEN DELETE", ["city (ROW EXCLUSIVE)"]],
  ["TRUNCATE city, atlas.country", ["atlas.country (ACCESS EXCLUSIVE)", "city (ACCESS EXCLUSIVE)"]],
  ["LOCK TABLE city IN SHARE MODE", ["city (SHARE)"]],
  ["LOCK city", ["city (ACCESS EXCLUSIVE)"]],
  ["VACUUM FULL city", ["city (ACCESS EXCLUSIVE)"]],
  ["CLUSTER city USING ix", ["city (ACCESS EXCLUSIVE)"]],
  ["REINDEX TABLE city", ["city (SHARE)"]],
  [
    "ALTER TABLE city ADD COLUMN mayor int REFERENCES person",
    ["city (ACCESS EXCLUSIVE)", "person (SHARE ROW EXCLUSIVE)"],
  ],
  ["CREATE TABLE city (id int PRIMARY KEY, twin int REFERENCES city)", []],
  ["SELECT 1 FROM city WHERE id = 1", []],
  ["SELECT now()", undefined],
  ["SELECT * FROM city FOR UPDATE", undefined],
  ["WITH gone AS (DELETE FROM city RETURNING 1) SELECT * FROM gone", undefined],
  ["DO 'begin end'", undefined],
  ["CALL tidy()", undefined],
  ["VACUUM", undefined],
] as const)("%s", async ([text, expected]) => {
  const { node, tree } = await parseStatement(text);
  const locks = locksOf(node, tree);
  expect(locks === undefined ? undefined : said(locks)).toEqual(expected);
});

test("an index locks its table, where a catalog knows that", async () => {
  const table = { schema: "public", name: "city" };
  const indexes = { index: () => ({ table }) } as unknown as Indexes;
  const locks = async (sql: string): Promise<string[]> => {
    const { node, tree } = await parseStatement(sql);
    return said(locksOf(node, tree, indexes)!);
  };
  expect(await locks("DROP INDEX ix")).toEqual(["ix (ACCESS EXCLUSIVE)", "public.city (ACCESS EXCLUSIVE)"]);
  expect(await locks("REINDEX INDEX ix")).toEqual(["ix (ACCESS EXCLUSIVE)", "public.city (SHARE)"]);
});
