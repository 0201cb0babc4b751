import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin } from "../beside-psql.ts";
import { drizzleConfig } from "../peers/drizzle-kit.ts";
import { linkPackages, program, type Command } from "../peers/peer.ts";
import { medians, usageOf, type Turn } from "../usage.ts";
import { alone, environment, makeDatabase, sql, sqlFile, type Bench, type Times } from "./row.ts";
import { CHANGED, schemaModule, TABLES } from "./schema-module.ts";

const BEFORE = "schema_before";
const AFTER = "schema_after";
const generate: Command = [program("drizzle-kit"), "generate"];

/**
 * A column more in ten of 500 tables: as the difference of two databases, and as a migration out of a schema that is
 * written in Drizzle. The floor is pg_dump, which reads the schemas and compares nothing.
 */
export async function schemas(bench: Bench): Promise<Record<string, Times>> {
  const folder = join(bench.folder, "schemas");
  const projects = { limbeck: project(join(folder, "limbeck")), drizzle: project(join(folder, "drizzle-kit")) };
  const first = prepared(bench, projects.drizzle);
  writeFileSync(
    join(projects.limbeck, "limbeck.config.json"),
    '{ "migrations": "migrations", "schema": "schema.ts" }\n',
  );
  const row = async (name: string, turns: Turn[]): Promise<Record<string, Times>> => ({
    [name]: await alone(name, () => medians(turns, bench.rounds)),
  });
  return {
    ...(await row(`diff of two databases with ${TABLES} tables`, diffs(bench))),
    ...(await row(`migration out of a schema with ${TABLES} tables`, generations(bench, projects, first))),
  };
}

/** Makes both databases out of drizzle-kit's migrations, and gives the folder with a copy of what is there before the second. */
function prepared(bench: Bench, cwd: string): string {
  const migrations = join(cwd, "migrations");
  const first = join(cwd, "first");
  const env = environment(bench, BEFORE);
  writeFileSync(join(cwd, "drizzle.config.ts"), drizzleConfig);
  writeFileSync(join(cwd, "schema.ts"), schemaModule(0));
  usageOf({ command: generate, cwd, env });
  cpSync(migrations, first, { recursive: true });
  makeDatabase(bench, BEFORE);
  sqlFile(bench.urlOf(BEFORE), newest(migrations, ".sql"));
  writeFileSync(join(cwd, "schema.ts"), schemaModule(CHANGED));
  usageOf({ command: generate, cwd, env });
  makeDatabase(bench, AFTER, BEFORE);
  sqlFile(bench.urlOf(AFTER), newest(migrations, ".sql"));
  const counts = [BEFORE, AFTER].map((database) =>
    sql(
      bench.urlOf(database),
      `select count(distinct attrelid), count(*) filter (where attname = 'extra')
        from pg_attribute join pg_class on attrelid = pg_class.oid where relkind = 'r' and relname ~ '^t_'`,
    ),
  );
  const expected = [`${TABLES}|0`, `${TABLES}|${CHANGED}`];
  if (counts.join() !== expected.join()) throw new Error(`tables|changed: ${counts.join()}, not ${expected.join()}`);
  return first;
}

function diffs(bench: Bench): Turn[] {
  const [from, to] = [BEFORE, AFTER].map((name) => environment(bench, name)["DATABASE_URL"]!);
  const place = { cwd: bench.folder, env: environment(bench, BEFORE) };
  const diff = (name: string, command: Command, exits: readonly number[]): Turn => ({
    ...place,
    name,
    command,
    exits,
    verify: ({ stdout }) => expectColumns(name, stdout),
  });
  return [
    diff("limbeck", [bin, "diff", "--from", from!, "--to", to!, "--sql"], [0]),
    diff("@pgkit/migra", [program("migra"), from!, to!], [0, 2]),
    {
      ...place,
      name: "pg_dump",
      command: ["sh", "-c", `pg_dump -s "${from}"; pg_dump -s "${to}"`],
      verify: ({ stdout }) => expectTables(stdout, 2 * TABLES),
    },
  ];
}

function generations(bench: Bench, projects: { limbeck: string; drizzle: string }, first: string): Turn[] {
  const env = environment(bench, BEFORE);
  const migration = (name: string, command: Command, cwd: string, ending: string, before?: string): Turn => ({
    name,
    command,
    cwd,
    env,
    prepare: () => {
      rmSync(join(cwd, "migrations"), { recursive: true, force: true });
      if (before === undefined) mkdirSync(join(cwd, "migrations"));
      else cpSync(before, join(cwd, "migrations"), { recursive: true });
    },
    verify: () => expectColumns(name, readFileSync(newest(join(cwd, "migrations"), ending), "utf8")),
  });
  const autogenerate: Command = [bin, "revision", "--autogenerate", "-q", "-m", "more"];
  return [
    migration("limbeck", autogenerate, projects.limbeck, ".ts"),
    migration("limbeck --no-proof", [...autogenerate, "--no-proof"], projects.limbeck, ".ts"),
    migration("drizzle-kit", generate, projects.drizzle, ".sql", first),
    {
      name: "pg_dump",
      command: ["sh", "-c", 'exec pg_dump -s "$DATABASE_URL"'],
      cwd: bench.folder,
      env,
      verify: ({ stdout }) => expectTables(stdout, TABLES),
    },
  ];
}

/** A folder with the changed schema in it, and what its module imports. */
function project(folder: string): string {
  mkdirSync(folder, { recursive: true });
  linkPackages(folder);
  writeFileSync(join(folder, "package.json"), '{ "name": "bench-schema", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "schema.ts"), schemaModule(CHANGED));
  return folder;
}

function newest(folder: string, ending: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return join(folder, names.toSorted().at(-1)!);
}

/** Throws unless a text adds the column to ten tables and makes and drops nothing else. */
function expectColumns(name: string, text: string): void {
  const added = [...text.matchAll(/add\s*column/gi)].length;
  const others = [...text.matchAll(/\b(?:drop|create)\s*(?:table|index|type|constraint)/gi)].length;
  if (added !== CHANGED || others > 0)
    throw new Error(`${name} adds ${added} columns, and does ${others} other things`);
}

function expectTables(text: string, tables: number): void {
  const found = [...text.matchAll(/^CREATE TABLE /gm)].length;
  if (found !== tables) throw new Error(`pg_dump wrote ${found} tables, not ${tables}`);
}
