import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { startCluster } from "testkit/cluster";
import { Limbeck } from "../src/commands/limbeck.ts";
import { casesIn, type DiffCase } from "./diff-cases.ts";
import { arrivalFaults, dumpBin, lead, prepared, remadeIn, runScript } from "./diff-harness.ts";
import { sqlFiles } from "./schema-files.ts";

/**
 * Tries pairs of schemas that are no part of the project, in the form of those in `diff/`, each from a to b and back:
 * `npm run test:pairs -- <file or folder>…`. With `--dump`, on the server that has pg_dump, whose texts are compared as well. With
 * `--files`, by way of revision files in the safe forms, as they are generated and applied. `--only text` picks pairs by name.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dump: { type: "boolean", default: false },
    files: { type: "boolean", default: false },
    plain: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    sql: { type: "boolean", default: false },
  },
});

const AT_ONCE = 3;
const ROLES = ["reader", "writer", "owner1", "owner2"].map((role) => `create role ${role}`).join(";");

const cluster = await startCluster({
  ...(options.dump ? { bin: dumpBin } : {}),
  settings: { wal_level: "logical", check_function_bodies: "on" },
});
let [pairs, wrong, unloadable, lossy] = [0, 0, 0, 0];
try {
  await runScript(cluster.url, ROLES);
  const waiting = positionals
    .flatMap(sqlFiles)
    .flatMap((file) => casesIn(readFileSync(file, "utf8")).map((one) => ({ file: basename(file), one })))
    .filter(({ one }) => one.name.includes(options.only));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await checkPair(next.file, next.one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  await cluster.stop();
}
console.log(`${pairs} pairs and directions, ${wrong} wrong, ${lossy} lossy; ${unloadable} cases not loaded`);
process.exitCode = wrong + lossy === 0 ? 0 : 1;

async function checkPair(file: string, one: DiffCase): Promise<void> {
  const [x, y] = [await createDatabase(), await createDatabase()];
  try {
    const [a, b] = await Promise.all([loaded(x, one.a), loaded(y, one.b)]);
    if (a instanceof Error || b instanceof Error) {
      unloadable++;
      for (const side of [a, b])
        if (side instanceof Error) console.log(`NOT LOADED ${file}: ${one.name}: ${side.message}`);
      return;
    }
    for (const [direction, from, to, script] of [["→", a, b, one.b] as const, ["←", b, a, one.a] as const]) {
      pairs++;
      const { faults, remade, sql } = options.files ? await ledByFiles(from, to, script) : await lead(from, to);
      const made = one.lossy.includes(direction) ? [] : remade.map((name) => `made anew: ${name}`);
      if (faults.length > 0) wrong++;
      else if (made.length > 0) lossy++;
      if (options.sql || faults.length + made.length > 0)
        console.log(`${file}: ${one.name} ${direction}\n  ${[...faults, ...made].join("\n  ")}\n${sql.join(";\n")}\n`);
      if (faults.length > 0) return;
    }
  } finally {
    await emptied(x);
    await emptied(y);
  }
}

async function loaded(url: string, script: string): Promise<Side | Error> {
  return await prepared(url, script, options.dump).catch((error: Error) => error);
}

type Side = Awaited<ReturnType<typeof prepared>>;

/** One generated revision leads there; the next direction begins with a folder of its own. */
async function ledByFiles(
  from: Side,
  to: Side,
  script: string,
): Promise<{ readonly faults: string[]; readonly remade: string[]; readonly sql: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-pair-"));
  const target = await createDatabase();
  await runScript(target, script);
  const limbeck = await Limbeck.open({ cwd: folder, url: from.url, schema: target, allowDataLoss: true });
  let sql: string[] = [];
  try {
    const { path, operations } = await limbeck.autogenerate({
      message: "pair",
      ...(options.plain ? { plain: true } : { safe: true }),
    });
    sql = path === null ? [...operations] : [readFileSync(path, "utf8")];
    if (path !== null) await limbeck.upgrade();
  } catch (error) {
    return {
      faults: [
        `${process.env["LIMBECK_VERBOSE"] === undefined ? (error as Error).message : (error as Error).stack}\n${(error as { hint?: string }).hint ?? ""}`,
      ],
      remade: [],
      sql,
    };
  } finally {
    await limbeck.close();
    rmSync(folder, { recursive: true, force: true });
    await emptied(target);
  }
  await runScript(from.url, "drop table if exists alembic_version, limbeck_history");
  return { faults: await arrivalFaults(from.url, to), remade: await remadeIn(from, to), sql };
}

/** The URL of a new one. */
async function createDatabase(): Promise<string> {
  const name = `pair_${randomBytes(6).toString("hex")}`;
  await runScript(cluster.url, `create database ${name} template template0`);
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** A database with a subscription in it cannot be dropped; its server goes anyway. */
async function emptied(url: string): Promise<void> {
  await runScript(cluster.url, `drop database ${new URL(url).pathname.slice(1)} with (force)`).catch(() => undefined);
}
