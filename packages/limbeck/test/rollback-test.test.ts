import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test as base } from "testkit";
import { describe } from "vitest";
import { Limbeck, type TestResult } from "../src/index.ts";
import { writeRevisions, type TestRevision } from "./project.ts";

type Tried = (revisions: readonly TestRevision[], options?: { range?: string; schema?: string }) => Promise<TestResult>;

const test = base.extend("tried", async ({ databaseUrl, folder }, { onCleanup }) => {
  const opened: Limbeck[] = [];
  onCleanup(async () => {
    for (const limbeck of opened) await limbeck.close();
  });
  const tried: Tried = async (revisions, { range, schema } = {}) => {
    const migrations = writeRevisions(folder, revisions);
    const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, migrations, schema });
    opened.push(limbeck);
    return await limbeck.test(range);
  };
  return tried;
});

const CITY = {
  id: "a1",
  up: `op.createTable("city", column("id", "serial"), column("name", "text", { nullable: false }), primaryKey(["id"]));`,
  undo: `op.dropTable("city");`,
};

const outcomes = ({ revisions }: TestResult) => revisions.map(({ revision, ok, data }) => [revision, ok, data]);

describe("a history that comes back", () => {
  test("passes, branches and merges included, and leaves the database alone", async ({ tried, sql }) => {
    const result = await tried([
      CITY,
      {
        id: "b2",
        down: "a1",
        up: `op.addColumn("city", column("mayor", "text")); op.createIndex("ix", "city", ["mayor"], { concurrently: true });`,
        undo: `op.dropColumn("city", "mayor");`,
      },
      {
        id: "b3",
        down: "a1",
        up: `op.createTable("street", column("city_id", "integer", { nullable: false }), foreignKey(["city_id"], "city", ["id"]));`,
        undo: `op.dropTable("street");`,
      },
      { id: "c4", down: ["b2", "b3"] },
      { id: "d5", labels: "other", up: `op.createEnum("mood", ["ok"]);`, undo: `op.dropEnum("mood");` },
      { id: "e6", down: ["c4", "d5"] },
    ]);
    expect(result).toMatchObject({ ok: true, notTested: [], heads: { ok: true, heads: ["e6"] } });
    expect(outcomes(result)).toHaveLength(6);
    expect(outcomes(result)).toEqual(
      expect.arrayContaining(["a1", "b2", "b3", "c4", "d5", "e6"].map((id) => [id, true, "lossless"])),
    );
    const lost = Object.fromEntries(
      result.revisions.map(({ revision, lostByDowngrade }) => [revision, lostByDowngrade]),
    );
    expect(lost).toMatchObject({
      a1: ["3 of 3 rows of city"],
      b2: ["the values of city.mayor"],
      b3: ["3 of 3 rows of street"],
      c4: [],
    });
    expect(await sql("select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace")).toEqual([
      { n: 0 },
    ]);
  });

  test("of an embedded database is tested in memory, and no folder is made", async ({ folder }) => {
    const migrations = writeRevisions(folder, [CITY]);
    const limbeck = await Limbeck.open({ cwd: folder, url: "pglite://data", migrations });
    expect(await limbeck.test()).toMatchObject({ ok: true });
    await limbeck.close();
    const { existsSync } = await import("node:fs");
    expect(existsSync(join(folder, "data"))).toBe(false);
  });
});

describe("data", () => {
  test("that a revision throws away is seen", async ({ tried }) => {
    const result = await tried([
      CITY,
      {
        id: "b2",
        down: "a1",
        up: `op.dropColumn("city", "name");`,
        undo: `op.addColumn("city", column("name", "text", { nullable: false, default: "" }));
               op.alterColumn("city", "name", { default: null });`,
      },
    ]);
    expect(outcomes(result)).toEqual([
      ["a1", true, "lossless"],
      ["b2", true, "lossy"],
    ]);
    expect(result.revisions[1]!.lost).toEqual(["the values of city.name"]);
  });

  test("may be given, in SQL and in TypeScript", async ({ tried, folder }) => {
    mkdirSync(join(folder, "seeds"));
    writeFileSync(
      join(folder, "seeds/a1_cities.sql"),
      "insert into city (name) values ('Oslo'); insert into city (name) values ('Rome');",
    );
    writeFileSync(
      join(folder, "seeds/a1_more.ts"),
      'import { sql } from "limbeck";\nexport default async (query) => { await query(sql`insert into city (name) values (${"Bern"})`); };',
    );
    const result = await tried([
      CITY,
      {
        id: "b2",
        down: "a1",
        up: `op.execute("delete from city where name = 'Rome'");`,
        undo: `op.execute("insert into city (name) values ('Paris')");`,
      },
    ]);
    expect(result.revisions[0]!.lostByDowngrade).toEqual(["3 of 3 rows of city"]);
    expect(result.revisions[1]).toMatchObject({
      ok: true,
      data: "lossy",
      lost: ["the values of city.id", "the values of city.name"],
    });
  });

  test("that we made up and a revision does not take, is no fault of the revision", async ({ tried }) => {
    const result = await tried([
      CITY,
      {
        id: "b2",
        down: "a1",
        up: `op.createCheckConstraint("ck", "city", "name in ('Oslo', 'Rome')");`,
        undo: `op.dropConstraint("ck", "city");`,
      },
    ]);
    expect(result).toMatchObject({ ok: true, revisions: [{}, { ok: true, data: null }] });
    expect(result.revisions[1]!.notes[0]).toMatch(/fails on tables with generated rows, and works on empty ones/);
  });
});

