import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test as base, type Sql } from "testkit";
import { describe } from "vitest";
import type { AutogenerateOptions, AutogenerateResult } from "../src/commands/autogenerate.ts";
import { Limbeck, type OpenOptions } from "../src/commands/limbeck.ts";

const FIRST = `create table country (id integer primary key);
create table city (id integer primary key, name text, country_id integer, note text);`;

const test = base.extend("project", async ({ databaseUrl, folder, sql }, { onCleanup }) => {
  const open = async (options: OpenOptions = {}): Promise<Limbeck> => {
    const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, schema: "schema.sql", ...options });
    onCleanup(() => limbeck.close());
    return limbeck;
  };
  return new Project(folder, sql, await open(), open);
});

class Project {
  readonly folder: string;
  readonly sql: Sql;
  readonly limbeck: Limbeck;
  readonly open: (options?: OpenOptions) => Promise<Limbeck>;

  constructor(folder: string, sql: Sql, limbeck: Limbeck, open: Project["open"]) {
    this.folder = folder;
    this.sql = sql;
    this.limbeck = limbeck;
    this.open = open;
  }

  target(schema: string): void {
    writeFileSync(join(this.folder, "schema.sql"), schema);
  }

  /** The database stands at a first revision that was generated. */
  async begin(schema = FIRST): Promise<void> {
    this.target(schema);
    await this.limbeck.autogenerate({ message: "begin", revisionId: "1" });
    await this.limbeck.upgrade();
  }

  async next(schema: string, options: AutogenerateOptions = {}): Promise<AutogenerateResult> {
    this.target(schema);
    return await this.limbeck.autogenerate({ message: "next", revisionId: "2", ...options });
  }

  files(): string[] {
    return existsSync(join(this.folder, "migrations")) ? readdirSync(join(this.folder, "migrations")).toSorted() : [];
  }
}

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
        op.addColumn("city", column("size", "integer", { default: sql\`0\` }));
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
      export const transaction = "none";

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
        op.dropIndex("ix_city_name");
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
});
