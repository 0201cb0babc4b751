import { readFileSync } from "node:fs";
import { expect } from "testkit";
import { describe } from "vitest";
import { FIRST, test } from "./generated-project.ts";

describe("a revision that is generated", () => {
  test("is the file that somebody would have written", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    const { path, proven } = await project.next(
      `create table country (id integer primary key);
       create table city (id integer primary key, name text not null, country_id integer references country (id), size integer default 0,
         constraint ck_city_size check (size >= 0));
       create index ix_city_name on city (name);`,
    );
    expect(proven).toBe(true);
    expect(readFileSync(path!, "utf8")).toMatchInlineSnapshot(`
      "import { column, sql, type Operations } from "limbeck";

      export const revision = "2";
      export const downRevision = "1";
      export const branchLabels = null;
      export const dependsOn = null;

      /** next */
      export async function upgrade(op: Operations) {
        // Data loss: column city.note is dropped with its data.
        op.dropColumn("city", "note");
        op.alterColumn("city", "name", { nullable: false });
        op.addColumn("city", column("size", "integer", { default: 0 }));
        op.createForeignKey("city_country_id_fkey", "city", "country", ["country_id"], ["id"]);
        op.createCheckConstraint("ck_city_size", "city", sql\`size >= 0\`);
        op.createIndex("ix_city_name", "city", ["name"]);
      }

      export async function downgrade(op: Operations) {
        op.dropIndex("ix_city_name");
        op.dropConstraint("city_country_id_fkey", "city");
        op.dropConstraint("ck_city_size", "city");
        op.dropColumn("city", "size");
        op.alterColumn("city", "name", { nullable: true });
        // What was in it does not come back.
        op.addColumn("city", column("note", "text"));
      }
      "
    `);
    await project.limbeck.upgrade();
    expect(await project.limbeck.check()).toMatchObject({ ok: true });
    await project.limbeck.downgrade("1");
    project.target(FIRST);
    expect(await project.limbeck.diff()).toMatchObject({ differences: [] });
  });

  test("takes the safe forms where the table is large", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    const schema = `create table country (id integer primary key);
       create table city (id integer primary key, name text not null, country_id integer references country (id), note text unique);
       create index ix_city_name on city (name);`;
    const { path } = await project.next(schema, { safe: true });
    expect(readFileSync(path!, "utf8")).toMatchInlineSnapshot(`
      "import type { Operations } from "limbeck";

      export const revision = "2";
      export const downRevision = "1";
      export const branchLabels = null;
      export const dependsOn = null;

      /** next */
      export async function upgrade(op: Operations) {
        op.createCheckConstraint("city_name_present", "city", "name IS NOT NULL", { notValid: true });
        op.validateConstraint("city_name_present", "city");
        op.alterColumn("city", "name", { nullable: false });
        op.dropConstraint("city_name_present", "city");
        op.createForeignKey("city_country_id_fkey", "city", "country", ["country_id"], ["id"], { notValid: true });
        op.validateConstraint("city_country_id_fkey", "city");
        op.createIndex("city_note_key", "city", ["note"], { unique: true, concurrently: true });
        op.createUniqueConstraint("city_note_key", "city", [], { usingIndex: "city_note_key" });
        op.createIndex("ix_city_name", "city", ["name"], { concurrently: true });
      }

      export async function downgrade(op: Operations) {
        op.dropIndex("ix_city_name", { concurrently: true });
        op.dropConstraint("city_country_id_fkey", "city");
        op.dropConstraint("city_note_key", "city");
        op.alterColumn("city", "name", { nullable: true });
      }
      "
    `);
    await project.limbeck.upgrade();
    expect(await project.limbeck.check()).toMatchObject({ ok: true });
    await project.limbeck.downgrade("1");
    await project.limbeck.upgrade();
  });

  test("can be SQL", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    const { path } = await project.next(FIRST.replace(", note text", "").replace("name text", "name varchar(20)"), {
      format: "sql",
    });
    expect(readFileSync(path!, "utf8")).toMatchInlineSnapshot(`
      "-- revision: 2
      -- downRevision: 1
      -- next

      -- upgrade
      -- Data loss: column city.note is dropped with its data.
      ALTER TABLE city DROP COLUMN note;
      -- Data loss: column city.name becomes character varying(20): values of text may not fit.
      ALTER TABLE city ALTER COLUMN name TYPE varchar(20);

      -- downgrade
      ALTER TABLE city ALTER COLUMN name TYPE text;
      -- What was in it does not come back.
      ALTER TABLE city ADD COLUMN note text;
      "
    `);
    await project.limbeck.upgrade();
    expect(await project.limbeck.check()).toMatchObject({ ok: true });
  });

  test("is none where nothing differs", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    expect(await project.limbeck.autogenerate({ message: "nothing" })).toMatchObject({ revision: null, path: null });
    expect(project.files()).toEqual(["1_begin.ts", "limbeck.lock"]);
  });

  test("says of a new column what rows make of it", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    await project.sql("insert into country values (1)");
    const { path } = await project.next(FIRST.replace("country (id", "country (code text not null, id"));
    expect(readFileSync(path!, "utf8")).toContain("// Fails while country has rows: fill the column first");
  });

  test(
    "is not written while revisions are pending, or several heads ask for one",
    { timeout: 120_000 },
    async ({ project }) => {
      await project.begin();
      await project.limbeck.revision({ message: "by hand", revisionId: "2" });
      await expect(project.next(FIRST, { revisionId: "3" })).rejects.toMatchObject({
        code: "DATABASE_NOT_UP_TO_DATE",
        details: { pending: ["2"] },
      });
      await project.limbeck.revision({ message: "beside it", revisionId: "4", head: "1", splice: true });
      await project.limbeck.upgrade("heads");
      await expect(project.next(FIRST, { revisionId: "5" })).rejects.toMatchObject({ code: "MULTIPLE_HEADS" });
      const added = FIRST.replace("note text", "note text, size integer");
      expect(await project.next(added, { revisionId: "5", head: "2" })).toMatchObject({
        revision: "5",
        downRevision: ["2"],
      });
    },
  );
});

