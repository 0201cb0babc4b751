import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { createDatabase, expect, test as base } from "testkit";
import { describe, inject } from "vitest";
import { Limbeck } from "../src/commands/limbeck.ts";
import { definitions, reverseOf, sourceOf, statementsOf } from "../src/operations/catalogue.ts";
import type { SchemaBefore } from "../src/operations/language/definition.ts";
import type { Operation, OperationKind } from "../src/operations/operation.ts";
import { catalogFacts } from "./catalog-facts.ts";
import { evaluated } from "./evaluated.ts";
import type { CasesByKind, KindCases, OperationCase } from "./operation-cases/case.ts";
import { openPsql, type Psql } from "./psql.ts";
import { declaredLocks, takenLocks } from "./taken-locks.ts";

/** The cases of a kind: the examples of its documentation, and others. */
function casesOf(kind: OperationKind, { examples = [], more = [], ...ofKind }: KindCases): OperationCase[] {
  const documented = definitions[kind].docs.examples.map(({ call }, index) => ({ op: call, ...examples[index] }));
  return [...documented, ...more].map((one) => ({
    ...ofKind,
    ...one,
    setup: [ofKind.setup ?? "", one.setup ?? ""].join(";\n"),
  }));
}

const TIDY = "drop table if exists house.versions, house.limbeck_history; reset all";

/** Everything that a case may have made, but for the roles, which the server's databases share. */
const RESET = `
  do $$
  declare command text;
  begin
    for command in
      select format('drop event trigger %I', evtname) from pg_event_trigger
      union all select format('drop publication %I', pubname) from pg_publication
      union all select format('drop extension if exists %I cascade', extname) from pg_extension where extname <> 'plpgsql'
      union all select format('drop foreign data wrapper if exists %I cascade', fdwname) from pg_foreign_data_wrapper
      union all select format('drop schema %I cascade', nspname) from pg_namespace
        where nspname !~ '^pg_' and nspname not in ('information_schema', 'house')
      union all select format('drop access method %I', amname) from pg_am where oid >= 16384
    loop
      execute command;
    end loop;
  end $$;
  delete from pg_default_acl;
  delete from pg_largeobject_metadata;
  create schema public;
  ${TIDY}`;

const ROLES = `
  do $$ begin create role cartographer; exception when duplicate_object or unique_violation then null; end $$;
  do $$ begin create role reader; exception when duplicate_object or unique_violation then null; end $$;
  create schema house`;

interface Pair {
  readonly online: Client;
  readonly offline: Client;
  /** On the second database. */
  readonly psql: Psql;
  readonly major: number;
  /** What both hold, where a case has left them as it found them: the next one needs nothing else, and its queries no new plans. */
  standing: string | undefined;
}

/** Two databases in which a case happens: by a run, and by the script that the same revision prints. */
const test = base.extend("pair", { scope: "file" }, async ({}, { onCleanup }) => {
  const postgresUrl = inject("postgresUrl");
  const [online, offline] = [await openSide(postgresUrl), await openSide(postgresUrl)];
  const psql = openPsql(offline.url);
  const major = await majorVersion(online.client);
  await tablespace(online.client, major);
  onCleanup(async () => {
    await psql.close();
    await Promise.all([online.close(), offline.close()]);
  });
  return { online: online.client, offline: offline.client, psql, major, standing: undefined } satisfies Pair;
});

async function openSide(postgresUrl: string) {
  const { url, drop } = await createDatabase(postgresUrl);
  const client = new Client({ connectionString: url, options: "-c jit=off -c plan_cache_mode=force_generic_plan" });
  await client.connect();
  await client.query(ROLES);
  const close = async () => {
    await client.end();
    await drop();
  };
  return { url, client, close };
}

async function majorVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  return rows[0]!.major;
}

/** The tablespace `fast`, which is the server's: it stays for the next run. */
async function tablespace(client: Client, major: number): Promise<void> {
  if (major < 15) return;
  await client.query("set allow_in_place_tablespaces = true");
  const DUPLICATE = "42710";
  await client.query("create tablespace fast location ''").catch((error: { code?: string }) => {
    if (error.code !== DUPLICATE) throw error;
  });
}

/**
 * Proves cases on PostgreSQL. An operation leaves a trace in the catalogs and takes the locks that it declares; the
 * script of a revision with its source leaves the same; its reverse brings back what was, by run and by script.
 */
export function proveOperations(cases: CasesByKind): void {
  // Kinds that begin with the same stand behind one another.
  const byBeginning = Object.entries(cases).toSorted(([, { setup: one = "" }], [, { setup: other = "" }]) =>
    one.localeCompare(other),
  );
  describe.each(byBeginning)("%s", (kind, given) => {
    test.for(casesOf(kind as OperationKind, given))("$op", async (one, { pair, folder, skip }) => {
      if (pair.major < (one.minVersion ?? 0)) skip();
      await prove(one, pair, folder);
    });
  });
}

