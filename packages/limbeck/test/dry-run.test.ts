import { describe } from "vitest";
import { expect, test as base, type Sql } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions, type TestRevision } from "./project.ts";
import { limbeck as commandLine, type Output } from "./terminal.ts";

const CITY = {
  id: "a1",
  up: `op.createTable("city", column("id", "integer"), column("name", "text"));`,
  undo: `op.dropTable("city");`,
};
const MAYOR = {
  id: "b2",
  down: "a1",
  up: `op.addColumn("city", column("mayor", "text"));`,
  undo: `op.dropColumn("city", "mayor");`,
};
const INDEX = { id: "c3", down: "b2", up: `op.createIndex("ix", "city", ["name"], { concurrently: true });` };

interface Project {
  (line: string): Promise<Output>;
  readonly write: (...revisions: TestRevision[]) => void;
  readonly library: Limbeck;
}

const test = base.extend("limbeck", async ({ folder, databaseUrl }, { onCleanup }): Promise<Project> => {
  writeRevisions(folder, [CITY, MAYOR]);
  const library = await Limbeck.open({ url: databaseUrl, cwd: folder });
  onCleanup(() => library.close());
  const line = (text: string): Promise<Output> =>
    commandLine([...text.split(" "), "--url", databaseUrl], { cwd: folder });
  return Object.assign(line, {
    write: (...revisions: TestRevision[]) => void writeRevisions(folder, revisions),
    library,
  });
});

/** Everything that a run could leave: what is in the catalogs, the rows of limbeck's tables, and its locks. */
async function everything(sql: Sql): Promise<unknown> {
  const [tables] = await sql<{ version: boolean }>("select to_regclass('alembic_version') is not null as version");
  return [
    await sql(`select c.relname, c.relkind, a.attname, a.atttypid::regtype::text as type, a.attnotnull
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and a.attnum > 0 order by 1, 3`),
    await sql("select nspname from pg_namespace where nspname !~ '^pg_' order by 1"),
    await sql(
      "select count(*)::int from pg_locks where database = (select oid from pg_database where datname = current_database()) and locktype = 'advisory'",
    ),
    tables!.version ? await sql("select version_num from alembic_version order by 1") : [],
    tables!.version ? await sql("select id, revision, status from limbeck_history order by id") : [],
  ];
}

