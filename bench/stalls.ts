import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startCluster } from "testkit/cluster";
import { pointWork, reportStalls, stallsDuring, type Application } from "./stall.ts";

/**
 * How long an application of 8 clients on a table of 1,000,000 rows is held up while the table is changed: by the plain
 * statement, and by limbeck. `npm run bench:stall`, or with the beginnings of names: `npm run bench:stall -- index fk`.
 */
interface Change {
  readonly name: string;
  /** The longest stall of a client that limbeck may cause, in milliseconds. */
  readonly boundMs: number;
  readonly plain: string;
  /** The bodies of limbeck's revisions. */
  readonly revisions: readonly string[];
  /** How long somebody who reads the table goes on reading when the change begins. */
  readonly readerMs?: number;
}

const ROWS = 1_000_000;

const CHANGES: readonly Change[] = [
  {
    name: "column, behind a reader of 10 s",
    boundMs: 250,
    plain: "alter table t add column extra integer",
    revisions: [`op.addColumn("t", column("extra", "integer"));`],
    readerMs: 10_000,
  },
  {
    name: "index",
    boundMs: 50,
    plain: "create index ix_t_name on t (name)",
    revisions: [`op.createIndex("ix_t_name", "t", ["name"], { concurrently: true });`],
  },
  {
    name: "backfill",
    boundMs: 150,
    plain: "update t set filled = 'x' where filled is null",
    revisions: [`op.backfill("t", { set: { filled: "x" }, where: "filled IS NULL" });`],
  },
  {
    name: "fk",
    boundMs: 60,
    plain: "alter table t add constraint fk_t foreign key (kind) references kind (id)",
    revisions: [
      `op.createForeignKey("fk_t", "t", "kind", ["kind"], ["id"], { notValid: true });`,
      `op.validateConstraint("fk_t", "t");`,
    ],
  },
  {
    name: "check",
    boundMs: 60,
    plain: "alter table t add constraint ck_t check (length(name) > 3)",
    revisions: [
      `op.createCheckConstraint("ck_t", "t", "length(name) > 3", { notValid: true });`,
      `op.validateConstraint("ck_t", "t");`,
    ],
  },
  {
    name: "not null",
    boundMs: 60,
    plain: "alter table t alter column name set not null",
    revisions: [
      `op.createCheckConstraint("ck_t_name", "t", "name is not null", { notValid: true });`,
      `op.validateConstraint("ck_t_name", "t");
  op.alterColumn("t", "name", { nullable: false });
  op.dropConstraint("ck_t_name", "t");`,
    ],
  },
];

const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
const cluster = await startCluster({ settings: { max_wal_size: "4GB", shared_buffers: "512MB" } });
const url = new URL(cluster.url);
url.pathname = "/bench";
const application: Application = { url: url.href, clients: 8, operation: pointWork("t", ROWS), thinkMs: 10 };
const chosen = process.argv.slice(2);
try {
  await makeTable();
  await fresh();
  console.log(
    `load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}\n`,
  );
  reportStalls("nothing else", await stallsDuring(application, () => sleep(10_000)));
  let kept = true;
  for (const change of CHANGES) {
    if (chosen.length > 0 && !chosen.some((name) => change.name.startsWith(name))) continue;
    const folder = writeProject(change);
    await fresh();
    reportStalls(
      `${change.name}: plain`,
      await stallsDuring(application, () => beside(change, () => query(change.plain))),
    );
    await fresh();
    const stalls = await stallsDuring(application, () => beside(change, () => upgrade(folder)));
    kept = reportStalls(`${change.name}: limbeck`, stalls, change.boundMs) && kept;
  }
  process.exitCode = kept ? 0 : 1;
} finally {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
}

async function makeTable(): Promise<void> {
  await query("create database original", cluster.url);
  const original = new URL(cluster.url);
  original.pathname = "/original";
  await query(
    `create table kind (id integer primary key);
     insert into kind select generate_series(0, 9);
     create table t (id integer primary key, name text, kind integer, touched integer not null default 0, filled text);
     insert into t select g, 'name ' || g, g % 10 from generate_series(1, ${ROWS}) g;`,
    original.href,
  );
  await query("vacuum (analyze, freeze) t", original.href);
}

/** A copy of the table, at rest. */
async function fresh(): Promise<void> {
  await query("drop database if exists bench with (force)", cluster.url);
  await query("create database bench template original", cluster.url);
  await query("checkpoint", cluster.url);
}

async function query(text: string, target = url.href): Promise<void> {
  const client = new pg.Client(target);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Does something while the reader, if there is one, is at it. */
async function beside({ readerMs = 0 }: Change, work: () => Promise<void>): Promise<void> {
  const reading = query(`begin; select from t limit 1; select pg_sleep(${readerMs / 1000}); commit`);
  await sleep(readerMs === 0 ? 0 : 500);
  await Promise.all([reading, work()]);
}

async function upgrade(folder: string): Promise<void> {
  const child = spawn("node", [bin, "upgrade", "-q", "--url", url.href], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`limbeck ended with ${code}`);
}

function writeProject({ name, revisions }: Change): string {
  const folder = join(home, name.replace(/\W+/g, "-"));
  mkdirSync(join(folder, "migrations"), { recursive: true });
  for (const [index, body] of revisions.entries()) {
    writeFileSync(
      join(folder, "migrations", `r${index}_change.ts`),
      `import { column, type Operations } from "limbeck";

export const revision = "r${index}";
export const downRevision = ${index === 0 ? "null" : `"r${index - 1}"`};

/** Change. */
export async function upgrade(op: Operations) {
  ${body}
}

export async function downgrade(op: Operations) {}
`,
    );
  }
  return folder;
}