async function prove(given: OperationCase, pair: Pair, folder: string): Promise<void> {
  const { online, offline, psql, major } = pair;
  const operation = evaluated(given.op);
  const made = (given.made ?? []).map(evaluated);
  const known = [...made, ...(given.known ?? []).map(evaluated)];
  const before: SchemaBefore = { recreate: () => (known.length > 0 ? known : undefined) };
  const reversal = reverseOf(operation, before);
  expect("notReversible" in reversal, JSON.stringify(reversal)).toBe(given.irreversible === true);
  const reverse = "notReversible" in reversal ? [] : reversal.operations;

  const setup = JSON.stringify([given.setup, made]);
  for (const side of [online, offline]) await (pair.standing === setup ? tidy(side) : prepare(side, given, made));
  pair.standing = undefined;
  const found = await factsOf(setup, online);
  const migrations = writeRevision(folder, operation, reverse);
  const options = { migrations, versionTable: { name: "versions", schema: "house" }, lockFile: false };
  const limbeck = await Limbeck.open({ ...options, client: online, cwd: folder });

  await expectLocks(online, { ...given, alsoLocks: lockedToo(given, major) }, operation);
  await limbeck.upgrade();
  const left = await catalogFacts(online);
  expect(difference(found, left).length > 0, "leaves a trace").toBe(given.traceless !== true);
  await psql.run(await limbeck.upgradeSql());
  expect(difference(left, await catalogFacts(offline)), "the script does what the run does").toEqual([]);

  if (given.irreversible) return;
  await limbeck.downgrade("base");
  const expected = given.stays ? left : found;
  expect(difference(expected, await catalogFacts(online)), "the reverse brings back what was").toEqual([]);
  await psql.run(await limbeck.downgradeSql("a1:base"));
  expect(difference(expected, await catalogFacts(offline)), "the script undoes what the run undoes").toEqual([]);
  if (!given.stays) pair.standing = setup;
}

const found = new Map<string, Promise<string[]>>();

/** What a case finds. Many find the same, and reading it is most of the work. */
function factsOf(setup: string, client: Client): Promise<string[]> {
  const facts = found.get(setup) ?? catalogFacts(client);
  found.set(setup, facts);
  return facts;
}

async function tidy(client: Client): Promise<void> {
  await client.query("rollback");
  await client.query(TIDY);
}

async function prepare(client: Client, { setup = "" }: OperationCase, made: readonly Operation[]): Promise<void> {
  await client.query("rollback");
  await client.query(RESET);
  await client.query(setup);
  for (const { text } of made.flatMap(statementsOf)) await client.query(text);
}

function writeRevision(folder: string, operation: Operation, reverse: readonly Operation[]): string {
  const migrations = join(folder, "migrations");
  mkdirSync(migrations);
  const body = (operations: readonly Operation[]) => operations.map((each) => `${sourceOf(each)};\n`).join("");
  writeFileSync(
    join(migrations, "a1_case.ts"),
    `import { check, column, exclude, foreignKey, primaryKey, sql, unique, type Operations } from "limbeck";

export const revision = "a1";
export const downRevision = null;

/** A case. */
export async function upgrade(op: Operations) {
${body([operation])}}

export async function downgrade(op: Operations) {
${body(reverse)}}
`,
  );
  return migrations;
}

/** What is on one side only. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((fact) => !after.includes(fact)).map((fact) => `- ${fact}`),
    ...after.filter((fact) => !before.includes(fact)).map((fact) => `+ ${fact}`),
  ];
}

function lockedToo({ alsoLocks = [], alsoLocksSince = 0 }: OperationCase, major: number): readonly string[] | "any" {
  return alsoLocksSince > major ? [] : alsoLocks;
}

/** An operation takes the locks that it declares, and on tables no others than those that the case names. */
async function expectLocks(client: Client, { alsoLocks = [] }: OperationCase, operation: Operation): Promise<void> {
  const statements = statementsOf(operation);
  if (!statements.every(({ transactional }) => transactional)) return;
  const declared = await declaredLocks(client, statements);
  const taken = await takenLocks(client, statements);
  const undeclared = taken.filter(({ relation, isTable }) => isTable && !declared.has(relation));
  const names = undeclared.map(({ relation }) => relation).toSorted();
  if (alsoLocks !== "any") expect(names, "undeclared locks").toEqual(alsoLocks.toSorted());
  for (const [relation, mode] of declared) {
    expect([relation, taken.find((lock) => lock.relation === relation)?.mode]).toEqual([relation, mode]);
  }
}
