import { createDatabase, expect, test } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions, type TestRevision } from "./project.ts";

const CITY: TestRevision = {
  id: "r1",
  down: null,
  up: `op.createTable("city", column("id", "bigint", { nullable: false }), column("name", "varchar(20)"), column("size", "integer"), primaryKey(["id"]));
       op.createTable("ward", column("id", "bigint", { nullable: false }), column("city", "bigint"), primaryKey(["id"]), foreignKey(["city"], "city", ["id"]));
       op.execute("create function widen(target text) returns void language plpgsql as 'begin execute format(''alter table ward alter city type %s'', target); end'");
       op.execute("alter table ward drop constraint ward_city_fkey");`,
  undo: ``,
};

const CHANGES: readonly (readonly [id: string, up: string, says: readonly string[]])[] = [
  ["r2", `op.alterColumn("city", "name", { type: "varchar(40)" });`, []],
  ["r3", `op.alterColumn("city", "size", { type: "bigint" });`, ["alter-column-type traced ACCESS EXCLUSIVE"]],
  ["r4", `op.execute("select widen('numeric')");`, ["measured-rewrite traced ACCESS EXCLUSIVE"]],
  ["r5", `op.createIndex("ix_name", "city", ["name"], { concurrently: true });`, []],
  ["r6", `op.createIndex("ix_size", "city", ["size"]);`, ["create-index-blocking traced SHARE"]],
  [
    "r7",
    `op.addColumn("city", column("x", "integer")); op.execute("create table census as select * from ward");`,
    ["measured-lock traced ACCESS EXCLUSIVE"],
  ],
  [
    "r8",
    `op.createCheckConstraint("ck", "city", "size > 0", { notValid: true }); op.validateConstraint("ck", "city");`,
    [],
  ],
  [
    "r9",
    `op.addColumn("city", column("y", "integer", { nullable: false }));`,
    ["add-required-column traced ACCESS EXCLUSIVE"],
  ],
  ["s1", `op.execute("vacuum full city");`, ["table-rewrite traced ACCESS EXCLUSIVE"]],
  [
    "s2",
    `op.allow("measured-rewrite", "three rows"); op.execute("select widen('bigint')"); op.execute("drop table if exists nothing_there");`,
    [],
  ],
  [
    "s3",
    `const [row] = await op.query("select count(*)::int as n from city"); if (row.n > 0) op.dropColumn("city", "size");`,
    ["drop-column traced ACCESS EXCLUSIVE"],
  ],
  [
    "s4",
    `op.allow("drop-table", "nobody reads it"); op.dropTable("census"); op.addColumn("ward", column("note", "text"));`,
    [],
  ],
];

const REVISIONS: readonly TestRevision[] = [
  CITY,
  ...CHANGES.map(([id, up], index) => ({ id, down: index === 0 ? "r1" : CHANGES[index - 1]![0], up })),
];

test("lint --trace says what was measured, each revision by itself where there is no database", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, migrations: writeRevisions(folder, REVISIONS) });
  const { findings, notSeen, traced } = await limbeck.lint({ trace: true });
  await limbeck.close();
  const said = CHANGES.map(([id]) => [
    id,
    findings.filter(({ revision }) => revision === id).map(({ rule, evidence, lock }) => `${rule} ${evidence} ${lock}`),
  ]);
  expect(said).toEqual(CHANGES.map(([id, , says]) => [id, says]));
  expect(findings.filter(({ revision }) => revision === "r1")).toEqual([]);
  expect(notSeen).toEqual([]);
  expect(findings.find(({ revision }) => revision === "r3")?.measured).toEqual({
    locks: expect.arrayContaining([{ relation: "public.city", mode: "ACCESS EXCLUSIVE" }]),
    held: [],
    rewritten: ["public.city"],
    scanned: ["public.city"],
    built: [],
    invalid: [],
    blocks: ["reads", "writes"],
    complete: true,
  });
  expect(traced?.filter(({ revision }) => revision === "r5")).toMatchObject([{ complete: false, rewritten: [] }]);
  expect(await sql("select relname from pg_class where relname in ('city', 'limbeck_history')")).toEqual([]);
  expect(
    await sql(
      "select datname from pg_database where datname like 'limbeck_scratch_%' and datname like current_database()",
    ),
  ).toEqual([]);
});

test("what one pending revision makes, nobody uses yet when the next one changes it, and sizes are those of the live database", async ({
  databaseUrl,
  folder,
  sql,
}) => {
  const later: TestRevision[] = [
    { id: "n1", down: "r1", up: `op.createTable("river", column("id", "bigint"), column("name", "text"));` },
    {
      id: "n2",
      down: "n1",
      up: `op.createIndex("ix_river", "river", ["name"]); op.alterColumn("river", "name", { nullable: false });`,
    },
    { id: "n3", down: "n2", up: `op.createIndex("ix_city", "city", ["name"]);` },
    { id: "n4", down: "n3", up: `op.execute("select 1 / 0");` },
  ];
  const migrations = writeRevisions(folder, [CITY, ...later]);
  const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, migrations });
  await limbeck.upgrade("r1");
  await sql("insert into city select n, 'x', n from generate_series(1, 5000) n; analyze city");
  const { findings, notSeen } = await limbeck.lint({ trace: true });
  await limbeck.close();
  expect(findings).toMatchObject([
    {
      rule: "create-index-blocking",
      revision: "n3",
      evidence: "traced",
      size: { rows: 5000 },
      measured: { built: ["public.ix_city"], blocks: ["writes"] },
    },
  ]);
  expect(notSeen).toMatchObject([
    { revision: "n4", reason: expect.stringMatching(/scratch database.*division by zero/s) },
  ]);
});

test("the scratch database stands in memory beside an embedded one, or on a server that is named", async ({
  databaseUrl,
  postgresUrl,
  folder,
}) => {
  const migrations = writeRevisions(folder, [CITY, { id: "r2", down: "r1", up: CHANGES[1]![1] }]);
  const server = await createDatabase(postgresUrl);
  const found = [];
  for (const [url, scratch] of [["pglite://data"], [databaseUrl, server.url]] as const) {
    const limbeck = await Limbeck.open({ cwd: folder, url, migrations });
    found.push(await limbeck.lint({ trace: true, scratch }));
    await limbeck.close();
  }
  await server.drop();
  const said = {
    findings: [{ rule: "alter-column-type", evidence: "traced", measured: { rewritten: ["public.city"] } }],
  };
  expect(found).toMatchObject([said, said]);
});
