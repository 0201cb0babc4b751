import { randomUUID } from "node:crypto";
import pg from "pg";
import { catalogFacts } from "./catalog-facts.ts";
import { writeRevisions, type TestRevision } from "./project.ts";

const ROWS = 3000;
const log = (text: string): string => `  op.execute("insert into log values ('${text}')");\n`;

/** Every kind of step. The log, and the numbers n, show what ran twice or not at all. */
const PLAN: readonly TestRevision[] = [
  {
    id: "a1",
    up: `  op.execute("create table log (text text not null)");
  op.createEnum("mood", ["ok"]);
  op.createTable("city", column("id", "integer", { nullable: false }), column("n", "integer", { nullable: false, default: 0 }),
    column("m", "integer"), column("name", "text"), column("country", "integer"), primaryKey(["id"], { name: "pk_city" }));
  op.createTable("country", column("id", "integer", { nullable: false }), primaryKey(["id"], { name: "pk_country" }));
  op.execute("insert into country select generate_series(1, 5)");
  op.execute("insert into city select g, 0, null, 'city ' || g, 1 + g % 5 from generate_series(1, ${ROWS}) g");
${log("made")}`,
  },
  {
    id: "b2",
    up: `${log("before the indexes")}  op.createIndex("ix_city_name", "city", ["name"], { concurrently: true });
${log("between them")}  op.createIndex("uq_city_n", "city", ["id", "n"], { unique: true, concurrently: true });
${log("after them")}`,
    undo: `${log("undoing the indexes")}  op.dropIndex("uq_city_n", { concurrently: true });
${log("one left")}  op.dropIndex("ix_city_name", { concurrently: true });
${log("none left")}`,
  },
  {
    id: "c3",
    up: `  op.addEnumValue("mood", "great");
  op.addColumn("city", column("mood", "mood", { default: "great" }));
${log("mood")}`,
    undo: `${log("no mood")}  op.dropColumn("city", "mood");\n`,
  },
  {
    id: "d4",
    up: `  op.createCheckConstraint("ck_city_name", "city", "name is not null", { notValid: true });
  op.createForeignKey("fk_city_country", "city", "country", ["country"], ["id"], { notValid: true });
${log("not valid")}  op.validateConstraint("ck_city_name", "city");
  op.validateConstraint("fk_city_country", "city");
  op.alterColumn("city", "name", { nullable: false });
${log("valid")}`,
    undo: `${log("not checked")}  op.alterColumn("city", "name", { nullable: true });
  op.dropConstraint("fk_city_country", "city");
  op.dropConstraint("ck_city_name", "city");\n`,
  },
  {
    id: "e5",
    up: `  op.addColumn("city", column("size", "integer"));
  const [row] = await op.query("insert into log values ('asked') returning (select count(*)::int from city) as n");
  if (row.n === ${ROWS}) {
${log("as expected")}  } else {
${log("a wrong turn")}  }
  const [next] = await op.query("select count(*)::int as n from country");
  for (let size = 0; size < next.n; size++) op.execute(\`update city set size = \${size} where country = \${size + 1}\`);`,
    undo: `  const [row] = await op.query("select max(size) as max from city");
  if (row.max !== null) op.dropColumn("city", "size");
${log("asked again")}`,
  },
  {
    id: "f6",
    up: `${log("before the backfill")}  op.backfill("city", { set: { n: sql\`n + 1\` }, batch: { rows: 250, pause: 1 } });
${log("between the backfills")}  op.backfill("city", { set: { m: sql\`coalesce(m, 0) + 1\` }, where: "m is null", batch: { rows: 400, pause: 1 } });
${log("after the backfills")}`,
    undo: `${log("before the way back")}  op.backfill("city", { set: { n: sql\`n - 1\` }, batch: { rows: 300, pause: 1 } });
${log("after the way back")}`,
  },
  {
    id: "g7",
    up: `${log("before the drop")}  op.dropIndex("ix_city_name", { concurrently: true });
${log("after the drop")}  op.execute("update city set n = n + 10");\n`,
    undo: `  op.execute("update city set n = n - 10");
${log("before the index")}  op.createIndex("ix_city_name", "city", ["name"], { concurrently: true });
${log("after the index")}`,
  },
  {
    id: "h8",
    transaction: "none",
    up: `${log("by itself")}  op.execute("reindex index concurrently uq_city_n");
${log("and another")}  op.execute("update city set n = n + 100");\n`,
    undo: `  op.execute("update city set n = n - 100");\n${log("by itself, back")}`,
  },
  { id: "i9", up: log("the last"), undo: log("the first") },
];

/** Writes the plan's revisions into a folder. */
export function writePlan(folder: string): void {
  writeRevisions(
    folder,
    PLAN.map((revision, index) => ({ ...revision, down: PLAN[index - 1]?.id ?? null })),
  );
}

/** All that must be the same as after an undisturbed run: catalogs, rows, and what limbeck's own tables say. */
export async function outcome(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const facts = (await catalogFacts(client)).filter((fact) => !OWN_TABLES.test(fact));
    const { rows: own } = await client.query<{ fact: string }>(OWN_FACTS);
    return [...facts, ...own.map(({ fact }) => fact)].toSorted();
  } finally {
    await client.end();
  }
}

const OWN_TABLES = /limbeck_history|alembic_version/;

const OWN_FACTS = `
  select 'version ' || version_num as fact from alembic_version
  union all
  select format('%s %s done %s times', direction, revision, count(*)) from limbeck_history where status = 'done' group by direction, revision
  union all
  select format('%s of %s is unended: %s', direction, revision, to_jsonb(h)) from limbeck_history h
   where status = 'running' or status <> 'done' and num_nonnulls(progress_done, progress_fingerprint, progress_backfill) > 0
  union all
  select 'invalid index ' || indexrelid::regclass from pg_index where not indisvalid`;

/** A database in which the plan is applied, to be copied: nobody is connected to it. */
export async function copyOf(
  url: string,
  template: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `faults_${randomUUID().replaceAll("-", "")}`;
  await execute(url, `create database ${name} template ${new URL(template).pathname.slice(1)}`);
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return { url: copy.href, drop: () => execute(url, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, text: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
