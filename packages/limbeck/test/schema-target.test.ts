import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import { compareSchemas } from "../src/schema/compare.ts";
import { withTargetSchema } from "../src/sources/read-target.ts";

const root = join(import.meta.dirname, "../../..");

interface Project {
  readonly folder: string;
  readonly url: string;
}

/** Writes files into a folder from which drizzle-orm can be imported. */
function write({ folder }: Project, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/** What `check` says of a database that `sql` made, against targets. */
async function check({ folder, url }: Project, sql: string, targets: readonly string[]): Promise<string[]> {
  const session = await openSession(url, "/", {});
  try {
    await session.script([sql]);
    const authoring = () => Promise.resolve({});
    const target = await withTargetSchema(targets, { folder, session, env: {}, authoring }, (schema) =>
      Promise.resolve(schema),
    );
    return compareSchemas(await readSchema(session), target).map(({ message }) => message);
  } finally {
    await session.close();
  }
}

const tables = `
  import { sql } from "drizzle-orm";
  import { check, index, integer, pgEnum, pgTable, pgView, serial, text, varchar } from "drizzle-orm/pg-core";
  export const mood = pgEnum("mood", ["sad", "ok"]);
  export const city = pgTable("city", {
    id: serial("id").primaryKey(),
    name: varchar("name", { length: 50 }).notNull().unique(),
    mood: mood("mood").default("ok"),
    size: integer("size").$defaultFn(() => 7),
  }, (t) => [check("city_size", sql\`\${t.size} > 0\`), index().on(t.mood)]);
  export const happy = pgView("happy").as((qb) => qb.select({ id: city.id }).from(city));`;

const streets = `
  import { integer, pgTable } from "drizzle-orm/pg-core";
  import { city } from "./tables.ts";
  export const street = pgTable("street", { cityId: integer("city_id").references(() => city.id, { onDelete: "cascade" }) });`;

const database = `
  create type mood as enum ('sad', 'ok');
  create table city (id serial primary key, name varchar(50) not null constraint city_name_unique unique, mood mood default 'ok',
    size integer constraint city_size check (size > 0));
  create index city_mood_index on city (mood);
  create view happy as select id from city;
  create table street (city_id integer constraint street_city_id_city_id_fk references city (id) on delete cascade);`;

describe("a target schema of Drizzle modules", () => {
  test("is what drizzle-kit would have made", async ({ databaseUrl: url, folder }) => {
    write({ folder, url }, { "tables.ts": tables, "streets.ts": streets });
    expect(await check({ folder, url }, database, ["tables.ts", "streets.ts"])).toEqual([]);
  });

  test("may use everything that drizzle-orm/pg-core has", async ({ databaseUrl: url, folder }) => {
    const everything = readFileSync(new URL("./drizzle-everything.ts", import.meta.url), "utf8");
    write({ folder, url }, { "everything.ts": everything });
    const made = readFileSync(join(import.meta.dirname, "drizzle-everything.sql"), "utf8");
    expect(await check({ folder, url }, made, ["everything.ts"])).toEqual([]);
  });

  test("may be a folder, with SQL for what Drizzle has no words for", async ({ databaseUrl: url, folder }) => {
    const extra = "create function f() returns integer language sql as 'select 1';";
    write({ folder, url }, { "schema/tables.ts": tables, "schema/streets.ts": streets, "schema/extra.sql": extra });
    expect(await check({ folder, url }, database, ["schema"])).toEqual(["function f() is missing"]);
  });

  test("says nothing of what Drizzle has no words for", async ({ databaseUrl: url, folder }) => {
    write({ folder, url }, { "tables.ts": tables, "streets.ts": streets });
    const more = `create function f() returns trigger language plpgsql as $$ begin return new; end $$;
      create trigger g before insert on city for each row execute function f();
      comment on table city is 'x'; alter table city set (fillfactor = 70); create domain d as integer check (value > 0);
      alter table city add mayor text;`;
    expect(await check({ folder, url }, database + more, ["tables.ts", "streets.ts"])).toEqual([
      "column city.mayor is not in the target schema",
    ]);
  });
});

describe("a target schema of SQL", () => {
  test("says everything, file after file", async ({ databaseUrl: url, folder }) => {
    write(
      { folder, url },
      { "sql/01.sql": "create table a (b integer);", "sql/02.sql": "alter table a add c varchar(100);" },
    );
    const live =
      "create table a (b integer, c varchar(50)); create function f() returns integer language sql as 'select 1'";
    expect(await check({ folder, url }, live, ["sql"])).toEqual([
      "column a.c: type is varchar(50), target has varchar(100)",
      "function f() is not in the target schema",
    ]);
  });

  test("may be another database", async ({ databaseUrl: url, folder }) => {
    expect(await check({ folder, url }, "create table a (b integer)", [url])).toEqual([]);
  });
});

describe("a target schema that cannot be read", () => {
  const failure = (message: string, where?: object): object => ({
    code: "SCHEMA_SOURCE_INVALID",
    message: expect.stringContaining(message) as string,
    ...(where === undefined ? {} : { where: expect.objectContaining(where) as object }),
  });

  test("is an error that names the file", async ({ databaseUrl: url, folder }) => {
    const project = { folder, url };
    write(project, {
      "nothing.ts": "export const a = 1;",
      "broken.ts": "throw new Error('no such luck');",
      "other.ts": `import { sqliteTable } from "drizzle-orm/sqlite-core"; export const a = sqliteTable("a", {});`,
      "policy.ts": `import { pgPolicy } from "drizzle-orm/pg-core"; export const p = pgPolicy("p");`,
      "role.ts": `import { pgRole } from "drizzle-orm/pg-core"; export const r = pgRole("nobody_has_this");`,
      "wrong.ts": `import { customType, pgTable } from "drizzle-orm/pg-core";
        const odd = customType({ dataType: () => "oddity" }); export const a = pgTable("a", { b: odd("b") });`,
      "wrong.sql": "create table a ();\ncreate table a ();",
      "notes.md": "",
      "empty/x.txt": "",
    });
    const of = (...targets: string[]) => expect(check(project, "", targets)).rejects;
    await of("absent.ts").toMatchObject(failure("does not exist", { file: join(folder, "absent.ts") }));
    await of("notes.md").toMatchObject(failure("neither a module nor SQL"));
    await of("empty").toMatchObject(failure("neither modules nor .sql files"));
    await of("nothing.ts").toMatchObject(failure("exports no Drizzle table", { file: join(folder, "nothing.ts") }));
    await of("broken.ts").toMatchObject(failure("no such luck", { file: join(folder, "broken.ts") }));
    await of("other.ts").toMatchObject(failure("a SQLiteTable, which is not PostgreSQL's"));
    await of("policy.ts").toMatchObject(failure('the policy "p", which belongs to no table'));
    await of("role.ts").toMatchObject(failure("roles that the server does not have: nobody_has_this"));
    await of("wrong.ts").toMatchObject(failure('type "oddity" does not exist', { file: join(folder, "wrong.ts") }));
    await of("wrong.sql").toMatchObject(
      failure('relation "a" already exists', { file: join(folder, "wrong.sql"), line: 2 }),
    );
    await of("wrong.sql", url).toMatchObject(failure("a database and something else"));
  });
});
