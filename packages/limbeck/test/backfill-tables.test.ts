import { expect, test } from "testkit";
import { upgrade } from "./backfill-run.ts";

const ONCE = (table: string): string => `select n, count(*)::int as rows from ${table} group by n order by n`;

/** Tables with 3,000 rows and a counter `n`, whose keys are hard to walk along. */
const KEYS: readonly (readonly [string, string, string])[] = [
  ["uuids", "id uuid primary key", "gen_random_uuid()"],
  ["texts in a language's order", 'id text collate "en-x-icu" primary key', "chr(65 + g % 60) || '''\\%1$s' || g"],
  [
    "texts that are equal without being the same",
    "id text collate ci unique not null, at integer",
    "case when g % 2 = 0 then 'É' else 'é' end || g",
  ],
  ["padded texts", "id char(6) primary key", "g::text"],
  ["times", "at timestamptz primary key", "timestamptz '2020-01-01' - g * interval '1 day 00:00:00.000001'"],
  ["dates before Christ", "at date primary key", "date '0004-01-01' - g"],
  ["numbers of all sizes", "id numeric primary key", "case g when 1 then 'NaN' else (g - 1500) / 7.0 end"],
  ["floats", "id double precision primary key", "case g when 1 then 'Infinity' else ln(g) end"],
  ["bytes", "id bytea primary key", "decode(md5(g::text), 'hex')"],
  [
    "an enumeration and a number",
    "mood mood, id integer, primary key (mood, id)",
    "(array['sad','ok'])[1 + g % 2]::mood, g",
  ],
  ["three columns", "a integer, b text, c date, primary key (a, b, c)", "g % 3, (g % 7)::text, date '2020-01-01' + g"],
  ["booleans first", "a boolean, id bigint, primary key (a, id)", "g % 2 = 0, -g"],
];

test.for(KEYS)(
  "keys that are %s are walked along without a gap",
  async ([, columns, values], { databaseUrl, folder, sql }) => {
    await sql("create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    await sql("create type mood as enum ('ok', 'sad')");
    await sql("set datestyle = 'German, DMY'");
    await sql(`create table t (${columns}, n integer not null default 0)`);
    await sql(`insert into t select ${values} from generate_series(1, 3000) g`);
    const place = { databaseUrl: `${databaseUrl}?options=-c%20datestyle%3DGerman,DMY`, folder };
    await upgrade(place, `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 170, pause: 0 } });`);
    expect(await sql(ONCE("t"))).toEqual([{ n: 1, rows: 3000 }]);
  },
);

test.for([
  ["up and down", "(a, b desc)"],
  ["down and up", "(a desc, b)"],
  ["down", "(a desc, b desc)"],
  ["nulls first", "(a nulls first, b desc nulls last)"],
])("an index that is sorted %s is walked along", async ([, index], { databaseUrl, folder, sql }) => {
  await sql("create table t (a integer not null, b text not null, n integer not null default 0)");
  await sql(`create unique index on t ${index}`);
  await sql("insert into t select g % 5, g::text from generate_series(1, 3000) g");
  await upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 170, pause: 0 } });`,
  );
  expect(await sql(ONCE("t"))).toEqual([{ n: 1, rows: 3000 }]);
});

test("a key without an index of its own may be named, equal keys included", async ({ databaseUrl, folder, sql }) => {
  await sql("create table t (at date not null, other integer, n integer not null default 0)");
  await sql("create index on t (at, other)");
  await sql("insert into t select date '2020-01-01' + g % 40, g from generate_series(1, 3000) g");
  await upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { n: sql\`n + 1\` }, key: ["at"], batch: { rows: 20, pause: 0 } });`,
  );
  expect(await sql(ONCE("t"))).toEqual([{ n: 1, rows: 3000 }]);
});

test.for([
  ["no index", "create table t (id integer, n integer)", ""],
  ["a key that is changed", "create table t (n integer primary key)", ""],
  ["a nullable key", "create table t (id integer unique, n integer)", ""],
  ["a partial index", "create table t (id integer not null, n integer); create unique index on t (id) where n = 0", ""],
  [
    "an index over an expression",
    "create table t (id integer not null, n integer); create unique index on t (abs(id))",
    "",
  ],
  [
    "a hash index",
    "create table t (id integer not null, n integer); create index on t using hash (id)",
    ', key: ["id"]',
  ],
  [
    "no index over the named key",
    "create table t (id integer primary key, m integer not null, n integer)",
    ', key: ["m"]',
  ],
  ["a view", "create table u (id integer primary key, n integer); create view t as select * from u", ""],
])(
  "a table with %s is refused with the cure, before anything is changed",
  async ([, setup, key], { databaseUrl, folder, sql }) => {
    for (const statement of setup!.split("; ")) await sql(statement);
    await sql("insert into t (n) values (0)").catch(() => undefined);
    const failure = upgrade({ databaseUrl, folder }, `  op.backfill("t", { set: { n: 1 }${key} });`);
    await expect(failure).rejects.toMatchObject({ code: "BACKFILL_NEEDS_KEY", where: { line: 10 } });
    expect(await sql("select * from t where n = 1")).toEqual([]);
  },
);

