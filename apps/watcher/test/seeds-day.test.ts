import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { Limbeck } from "limbeck";
import { expect, test } from "testkit";
import { limbeck as commandLine, type Output } from "../../../packages/limbeck/test/terminal.ts";

const watcher = fileURLToPath(new URL("..", import.meta.url));
const repository = join(watcher, "..", "..");

const revisions = readdirSync(join(watcher, "migrations"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, 14));
const [previous, head] = revisions.slice(-2) as [string, string];

/** What a day with Watcher's database asks of limbeck, in the original documentation's order. */
class Day {
  readonly #folder: string;
  readonly #env: Record<string, string>;

  constructor(folder: string, url: string | undefined) {
    this.#folder = folder;
    this.#env = url === undefined ? {} : { DATABASE_URL: url };
    cpSync(join(watcher, "migrations"), join(folder, "migrations"), { recursive: true });
    cpSync(join(watcher, "src/schema"), join(folder, "src/schema"), { recursive: true });
    cpSync(join(watcher, "limbeck.config.ts"), join(folder, "limbeck.config.ts"));
    mkdirSync(join(folder, "node_modules"));
    for (const name of ["limbeck", "drizzle-orm"]) {
      symlinkSync(join(repository, "node_modules", name), join(folder, "node_modules", name));
    }
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  }

  /** Runs a command that has to succeed, and gives its answer. */
  async limbeck(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.attempt(...args);
    expect(stderr, `limbeck ${args.join(" ")}`).not.toMatch(/error|\n\s+at /);
    expect(exitCode, `limbeck ${args.join(" ")}`).toBe(0);
    return stdout.trimEnd();
  }

  async attempt(...args: string[]): Promise<Output> {
    return await commandLine(args, { cwd: this.#folder, env: this.#env });
  }

  /** Writes a revision with `limbeck revision` and fills in its halves; gives its id. */
  async revision(message: string, upgrade: string, downgrade: string, ...options: string[]): Promise<string> {
    const answer = JSON.parse(await this.limbeck("revision", "-m", message, "--json", ...options)) as {
      revision: string;
      path: string;
    };
    const source = readFileSync(answer.path, "utf8")
      .replace("import type { Operations }", "import { column, primaryKey, sql, type Operations }")
      .replace("upgrade(op: Operations) {}", `upgrade(op: Operations) {\n${upgrade}\n}`)
      .replace("downgrade(op: Operations) {}", `downgrade(op: Operations) {\n${downgrade}\n}`);
    writeFileSync(answer.path, source);
    return answer.revision;
  }

  /** Every table, column, constraint, index, enum and sequence, as PostgreSQL prints it. */
  async catalogs(): Promise<string> {
    const url = this.#env["DATABASE_URL"];
    const limbeck = await Limbeck.open({
      cwd: this.#folder,
      url: url ?? `pglite://${join(this.#folder, ".limbeck/pgdata")}`,
    });
    const client = (await limbeck.client()) as { query(text: string): Promise<{ rows: { line: string }[] }> };
    const { rows } = await client.query(CATALOGS);
    await limbeck.close();
    return rows.map(({ line }) => line).join("\n");
  }
}

const CATALOGS = `
  with own as (select oid, relname, relkind from pg_class
                where relnamespace = 'public'::regnamespace and relname <> 'limbeck_history' and relname not like 'limbeck_history%')
  select 'column ' || relname || '.' || attname || ' ' || attnum || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
         || coalesce(' ' || pg_get_expr(adbin, adrelid), '') as line
    from own join pg_attribute on attrelid = own.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum where relkind in ('r', 'S')
  union all select 'constraint ' || relname || ' ' || conname || ' ' || pg_get_constraintdef(c.oid)
    from pg_constraint c join own on conrelid = own.oid
  union all select 'index ' || pg_get_indexdef(oid) from own where relkind = 'i'
  union all select 'enum ' || typname || ' ' || string_agg(enumlabel, ',' order by enumsortorder)
    from pg_enum join pg_type t on t.oid = enumtypid group by typname
  order by 1`;

async function seedsDay(day: Day): Promise<void> {
  expect(await day.limbeck("current")).toBe("");
  expect((await day.limbeck("history")).split("\n")).toEqual([
    expect.stringMatching(new RegExp(`^${previous} -> ${head} \\(head\\), \\S`)),
    ...Array.from({ length: revisions.length - 3 }, () => expect.stringMatching(/^\d{14} -> \d{14}, \S/)),
    expect.stringMatching(/^20250909185058 -> 20250927222116, \S/),
    expect.stringMatching(/^<base> -> 20250909185058, \S/),
  ]);
  await day.limbeck("upgrade", "head");
  expect(await day.limbeck("current")).toBe(`${head} (head)`);

  await day.limbeck("downgrade", "-1");
  expect(await day.limbeck("current")).toBe(previous);

  const table = await day.revision(
    "Add new table",
    `  op.createTable("new_table", column("id", "integer", { nullable: false }), column("name", "varchar(255)", { nullable: false }), primaryKey(["id"]));`,
    `  op.dropTable("new_table");`,
  );
  await day.limbeck("upgrade", table);
  expect(await day.limbeck("current")).toBe(`${table} (head)`);
  await day.limbeck("downgrade", "20250909185058");
  expect(await day.limbeck("current")).toBe("20250909185058");
  await day.limbeck("upgrade", "head");

  const script = await day.limbeck("upgrade", "head", "--sql");
  expect(script).toContain("CREATE TABLE new_table");
  expect(script).toContain(`UPDATE public.alembic_version SET version_num = '${table}' WHERE version_num = '${head}'`);

  // The new table is not in the target schema, and check says just that.
  const drift = await day.attempt("check");
  expect(drift.exitCode).toBe(1);
  expect(drift.stdout).toMatch(/^ok {2}heads: .*\nok {2}pending: .*\nno {2}drift: 1 difference .*\n {6}.*new_table/);
  await day.limbeck("downgrade", "-1");
  expect((await day.attempt("check")).exitCode).toBe(1);
  await day.limbeck("stamp", "head");
  expect(await day.limbeck("check")).toMatch(/^ok {2}heads: .*\nok {2}pending: .*\nok {2}drift: [^\n]*$/);
  await day.limbeck("stamp", head);
  await day.limbeck("upgrade", "head");

  const [left, right] = [
    await day.revision("Left", "", ""),
    await day.revision("Right", "", "", "--head", table, "--splice"),
  ];
  const twoHeads = await day.attempt("upgrade", "head");
  expect(twoHeads).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("MULTIPLE_HEADS") });
  await day.limbeck("merge", "-m", "Resolve conflicts");
  const [merge] = (await day.limbeck("heads")).split(" ");
  expect(await day.limbeck("show", merge!)).toMatch(new RegExp(`Merges: ${left}, ${right}`));
  await day.limbeck("upgrade", "head");

