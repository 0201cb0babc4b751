import { appendFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { startCluster } from "testkit/cluster";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import { sqlFiles, statementsIn } from "./schema-files.ts";
import { mutations } from "./schema-mutations.ts";
import { checkStatement, faultsOfLeading, triedOut, type Failure } from "./schema-steps.ts";

/**
 * Tries the comparison of schemas on SQL files that are no part of the project: `npm run test:schemas -- <file or folder>…`.
 * Each file is loaded and made from nothing by a plan, and taken down by another. With `--steps`, each of its statements is
 * a pair of schemas, both ways; with `--apart n`, every n statements are, back; with `--mutate n`, every n-th of the changes that can be made to each object is.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "boolean" },
    apart: { type: "string" },
    mutate: { type: "string" },
    bin: { type: "string" },
    out: { type: "string", default: "test-schemas.jsonl" },
  },
});

const SETTINGS = { wal_level: "logical", max_locks_per_transaction: "2000", check_function_bodies: "off" };
const SETUP = `
  do $$ begin
    create role reader; create role writer; create role owner1; create role owner2;
  exception when duplicate_object then null; end $$;
  set client_min_messages = error;
  create schema elsewhere`;

const cluster = await startCluster({ ...(options.bin === undefined ? {} : { bin: options.bin }), settings: SETTINGS });
writeFileSync(options.out, "");
let [pairs, wrong, databases] = [0, 0, 0];
try {
  for (const file of positionals.flatMap(sqlFiles)) await checkFile(file);
} finally {
  await cluster.stop();
}
console.log(`${pairs} pairs, ${wrong} wrong (${options.out})`);
process.exitCode = wrong === 0 ? 0 : 1;

async function checkFile(file: string): Promise<void> {
  const database = await createDatabase();
  const session = await openSession(database, "/", {});
  const [pairsBefore, wrongBefore, start] = [pairs, wrong, Date.now()];
  try {
    await session.script([SETUP]);
    const statements = await statementsIn(file);
    let refused = 0;
    if (options.apart !== undefined) await checkApart(session, statements, Number(options.apart), file);
    else if (options.steps === true) await checkSteps(session, statements, file);
    else {
      const empty = await readSchema(session);
      refused = await loaded(session, statements);
      await checkWhole(session, empty, file);
      if (options.mutate !== undefined) await checkMutations(session, Number(options.mutate), file);
    }
    const refusals = refused === 0 ? "" : `, ${refused} of ${statements.length} statements refused`;
    console.log(
      `${basename(file)}: ${pairs - pairsBefore} pairs, ${wrong - wrongBefore} wrong${refusals}, ${Math.round((Date.now() - start) / 1000)} s`,
    );
  } catch (error) {
    console.log(`${file}: ${(error as Error).stack}`);
  } finally {
    await session.close();
    await dropped(database);
  }
}

/** The URL of a new one. */
async function createDatabase(): Promise<string> {
  const url = new URL(cluster.url);
  url.pathname = `/schemas_${++databases}`;
  await onServer(`create database schemas_${databases}`);
  return url.href;
}

/** A database with a subscription in it cannot be dropped; its server goes anyway. */
async function dropped(url: string): Promise<void> {
  await onServer(`drop database ${new URL(url).pathname.slice(1)} with (force)`).catch(() => undefined);
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** How many statements this server refuses. */
async function loaded(session: Session, statements: readonly string[]): Promise<number> {
  let refused = 0;
  for (const statement of statements) {
    await (session.client as Client).query(statement).catch((error: Error) => {
      refused++;
      if (process.env["LIMBECK_VERBOSE"] !== undefined) console.log(error.message, "\n ", statement.slice(0, 200));
    });
  }
  await session.script(["rollback", "reset role", "reset all"]).catch(() => undefined);
  return refused;
}

async function checkWhole(
  session: Session,
  empty: Awaited<ReturnType<typeof readSchema>>,
  file: string,
): Promise<void> {
  const whole = await readSchema(session);
  const back = await triedOut(session, async () => await faultsOfLeading(session, whole, empty));
  note(file, 1, [{ step: "to nothing", ...back }]);
  const database = await createDatabase();
  const other = await openSession(database, "/", {});
  try {
    await other.script([SETUP]);
    const there = await triedOut(other, async () => await faultsOfLeading(other, empty, whole));
    note(file, 1, [{ step: "from nothing", ...there }]);
  } finally {
    await other.close();
    await dropped(database);
  }
}

async function checkSteps(session: Session, statements: readonly string[], file: string): Promise<void> {
  let schema = await readSchema(session);
  for (const statement of statements) {
    if (
      /^(?:\s|--.*\n)*(?:begin|commit|rollback|savepoint|start|end|insert|update|delete|copy|select|vacuum|analyze|explain)\b/i.test(
        statement,
      )
    ) {
      if (/^(?:\s|--.*\n)*(?:insert|select|update|delete)/i.test(statement))
        await (session.client as Client).query(statement).catch(() => undefined);
      // SELECT … INTO makes a table, and functions make what they like.
      if (/^(?:\s|--.*\n)*select/i.test(statement)) schema = await readSchema(session);
      continue;
    }
    const { after, failures, pairs: more } = await checkStatement(session, statement, schema, true);
    schema = after;
    note(file, more, failures);
  }
}

/** Leads the schema after every n statements back to the one n statements before. */
async function checkApart(session: Session, statements: readonly string[], every: number, file: string): Promise<void> {
  let before = await readSchema(session);
  for (let at = 0; at < statements.length; at += every) {
    await loaded(session, statements.slice(at, at + every));
    const now = await readSchema(session);
    const led = await triedOut(session, async () => await faultsOfLeading(session, now, before, () => []));
    note(file, 1, [{ step: `← ${at}: ${statements.slice(at, at + every).join("; ")}`, ...led }]);
    before = now;
  }
}

async function checkMutations(session: Session, every: number, file: string): Promise<void> {
  const schema = await readSchema(session);
  const all = await mutations(session);
  for (let at = 0; at < all.length; at += every) {
    const { failures, pairs: more } = await checkStatement(session, all[at]!, schema, false);
    note(file, more, failures);
  }
}

function note(file: string, more: number, failures: readonly Failure[]): void {
  pairs += more;
  for (const failure of failures.filter(({ faults }) => faults.length > 0)) {
    wrong++;
    appendFileSync(options.out, `${JSON.stringify({ file: basename(file), ...failure })}\n`);
  }
}
