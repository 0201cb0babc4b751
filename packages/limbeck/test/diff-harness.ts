import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Client } from "pg";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import { settleExpressions } from "../src/database/settle-expressions.ts";
import { statementsOf } from "../src/operations/catalogue.ts";
import type { Operation } from "../src/operations/operation.ts";
import { unequalFacts } from "../src/schema/compare.ts";
import { displayFact } from "../src/schema/describe.ts";
import type { Schema } from "../src/schema/fact.ts";
import { planChanges, type Plan, type PlanOptions } from "../src/schema/plan.ts";

/** What came of leading one database to another. */
export interface DiffResult {
  /** The statements that were run, one a line. */
  readonly sql: readonly string[];
  readonly operations: readonly Operation[];
  readonly plan: Plan | undefined;
  /** Nothing where the goal was reached; otherwise what is wrong. */
  readonly faults: readonly string[];
  /** Surviving tables and columns that were dropped and made again. */
  readonly remade: readonly string[];
}

const run = promisify(execFile);

/** Debian's PostgreSQL 15: the one installation on the machines that has pg_dump. */
export const dumpBin = "/usr/lib/postgresql/15/bin";

export interface Prepared {
  readonly url: string;
  readonly schema: Schema;
  readonly dump: readonly string[] | undefined;
  readonly identities: ReadonlyMap<string, string>;
}

export async function prepared(url: string, script: string, withDump: boolean): Promise<Prepared> {
  await runScript(url, script);
  const [schema, dump, names] = await Promise.all([schemaAt(url), withDump ? dumped(url) : undefined, identities(url)]);
  return { url, schema, dump, identities: names };
}

export async function runScript(url: string, script: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(script);
  } finally {
    await client.end();
  }
}

export async function schemaAt(url: string): Promise<Schema> {
  const session = await openSession(url, "/", {});
  try {
    return await readSchema(session);
  } finally {
    await session.close();
  }
}

/** Leads the database `from` to the schema `to`; the database is another one afterwards. */
export async function lead(from: Prepared, to: Prepared, options: PlanOptions = {}): Promise<DiffResult> {
  let plan: Plan;
  let sql: string[];
  try {
    plan = planChanges(from.schema, to.schema, options);
    sql = plan.operations.flatMap((operation) => statementsOf(operation).map(({ text }) => text));
  } catch (error) {
    const stack = (error as Error).stack?.split("\n").slice(0, 6).join("\n");
    return {
      sql: [],
      operations: [],
      plan: undefined,
      faults: [`no plan: ${(error as Error).message}\n${stack}`],
      remade: [],
    };
  }
  const faults: string[] = [];
  const client = new Client({ connectionString: from.url });
  await client.connect();
  try {
    for (const text of sql) {
      try {
        await client.query(text);
      } catch (error) {
        faults.push(`failed: ${(error as Error).message}, in: ${text}`);
        break;
      }
    }
  } finally {
    await client.end();
  }
  if (faults.length > 0) return { sql, operations: plan.operations, plan, faults, remade: [] };
  const remade = await remadeIn(from, to);
  return { sql, operations: plan.operations, plan, faults: await arrivalFaults(from.url, to), remade };
}

/** What differs between the schema of a database and the one that it was led to. */
export async function arrivalFaults(url: string, to: Prepared): Promise<string[]> {
  const session = await openSession(url, "/", {});
  try {
    const reached = await readSchema(session);
    const target = await settleExpressions(session, reached, to.schema);
    const faults = unequalFacts(reached, target).map(({ live, target: wanted }) => {
      const where = live === undefined ? "missing" : wanted === undefined ? "too much" : "different";
      const details =
        live !== undefined && wanted !== undefined ? ` ${difference(live.attributes, wanted.attributes)}` : "";
      return `${where}: ${displayFact(live ?? wanted)}${details}`;
    });
    return to.dump === undefined ? faults : [...faults, ...(await dumpFaults(url, to.dump))];
  } finally {
    await session.close();
  }
}

/** The tables and columns of a database that are in the other as well, and not what they were. */
export async function remadeIn(from: Prepared, to: Prepared): Promise<string[]> {
  const after = await identities(from.url);
  return [...from.identities]
    .filter(([name, id]) => to.identities.has(name) && after.get(name) !== id)
    .map(([name]) => name);
}

function difference(live: object, target: object): string {
  const names = [...new Set([...Object.keys(live), ...Object.keys(target)])];
  const value = (side: object, name: string): string => JSON.stringify((side as Record<string, unknown>)[name]);
  return names
    .filter((name) => value(live, name) !== value(target, name))
    .map((name) => `${name}: ${value(live, name)} ≠ ${value(target, name)}`)
    .join("; ");
}

/** Tables by their oids, and their columns by their numbers. */
async function identities(url: string): Promise<Map<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; id: string }>(
      `select c.oid::regclass::text as name, c.oid::text as id from pg_class c join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema'
       union all
       select c.oid::regclass::text || '.' || attname, attnum::text from pg_attribute
         join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema' and attnum > 0 and not attisdropped`,
    );
    return new Map(rows.map(({ name, id }) => [name, id]));
  } finally {
    await client.end();
  }
}

/** The statements of `pg_dump -s`, those of one table with its columns in order of their names. */
async function dumped(url: string): Promise<string[]> {
  const { stdout } = await run(`${dumpBin}/pg_dump`, ["-s", url], { maxBuffer: 1 << 28 });
  const text = stdout
    .replace(/^(?:--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(?:un)?restrict.*)$/gm, "")
    .replace(/\n{2,}/g, "\n\n");
  return text
    .split(/;\n/)
    .map((statement) => normal(statement.trim()))
    .filter((statement) => statement !== "")
    .toSorted();
}

const VARCHAR_LIST = /\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]/g;

function normal(statement: string): string {
  const unified = statement.replace(
    VARCHAR_LIST,
    (_, items: string) => `ARRAY[${items.replace(/'(?:[^']|'')*'::character varying/g, "($&)::text")}]`,
  );
  const table = /^(CREATE (?:UNLOGGED |FOREIGN )?TABLE [^\n]* \()\n([\s\S]*)\n(\)[\s\S]*)$/.exec(unified);
  if (table === null) return unified;
  const [, head, body, tail] = table as unknown as [string, string, string, string];
  const lines = body.split("\n").map((line) => line.trim().replace(/,$/, ""));
  return [head, ...lines.toSorted(), tail].join("\n");
}

async function dumpFaults(url: string, wanted: readonly string[]): Promise<string[]> {
  const reached = await dumped(url);
  const [have, want] = [counted(reached), counted(wanted)];
  const faults: string[] = [];
  for (const [statement, count] of have) if ((want.get(statement) ?? 0) < count) faults.push(`dump has: ${statement}`);
  for (const [statement, count] of want)
    if ((have.get(statement) ?? 0) < count) faults.push(`dump lacks: ${statement}`);
  return faults;
}

function counted(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
