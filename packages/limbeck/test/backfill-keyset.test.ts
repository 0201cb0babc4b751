import fc from "fast-check";
import { expect, test, type Sql } from "testkit";
import { statementsOf } from "../src/operations/catalogue.ts";
import type { Backfill } from "../src/operations/backfill.ts";
import { walkOf } from "../src/runner/backfill-progress.ts";
import { changedSql, WALK_SETTINGS, walkSql } from "../src/operations/language/batch.ts";
import { keysetSql, type Keyset } from "../src/operations/language/keyset.ts";
import { quote } from "../src/operations/language/literals.ts";
import { filled, formatted } from "../src/operations/language/template.ts";
import { evaluated } from "./evaluated.ts";

async function keysetOf(sql: Sql, op: Backfill): Promise<Keyset> {
  const [keyset] = await sql<Keyset & object>(keysetSql(walkOf(op)));
  return keyset!;
}

interface End {
  readonly seen: number;
  readonly found: number;
  readonly upTo: readonly string[];
}

/** Where the batch behind a key ends, and the condition that its rows fulfil. */
async function window(
  sql: Sql,
  op: Backfill,
  keyset: Keyset,
  after: readonly string[] | undefined,
  rows: number,
  scan: number,
) {
  const behind = after === undefined ? "true" : formatted(keyset.behind, after, quote);
  const { texts, columns, order } = keyset;
  const walk = filled(walkSql(op), { behind, texts, columns, order, rows: String(rows), scan: String(scan) });
  const [end] = await sql<End>(walk);
  const upTo = end === undefined ? "true" : formatted(keyset.upTo, end.upTo, quote);
  return { walk, end, behind, upTo };
}

const COLUMN = fc.record({
  type: fc.constantFrom(
    "integer",
    "text",
    "numeric",
    "boolean",
    'text COLLATE "en-x-icu"',
    "timestamptz",
    "uuid",
    "text[]",
  ),
  order: fc.constantFrom("", " desc", " nulls first", " desc nulls last"),
});

const VALUES: Readonly<Record<string, string>> = {
  integer: "(hashint4(g * 3 + $) % 5)",
  numeric: "((hashint4(g * 5 + $) % 7) / 3.0)",
  boolean: "(hashint4(g * 7 + $) % 2 = 0)",
  text: "(array['a', 'B', 'é', '\\', 'a''', '', ' '])[1 + abs(hashint4(g + $) % 7)]",
  'text COLLATE "en-x-icu"': "(array['a', 'B', 'b', 'A', 'ä', '-', '%1$L'])[1 + abs(hashint4(g * 2 + $) % 7)]",
  timestamptz: "(timestamptz 'epoch' + hashint4(g * 9 + $) % 6 * interval '1 day 1 us')",
  uuid: "md5((g % 9 + $)::text)::uuid",
  "text[]": "array[(g % 3)::text, '\"{,', (g % 2)::text]",
};

test(
  "the windows of any key are the table cut into pieces: no row between two, none in two, each within its bounds",
  { timeout: 120_000 },
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(COLUMN, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 30 }),
        async (columns, count, rows, scan) => {
          await sql("drop table if exists t");
          await sql(
            `create table t (${columns.map(({ type }, at) => `c${at} ${type} not null`).join(", ")}, done integer not null default 0, odd boolean)`,
          );
          await sql(`create index on t (${columns.map(({ order }, at) => `c${at}${order}`).join(", ")})`);
          const values = columns.map(({ type }, at) => VALUES[type]!.replaceAll("$", String(at)));
          await sql(`insert into t select ${values.join(", ")}, 0, g % 2 = 1 from generate_series(1, ${count}) g`);
          const key = columns.map((_, at) => `c${at}`);
          const op = evaluated(
            `op.backfill("t", { set: { done: sql\`done + 1\` }, where: "odd", key: ${JSON.stringify(key)} })`,
          ) as Backfill;
          const keyset = await keysetOf(sql, op);
          let after: readonly string[] | undefined;
          for (let windows = 0; ; windows++) {
            expect(windows).toBeLessThanOrEqual(count);
            const { end, behind, upTo } = await window(sql, op, keyset, after, rows, scan);
            await sql(`with ${filled(changedSql(op), { behind, upTo })} select from changed`);
            if (end === undefined) break;
            expect(end.found === rows || end.seen === scan).toBe(true);
            expect(end.found <= rows && end.seen <= scan).toBe(true);
            after = end.upTo;
          }
          expect(await sql("select from t where done <> odd::integer")).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  },
);

test(
  "on 200,000 rows each batch reads the index, from the beginning to the end of the table, with and without statistics",
  { timeout: 120_000 },
  async ({ sql }) => {
    await sql("create table t (a integer, b uuid default gen_random_uuid(), n integer, primary key (a, b))");
    await sql("alter table t set (autovacuum_enabled = false)");
    await sql("insert into t select g % 20 from generate_series(1, 200000) g");
    await sql("create index on t (n)");
    const op = evaluated('op.backfill("t", { set: { n: 1 }, where: "n IS NULL" })') as Backfill;
    const keyset = await keysetOf(sql, op);
    for (const name of WALK_SETTINGS) await sql(`set ${name} = off`);
    for (const statistics of [false, true]) {
      if (statistics) await sql("analyze t");
      for (const a of [undefined, "0", "10", "19"]) {
        const after = a === undefined ? undefined : [a, "f0000000-0000-4000-8000-000000000000"];
        const { walk, behind, upTo } = await window(sql, op, keyset, after, 500, 10_000);
        await expectBounded(sql, walk);
        await expectBounded(sql, `with ${filled(changedSql(op), { behind, upTo })} select from changed`);
      }
    }
    expect(statementsOf(op)[0]!.text).toBe("UPDATE t SET n = 1 WHERE (n IS NULL)");
  },
);

/** Runs a statement and looks at what it read: by the key's index alone, and not much more than a batch. */
async function expectBounded(sql: Sql, statement: string): Promise<void> {
  await sql("begin");
  const rows = await sql<Record<"QUERY PLAN", string>>(`explain (analyze, buffers, timing off) ${statement}`);
  await sql("rollback");
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/Index (?:Only )?Scan using t_pkey/);
  expect(plan).not.toMatch(/Seq Scan|Sort|t_n_idx/);
  const read = Array.from(plan.matchAll(/t_pkey on t .*actual rows=([\d.]+)/g), ([, count]) => Number(count));
  expect(read.length).toBe(1);
  expect(read[0], plan).toBeLessThan(10_000);
}