describe("a revision is found at fault", () => {
  test("when its downgrade leaves something behind, or brings something else back", async ({ tried }) => {
    const result = await tried([
      {
        ...CITY,
        up: `op.createEnum("mood", ["ok"]); ${CITY.up}`,
      },
      {
        id: "b2",
        down: "a1",
        up: `op.alterColumn("city", "name", { type: "varchar(50)" }); op.execute("create cast (text as mood) with inout");`,
        undo: `op.alterColumn("city", "name", { type: "varchar(20)" });`,
      },
      { id: "c3", down: "b2" },
    ]);
    expect(outcomes(result)).toEqual([
      ["a1", false, null],
      ["b2", false, null],
      ["c3", true, "lossless"],
    ]);
    const [first, second] = result.revisions.map(({ problems }) => problems);
    expect(first).toEqual([
      "enum mood is left behind",
      expect.stringMatching(/^the second upgrade fails: .*type "mood" already exists/),
    ]);
    expect(second!.slice(0, 2)).toEqual([
      "column city.name: type is varchar(20), before it was text",
      expect.stringMatching(/^cast .* is left behind$/),
    ]);
    expect(result.ok).toBe(false);
  });

  test("when it has no message, or no downgrade and no reason why", async ({ tried, folder }) => {
    const migrations = writeRevisions(folder, []);
    const sql = (name: string, down: string, more: string): void =>
      writeFileSync(
        join(migrations, `${name}.sql`),
        `-- revision: ${name.slice(0, 2)}\n-- downRevision: ${down}\n${more}\n-- upgrade\nselect 1;\n`,
      );
    sql("a1", "null", "");
    sql("b2_words", "a1", "");
    sql("c3_words", "b2", "-- irreversible: the source is gone\n");
    const result = await tried([{ id: "d4", down: "c3", undo: `throw new Error("nobody knows the way");` }]);
    expect(outcomes(result)).toEqual([
      ["a1", false, "irreversible"],
      ["b2", false, "irreversible"],
      ["c3", true, "irreversible"],
      ["d4", true, "irreversible"],
    ]);
    expect(result.revisions.map(({ problems, notes }) => [...problems, ...notes].join())).toEqual([
      expect.stringMatching(/^it has no message,Revision a1 has no downgrade/),
      expect.stringContaining("Revision b2 has no downgrade, and does not say why"),
      "irreversible: the source is gone",
      "irreversible: nobody knows the way",
    ]);
  });

  test("when its upgrade fails, and those above it are named", async ({ tried }) => {
    const result = await tried([
      CITY,
      { id: "b2", down: "a1", up: `op.execute("select nonsense");` },
      { id: "c3", down: "b2" },
    ]);
    expect(result).toMatchObject({ ok: false, notTested: ["c3"], revisions: [{ ok: true }, { ok: false }] });
    expect(result.revisions[1]!.problems[0]).toMatch(/^the upgrade fails: .*nonsense/);
  });

  test("when there are two heads, or the head is not what the target schema says", async ({ tried, folder }) => {
    writeFileSync(join(folder, "schema.sql"), "create table city (id serial primary key);");
    const result = await tried([CITY, { id: "b2", down: "a1" }, { id: "b3", down: "a1" }], {
      schema: join(folder, "schema.sql"),
    });
    expect(result).toMatchObject({
      ok: false,
      heads: { ok: false, heads: ["b2", "b3"] },
      model: { ok: false, differences: ["column city.name is not in the target schema"] },
    });
  });
});

test("a range tests what is in it", async ({ tried }) => {
  const result = await tried(
    [
      { ...CITY, undo: "" },
      { id: "b2", down: "a1" },
      { id: "c3", down: "b2" },
      { id: "d4", down: "c3" },
    ],
    { range: "b2:c3" },
  );
  expect(outcomes(result)).toEqual([
    ["b2", true, "lossless"],
    ["c3", true, "lossless"],
  ]);
  expect(result.ok).toBe(true);
});