describe("--plan", () => {
  test("prints the steps with their statements and locks, and writes nothing", async ({ limbeck, sql }) => {
    limbeck.write(INDEX, {
      id: "d4",
      down: "c3",
      up: `op.execute("insert into city values (1, 'Oslo'); vacuum city; select nobody_knows()");`,
    });
    const before = await everything(sql);
    const { exitCode, stdout, stderr } = await limbeck("upgrade --plan");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`-- upgrade  -> a1, a1
CREATE TABLE city (
  id integer,
  name text
);

-- upgrade a1 -> b2, b2
-- locks city (ACCESS EXCLUSIVE)
ALTER TABLE city ADD COLUMN mayor text;

-- upgrade b2 -> c3, c3
-- outside a transaction; locks city (SHARE UPDATE EXCLUSIVE)
CREATE INDEX CONCURRENTLY ix ON city (name);

-- upgrade c3 -> d4, d4
-- locks city (ROW EXCLUSIVE)
insert into city values (1, 'Oslo');
-- outside a transaction; locks city (SHARE UPDATE EXCLUSIVE)
vacuum city;
-- locks not known
select nobody_knows();

-- 4 steps; nothing was run; the database would be at d4
`);
    expect(await everything(sql)).toEqual(before);
  });

  test("says what is rewritten, scanned and indexed, as the catalogs have it", async ({ limbeck, sql }) => {
    await sql(`create table shop (id integer primary key, code varchar(10), size integer, other integer);
      alter table shop add constraint ck check (size > 0) not valid`);
    limbeck.write(
      { id: "a1" },
      {
        id: "b2",
        down: "a1",
        up: `  op.alterColumn("shop", "code", { type: "varchar(20)" });
  op.execute("alter table shop alter column code type varchar(5)");
  op.alterColumn("shop", "size", { type: "bigint" });
  op.alterColumn("shop", "other", { nullable: false });
  op.createIndex("ix", "shop", ["size"], { concurrently: true });
  op.validateConstraint("ck", "shop");
  op.createTable("made", column("id", "integer"));
  op.createIndex("ix_made", "made", ["id"]);
  op.execute("alter table later alter column id type bigint; create index on shop (other)");`,
      },
    );
    const { planned } = await limbeck.library.upgradePlan("b2");
    const [, { statements }] = planned as [unknown, (typeof planned)[number]];
    const shop = (work: string) => [{ work, relation: "shop", certain: true }];
    expect(statements.map(({ work }) => work)).toEqual([
      [],
      shop("rewrite"),
      shop("rewrite"),
      shop("scan"),
      shop("index build"),
      shop("scan"),
      [],
      [],
      [{ work: "rewrite", relation: "later", certain: false }],
      shop("index build"),
    ]);
    const { stdout } = await limbeck("upgrade b2 --plan");
    expect(stdout).toContain("-- locks shop (ACCESS EXCLUSIVE); scans shop\nALTER TABLE shop ALTER COLUMN other SET");
    expect(stdout).toContain("; may rewrite later\nalter table later");
    expect(stdout).toContain("; builds an index of shop\nCREATE INDEX CONCURRENTLY ix");
  });

  test("of a downgrade, and of nothing", async ({ limbeck, sql }) => {
    await limbeck("upgrade");
    const before = await everything(sql);
    expect((await limbeck("downgrade base --plan")).stdout).toContain(
      "ALTER TABLE city DROP COLUMN mayor;\n\n-- downgrade a1",
    );
    expect((await limbeck("upgrade --plan")).stdout).toBe("Nothing to do: the database is at b2.\n");
    expect(await everything(sql)).toEqual(before);
  });

  test("is certain of a step that looks at the database as it is", async ({ limbeck }) => {
    await limbeck("upgrade");
    limbeck.write({
      id: "c3",
      down: "b2",
      up: `const [row] = await op.query("select count(*)::int as n from city");\nop.execute("select " + row.n);`,
    });
    const { planned } = await limbeck.library.upgradePlan();
    expect(planned).toMatchObject([{ uncertain: null, statements: [{ sql: "select 0", where: { line: 11 } }] }]);
  });

  test("says from where on a step depends on what it has not seen", async ({ limbeck, sql }) => {
    await limbeck("upgrade");
    const LOOKS = `op.execute("insert into city values (1, 'Oslo')");
      const [row] = await op.query("select count(*)::int as n from city");
      op.execute("select " + row.n);`;
    limbeck.write(
      { id: "c3", down: "b2", up: LOOKS },
      { id: "d4", down: "c3", up: `await op.query("select * from nowhere");\nop.execute("select 9");` },
      { id: "e5", down: "d4", up: `op.execute("select 5");\nawait op.connection();` },
    );
    const before = await everything(sql);
    expect((await limbeck.library.upgradePlan()).planned).toMatchObject([
      {
        statements: [{ sql: "insert into city values (1, 'Oslo')" }, { sql: "select 0" }],
        uncertain: {
          from: 1,
          reason: "the revision looks at the database, which has not yet what runs before (line 11)",
        },
      },
      {
        statements: [],
        uncertain: {
          from: 0,
          reason: expect.stringMatching(
            /; what comes after it is not known: relation "nowhere" does not exist$/,
          ) as unknown,
        },
      },
      {
        statements: [{ sql: "select 5" }],
        uncertain: { from: 1, reason: expect.stringContaining("the connection itself") as unknown },
      },
    ]);
    expect((await limbeck("upgrade --plan")).stdout).toMatch(
      /insert into .*;\n-- uncertain from here: the revision looks .*\nselect 0;/,
    );
    expect(await everything(sql)).toEqual(before);
  });

  test("lets no query write", async ({ limbeck, sql }) => {
    await limbeck("upgrade");
    limbeck.write({ id: "c3", down: "b2", up: `await op.query("insert into city values (1) returning id");` });
    const [step] = (await limbeck.library.upgradePlan()).planned;
    expect(step!.uncertain?.reason).toContain("read-only transaction");
    expect(await sql("select * from city")).toEqual([]);
  });

  test("marks what an earlier run has done", async ({ limbeck }) => {
    await limbeck("upgrade");
    limbeck.write({ id: "c3", down: "b2", up: `op.execute("vacuum city; select 1 / 0");` });
    await limbeck("upgrade");
    const [step] = (await limbeck.library.upgradePlan()).planned;
    expect(step!.statements.map(({ done }) => done)).toEqual([true, false]);
    expect((await limbeck("upgrade --plan")).stdout).toContain("-- done by an earlier run; outside a transaction");
  });

  test("fails as the run would, when a revision's code does", async ({ limbeck }) => {
    limbeck.write({ id: "c3", down: "b2", up: `throw new Error("not yet");` });
    expect(await limbeck("upgrade --plan")).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("REVISION_FAILED: The upgrade of c3 threw: not yet") as unknown,
    });
  });
});