describe("a rename", () => {
  const RENAMED = FIRST.replace("note text", "remark text");

  test("that nobody answers for is a drop that says so", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    const { path, renameCandidates } = await project.next(RENAMED);
    expect(renameCandidates).toEqual([
      { kind: "column", from: "city.note", to: "remark", rename: "column:city.note=remark" },
    ]);
    expect(readFileSync(path!, "utf8")).toContain(`
  // Data loss: column city.note is dropped with its data.
  // If it is remark now, generate this again with --rename column:city.note=remark.
  op.dropColumn("city", "note");
`);
  });

  for (const [how, options, open] of [
    ["an option", { renames: ["city.note=remark"] }, {}],
    ["the configuration", {}, { renames: { "column:public.city.note": "remark", "table:gone": "elsewhere" } }],
    ["an answer", { isRename: async ({ rename }: { rename: string }) => rename === "column:city.note=remark" }, {}],
  ] as const) {
    test(`told by ${how} keeps the rows, there and back`, { timeout: 120_000 }, async ({ project }) => {
      await project.begin();
      await project.sql("insert into city values (1, 'Oslo', 1, 'north')");
      project.target(RENAMED);
      const limbeck = await project.open(open);
      const { operations, dataLoss } = await limbeck.autogenerate({ message: "next", revisionId: "2", ...options });
      expect([operations, dataLoss]).toEqual([[`op.renameColumn("city", "note", "remark");`], []]);
      await limbeck.upgrade();
      expect(await project.sql("select remark from city")).toEqual([{ remark: "north" }]);
      await limbeck.downgrade("1");
      expect(await project.sql("select note from city")).toEqual([{ note: "north" }]);
    });
  }

  test("of a table and of its column together", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    const schema = RENAMED.replace("table city", "table town");
    const { operations } = await project.next(schema, { renames: ["city=town", "city.note=remark"] });
    expect(operations.slice(0, 2)).toEqual([
      `op.renameColumn("city", "note", "remark");`,
      `op.renameTable("city", "town");`,
    ]);
    expect(operations.join()).not.toMatch(/drop/);
  });

  test("of what is not gone is refused", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    await expect(project.next(RENAMED, { renames: ["city.name=title"] })).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("the proof", () => {
  test("leaves no file that lies", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    project.target(FIRST.replace("note text", "note text, size integer"));
    const limbeck = await project.open({ writeHooks: ["sed -i s/size/siez/ {file}"] });
    await expect(limbeck.autogenerate({ message: "next" })).rejects.toMatchObject({
      code: "PROOF_FAILED",
      details: { differences: ["column city.siez is not in the target schema", "column city.size is missing"] },
    });
    expect(project.files()).toEqual(["1_begin.ts", "limbeck.lock"]);
    expect(await project.limbeck.check()).toMatchObject({ heads: { ok: true, lockFile: "current" } });
    const unproven = await limbeck.autogenerate({ message: "next", proof: false });
    expect(unproven).toMatchObject({ proven: false });
  });

  test("is of the downgrade, too", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    project.target(FIRST.replace("note text", "note text, size integer"));
    const limbeck = await project.open({ writeHooks: [`sed -i '/op.dropColumn/d' {file}`] });
    await expect(limbeck.autogenerate({ message: "next" })).rejects.toMatchObject({
      code: "PROOF_FAILED",
      message: "The downgrade does not lead back to the live schema: column city.size is not in the target schema.",
    });
  });
});

describe("the project's own code", () => {
  test("leaves objects out of the comparison", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    await project.sql(
      "create table theirs (id integer); create index ix_theirs on theirs (id); create index ix_mine on city (name)",
    );
    const limbeck = await project.open({
      includeName: (name, kind) => !(kind === "table" && name === "theirs"),
      includeObject: ({ kind, name, side }) => !(kind === "index" && name.startsWith("ix_") && side === "live"),
    });
    expect(await limbeck.diff()).toMatchObject({ differences: [] });
    expect(await project.limbeck.diff()).toMatchObject({ differences: { length: 2 } });
  });

  test("changes what is written", { timeout: 120_000 }, async ({ project }) => {
    await project.begin();
    project.target(FIRST.replace(", note text", ", size integer"));
    const limbeck = await project.open({
      processOperations: ({ upgrade, downgrade }) => ({
        upgrade: upgrade.filter(({ kind }) => kind !== "dropColumn"),
        downgrade: downgrade.filter(({ kind }) => kind !== "addColumn"),
      }),
    });
    const { operations } = await limbeck.autogenerate({ message: "next" });
    expect(operations).toEqual([`op.addColumn("city", column("size", "integer"));`]);
  });
});