test("names that need quotes, and those that this SQL uses itself, are taken as they are", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql('create schema "my ""own"" %s"');
  const table = '"my ""own"" %s"."seen; $1 %L"';
  await sql(
    `create table ${table} ("key_1" integer, "it's 100%" text, found integer default 0, seen integer default 0, "upTo" integer, primary key ("key_1", "it's 100%"))`,
  );
  await sql(`insert into ${table} select g % 10, '\\ %1$L ''' || g from generate_series(1, 2000) g`);
  await upgrade(
    { databaseUrl, folder },
    `  op.backfill("seen; $1 %L", {
    schema: 'my "own" %s',
    set: { found: sql\`found + 1 -- a comment\n\`, seen: sql\`key_1\`, upTo: 1 },
    where: "found = 0 -- another",
    batch: { rows: 150, pause: 0 },
  });`,
  );
  expect(
    await sql(`select count(*)::int as rows from ${table} where found = 1 and seen = key_1 and "upTo" = 1`),
  ).toEqual([{ rows: 2000 }]);
});

test("a partitioned table is walked along over its partitions, and a row may move to another", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(
    "create table t (id integer, place text not null default 'old', n integer not null default 0, primary key (id, place)) partition by list (place)",
  );
  await sql("create table t_old partition of t for values in ('old') partition by range (id)");
  for (const at of [0, 1000, 2000]) {
    await sql(`create table t_${at} partition of t_old for values from (${at}) to (${at + 1000})`);
  }
  await sql("create table t_new partition of t for values in ('new')");
  await sql("insert into t select generate_series(0, 2999)");
  await upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 170, pause: 0 } });
  op.execute("create unique index on t (id, place, n)");
  op.backfill("t", { set: { n: sql\`n + 1\` }, where: "n = 1", batch: { rows: 170, pause: 0 } });`,
  );
  expect(await sql(ONCE("t"))).toEqual([{ n: 2, rows: 3000 }]);
});

test("triggers see each row, a generated column follows, and children of a table are changed with it", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  await sql(
    "create table t (id integer primary key, n integer not null default 0, twice integer generated always as (n * 2) stored)",
  );
  await sql("create table child (primary key (id)) inherits (t)");
  await sql("create table log (id integer)");
  await sql(
    "create function note() returns trigger language plpgsql as 'begin insert into log values (new.id); return new; end'",
  );
  await sql("create trigger note before update on t for each row execute function note()");
  await sql("insert into t select generate_series(1, 2000)");
  await sql("insert into child select generate_series(1001, 2000)");
  await upgrade(
    { databaseUrl, folder },
    `  op.backfill("t", { set: { n: 1 }, where: "n = 0", batch: { rows: 170 } });`,
  );
  expect(await sql("select n, twice, count(*)::int as rows from t group by 1, 2")).toEqual([
    { n: 1, twice: 2, rows: 3000 },
  ]);
  expect(await sql("select count(*)::int as rows, count(distinct id)::int as ids from log")).toEqual([
    { rows: 2000, ids: 2000 },
  ]);
});

test("rows that a policy hides from the runner are an error, not left out", async ({ databaseUrl, folder, sql }) => {
  await sql("create table t (id integer primary key, n integer not null default 0)");
  await sql("insert into t select generate_series(1, 10)");
  await sql("alter table t enable row level security");
  await sql("alter table t force row level security");
  await sql("create policy few on t using (id < 5)");
  await sql(
    "do $$ begin create role clerk login; exception when duplicate_object or unique_violation then null; end $$",
  );
  await sql("grant all on schema public to clerk");
  await sql("alter table t owner to clerk");
  const url = databaseUrl.replace("postgres@", "clerk@");
  const failure = upgrade({ databaseUrl: url, folder }, `  op.backfill("t", { set: { n: 1 }, where: "n = 0" });`);
  await expect(failure).rejects.toMatchObject({
    code: "DATABASE_PERMISSION_DENIED",
    message: expect.stringContaining("row-level security") as unknown,
  });
  expect(await sql("select * from t where n = 1")).toEqual([]);
});
