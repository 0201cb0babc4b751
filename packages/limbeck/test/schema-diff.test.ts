import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import type { Schema } from "../src/schema/fact.ts";
import {
  createDatabase,
  expect,
  startCluster,
  test,
  type Cluster,
  type ClusterOptions,
  type TestDatabase,
} from "testkit";
import { afterAll, beforeAll, describe } from "vitest";
import { casesIn, type DiffCase } from "./diff-cases.ts";
import { dumpBin, lead, prepared, runScript } from "./diff-harness.ts";
import { faultsOfLeading, triedOut } from "./schema-steps.ts";

const folder = join(import.meta.dirname, "diff");
const groups = readdirSync(folder)
  .toSorted()
  .map((file) => ({ file, cases: casesIn(readFileSync(join(folder, file), "utf8")) }));

/** Directions that are known not to arrive, and why. One that arrives after all fails the test, and leaves the list. */
const GAPS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "drop-column-in-parent-only ←",
    "drop-column-in-one-child ←",
    "two-levels ←",
    "grandchild-keeps ←",
    "keeps-with-index ←",
    "begins-without-the-column →",
    "begins-with-the-column →",
    "leaves-while-a-check-goes ←",
    "leaves-with-the-check ←",
    "leaves-while-a-column-changes ←",
    "from-a-parent-to-a-new-one ←",
  ].map((name) => [`inheritance/${name}`, "A table that had a column of its own has it as its own ever after."]),
);

const ROLES = "create role reader; create role writer; create role owner1; create role owner2";
const AT_ONCE = 2;

/** Whether a server refuses a script for words that it does not have yet: the newest of the cases are PostgreSQL 18's. */
async function isTooNew(script: string, session: Session): Promise<boolean> {
  const [row] = await session.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  if (row!.version >= 180_000) return false;
  if (row!.version < 150_000 && script.includes("using heap2")) return true; // No ALTER TABLE … SET ACCESS METHOD.
  const failed = await triedOut(session, async () => {
    try {
      await (session.client as Client).query(script);
      return undefined;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  });
  return failed !== undefined && NOT_THERE_YET.has(failed);
}

/** Syntax errors, unknown parameters, functions and types, and what is not supported. */
const NOT_THERE_YET: ReadonlySet<string> = new Set(["42601", "42883", "42704", "22023", "0A000", "42809"]);

/** Leads each schema of a case to the other in transactions that are rolled back; undefined where that cannot be. */
async function faultsWithin(one: DiffCase, session: Session): Promise<string[] | undefined> {
  const run = async (script: string): Promise<Schema> => {
    await session.script([script]);
    return await readSchema(session, { keepsPlan: true });
  };
  const a = await triedOut(session, async () => await run(one.a));
  let b: Schema | undefined;
  const back = await triedOut(session, async () => await faultsOfLeading(session, (b = await run(one.b)), a));
  const there = await triedOut(session, async () => {
    await session.script([one.a]);
    return await faultsOfLeading(session, a, b!);
  });
  if (back.needsCommit === true || there.needsCommit === true) return undefined;
  return [...told(one, "→", there.faults, there.sql), ...told(one, "←", back.faults, back.sql)];
}

function told(one: DiffCase, direction: string, faults: readonly string[], sql: readonly string[]): string[] {
  const counted = faults.filter((fault) => !(fault.startsWith("made anew") && one.lossy.includes(direction)));
  const name = `${one.name} ${direction}`;
  if (GAPS[name] === undefined && counted.length > 0) return [`${name}\n  ${counted.join("\n  ")}\n${sql.join(";\n")}`];
  return GAPS[name] !== undefined && counted.length === 0 ? [`${name} is no gap any more`] : [];
}

/** The same in two databases. */
async function faultsOf(one: DiffCase, server: string, withDump: boolean): Promise<string[]> {
  const [x, y] = [await createDatabase(server), await createDatabase(server)];
  try {
    const [a, b] = [await prepared(x.url, one.a, withDump), await prepared(y.url, one.b, withDump)];
    const faults: string[] = [];
    for (const [direction, from, to] of [["→", a, b] as const, ["←", b, a] as const]) {
      const { faults: found, remade, sql } = await lead(from, to);
      faults.push(...told(one, direction, [...found, ...remade.map((name) => `made anew: ${name}`)], sql));
    }
    return faults;
  } finally {
    await Promise.all([emptied(x), emptied(y)]);
  }
}

/** A database with a subscription in it cannot be dropped; its server goes anyway. */
async function emptied({ drop }: TestDatabase): Promise<void> {
  await drop().catch(() => undefined);
}

/** A server of the cases' own, and sessions that know more plans with each case, for cases leave nothing behind. */
interface Place {
  readonly cluster: Cluster;
  readonly sessions: readonly Session[];
}

async function openPlace(options: ClusterOptions): Promise<Place> {
  const cluster = await startCluster({ ...options, settings: { wal_level: "logical" } });
  await runScript(cluster.url, ROLES);
  const open = async (): Promise<Session> => await openSession((await createDatabase(cluster.url)).url, "/", {});
  return { cluster, sessions: await Promise.all(Array.from({ length: AT_ONCE }, open)) };
}

async function closePlace({ cluster, sessions }: Place): Promise<void> {
  await Promise.all(sessions.map((session) => session.close()));
  await cluster.stop();
}

async function checkAll(cases: readonly DiffCase[], { cluster, sessions }: Place, withDump: boolean): Promise<void> {
  const waiting = [...cases];
  const faults: string[] = [];
  const work = async (session: Session): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if ((await isTooNew(one.a, session)) || (await isTooNew(one.b, session))) continue;
      const within = withDump ? undefined : await faultsWithin(one, session);
      faults.push(...(within ?? (await faultsOf(one, cluster.url, withDump))));
    }
  };
  await Promise.all(sessions.map(work));
  expect(faults).toEqual([]);
}

describe("each schema is led to the other, with all that survives in place", () => {
  let place: Place;
  beforeAll(async () => void (place = await openPlace({})));
  afterAll(async () => await closePlace(place));
  for (const { file, cases } of groups) {
    test(file, { timeout: 600_000 }, async () => await checkAll(cases, place, false));
  }
});

test("what PostgreSQL 18 can say of NOT NULL, in the embedded one", { timeout: 600_000 }, async () => {
  const session = await openSession("pglite://memory", "/", {});
  try {
    const faults: string[] = [];
    for (const one of groups.find(({ file }) => file === "not-null.sql")!.cases)
      faults.push(...((await faultsWithin(one, session)) ?? [`${one.name} needs a commit`]));
    expect(faults).toEqual([]);
  } finally {
    await session.close();
  }
});

describe.runIf(process.env["LIMBECK_PG_DUMP"] !== undefined)("and pg_dump prints the same of both", () => {
  let place: Place;
  beforeAll(async () => void (place = await openPlace({ bin: dumpBin })));
  afterAll(async () => await closePlace(place));
  for (const { file, cases } of groups) {
    test(file, { timeout: 600_000 }, async () => await checkAll(cases, place, true));
  }
});
