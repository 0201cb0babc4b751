import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, expect, startCluster, test, type Cluster, type TestDatabase } from "testkit";
import { afterAll, beforeAll, describe } from "vitest";
import { casesIn, type DiffCase } from "./diff-cases.ts";
import { dumpBin, lead, prepared, runScript } from "./diff-harness.ts";

const folder = join(import.meta.dirname, "diff");
const groups = readdirSync(folder)
  .toSorted()
  .map((file) => ({ file, cases: casesIn(readFileSync(join(folder, file), "utf8")) }));

/** Directions that are known not to arrive, and why. One that arrives after all fails the test, and leaves the list. */
const GAPS: Readonly<Record<string, string>> = {};

const ROLES = "create role reader; create role writer; create role owner1; create role owner2";
const AT_ONCE = 6;

/** Leads each schema of a case to the other, and says where that went wrong. */
async function faultsOf(one: DiffCase, server: string, withDump: boolean): Promise<string[]> {
  const [x, y] = [await createDatabase(server), await createDatabase(server)];
  try {
    const [a, b] = [await prepared(x.url, one.a, withDump), await prepared(y.url, one.b, withDump)];
    const faults: string[] = [];
    for (const [direction, from, to] of [["→", a, b] as const, ["←", b, a] as const]) {
      const { faults: found, remade, sql } = await lead(from, to);
      const lost = one.lossy.includes(direction) ? [] : remade.map((name) => `made anew: ${name}`);
      const all = [...found, ...lost];
      const name = `${one.name} ${direction}`;
      if (GAPS[name] === undefined && all.length > 0) faults.push(`${name}\n  ${all.join("\n  ")}\n${sql.join(";\n")}`);
      if (GAPS[name] !== undefined && all.length === 0) faults.push(`${name} is no gap any more`);
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

async function checkAll(cases: readonly DiffCase[], server: string, withDump: boolean): Promise<void> {
  const waiting = [...cases];
  const faults: string[] = [];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      faults.push(...(await faultsOf(one, server, withDump)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(faults).toEqual([]);
}

describe("each schema is led to the other, with all that survives in place", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ settings: { wal_level: "logical" } });
    await runScript(cluster.url, ROLES);
  });
  afterAll(async () => await cluster.stop());
  for (const { file, cases } of groups) {
    test(file, { timeout: 600_000 }, async () => await checkAll(cases, cluster.url, false));
  }
});

describe.runIf(process.env["LIMBECK_PG_DUMP"] !== undefined)("and pg_dump prints the same of both", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ bin: dumpBin, settings: { wal_level: "logical" } });
    await runScript(cluster.url, ROLES);
  });
  afterAll(async () => await cluster.stop());
  for (const { file, cases } of groups) {
    test(file, { timeout: 600_000 }, async () => await checkAll(cases, cluster.url, true));
  }
});