  await examples(day);
}

/** The documentation's examples, each with its downgrade. */
async function examples(day: Day): Promise<void> {
  const changes: [message: string, upgrade: string, downgrade: string][] = [
    [
      "Add new_column to pipeline",
      `  op.addColumn("pipeline", column("new_column", "varchar(255)"));`,
      `  op.dropColumn("pipeline", "new_column");`,
    ],
    [
      "Add index",
      `  op.createIndex("ix_new_table_name", "new_table", ["name"]);`,
      `  op.dropIndex("ix_new_table_name");`,
    ],
    [
      "Add constraint",
      `  op.createCheckConstraint("ck_new_table_name", "new_table", "name IS NOT NULL");`,
      `  op.dropConstraint("ck_new_table_name", "new_table");`,
    ],
    [
      "Data migration",
      `  op.addColumn("new_table", column("new_field", "varchar(255)"));
  op.execute(sql\`INSERT INTO new_table (id, name) SELECT n, 'row ' || n FROM generate_series(1, \${3}) AS n\`);
  op.execute("UPDATE new_table SET new_field = 'default_value' WHERE new_field IS NULL");
  op.alterColumn("new_table", "new_field", { nullable: false });`,
      `  op.dropColumn("new_table", "new_field");\n  op.execute("DELETE FROM new_table");`,
    ],
  ];
  let before = await day.catalogs();
  for (const [message, upgrade, downgrade] of changes) {
    await day.revision(message, upgrade, downgrade);
    await day.limbeck("upgrade", "head");
    const after = await day.catalogs();
    expect(after).not.toBe(before);
    await day.limbeck("downgrade", "-1");
    expect(await day.catalogs()).toBe(before);
    await day.limbeck("upgrade", "head");
    before = await day.catalogs();
    expect(withoutPositions(before)).toBe(withoutPositions(after));
  }
}

/** PostgreSQL never gives a dropped column's number to another one. */
function withoutPositions(catalogs: string): string {
  return catalogs.replace(/^(column \S+) \d+/gm, "$1");
}

test("the seed's day on the embedded default", async ({ folder }) => {
  await seedsDay(new Day(folder, undefined));
});

test("the seed's day on a server", async ({ folder, databaseUrl }) => {
  await seedsDay(new Day(folder, databaseUrl.replace(/^postgres:/, "postgresql:")));
});

test("the seed's day on a server, by SQLAlchemy's URL", async ({ folder, databaseUrl }) => {
  await seedsDay(new Day(folder, databaseUrl.replace(/^postgres:/, "postgresql+asyncpg:")));
});