describe("--dry-run", () => {
  test("runs everything and leaves nothing, on an empty database and on one in use", async ({ limbeck, sql }) => {
    limbeck.write({
      id: "c3",
      down: "b2",
      up: `op.execute("insert into city values (1, 'Oslo'), (2, 'Rome')");
      const [row] = await op.query("select count(*)::int as n from city");
      op.execute("select 1 / (" + row.n + " - 1)");`,
    });
    const before = await everything(sql);
    const dry = await limbeck("upgrade --dry-run");
    expect([dry.exitCode, dry.stdout]).toEqual([0, "3 steps tried and rolled back; the database would be at c3.\n"]);
    expect(dry.stderr).toMatch(/^Dry run: .*\nRunning upgrade {2}-> a1, a1 \(\d+ ms\)\n/);
    expect(await everything(sql)).toEqual(before);
    await limbeck("upgrade b2");
    const used = await everything(sql);
    expect(await limbeck.library.upgradeDryRun()).toMatchObject({
      tried: [{ revision: "c3", direction: "upgrade", durationMs: expect.any(Number) as unknown }],
      stoppedAt: null,
      notTried: [],
      heads: ["c3"],
    });
    expect((await limbeck("downgrade base --dry-run")).stdout).toBe(
      "2 steps tried and rolled back; the database would be at base.\n",
    );
    expect((await limbeck("upgrade b2 --dry-run")).stdout).toBe("Nothing to do: the database is at b2.\n");
    expect(await everything(sql)).toEqual(used);
  });

  test("finds the mistake that a run would find, at its place", async ({ limbeck, sql }) => {
    limbeck.write({ id: "c3", down: "b2", up: `op.execute("select nobody from city");` });
    const before = await everything(sql);
    const { exitCode, stderr } = await limbeck("upgrade --dry-run");
    expect(exitCode).toBe(3);
    expect(stderr).toContain('STATEMENT_FAILED: The upgrade of c3 failed: column "nobody" does not exist');
    expect(stderr).toContain("next: It was a dry run: nothing of it stays.");
    expect(await everything(sql)).toEqual(before);
  });

  test("stops in front of what cannot run in a transaction, and names it", async ({ limbeck, sql }) => {
    limbeck.write({ ...INDEX, up: `op.execute("select 3");\n${INDEX.up}` }, { id: "d4", down: "c3" });
    const before = await everything(sql);
    const { exitCode, stdout } = await limbeck("upgrade --dry-run");
    expect([exitCode, stdout]).toEqual([
      0,
      `2 steps tried and rolled back. Stopped in the upgrade of c3 at migrations/c3_step.ts:11: its next statement cannot run in a transaction.
  | CREATE INDEX CONCURRENTLY ix ON city (name)
Not tried to the end: c3, d4.
`,
    ]);
    expect(await everything(sql)).toEqual(before);
  });

  test.for([
    [`await op.connection();`, "it works on the connection itself, which could commit"],
    [`await op.query("commit");`, "its query ends the transaction"],
    [
      `try { await op.query("commit"); } catch {}\nop.execute("create table left_over ()");`,
      "its query ends the transaction",
    ],
  ] as const)("stops in front of what could commit: %s", async ([up, reason], { limbeck, sql }) => {
    limbeck.write({ id: "c3", down: "b2", up });
    const before = await everything(sql);
    expect(await limbeck.library.upgradeDryRun()).toMatchObject({
      stoppedAt: { revision: "c3", reason },
      notTried: ["c3"],
    });
    expect(await everything(sql)).toEqual(before);
  });

  test("stops at a step that is half done", async ({ limbeck }) => {
    await limbeck("upgrade");
    limbeck.write({ id: "c3", down: "b2", up: `op.execute("vacuum city; select 1 / 0");` });
    await limbeck("upgrade");
    expect(await limbeck.library.upgradeDryRun()).toMatchObject({
      tried: [],
      stoppedAt: { revision: "c3", reason: "an earlier run has done a part of it" },
    });
  });

  test("serves the embedded database too", async ({ limbeck }) => {
    expect((await limbeck("upgrade --dry-run --url pglite://memory")).stdout).toContain(
      "2 steps tried and rolled back",
    );
  });
});

test("one form at a time", async ({ limbeck }) => {
  expect(await limbeck("upgrade --plan --dry-run")).toMatchObject({ exitCode: 2 });
  expect(await limbeck("downgrade base --sql --plan")).toMatchObject({ exitCode: 2 });
});
