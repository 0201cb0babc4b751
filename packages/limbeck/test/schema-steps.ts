import type { Client } from "pg";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import { settleExpressions } from "../src/database/settle-expressions.ts";
import { statementsOf } from "../src/operations/catalogue.ts";
import { unequalFacts } from "../src/schema/compare.ts";
import { displayFact } from "../src/schema/describe.ts";
import type { Schema } from "../src/schema/fact.ts";
import { planChanges } from "../src/schema/plan.ts";

/** A schema that was not led to another, and how that went. */
export interface Failure {
  readonly step: string;
  readonly faults: readonly string[];
  readonly sql: readonly string[];
}

/** What came of leading a database to a schema. */
interface Led {
  readonly faults: readonly string[];
  readonly sql: readonly string[];
  /** Nothing is known: a new value of an enum is used, which nobody can before it is committed. */
  readonly needsCommit?: true;
}

const USED_BEFORE_COMMIT = "55P04";

/** Runs `work` in a transaction of a superuser with PostgreSQL's own search path, and takes everything back. */
export async function triedOut<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
  await session.query("begin");
  try {
    return await work();
  } finally {
    await session.query("rollback");
  }
}

/** Leads the database from one schema to the other, which it then has to have, with everything that survives in place. */
export async function faultsOfLeading(
  session: Session,
  from: Schema,
  to: Schema,
  survivors: (remade: readonly string[]) => readonly string[] = (remade) => remade,
): Promise<Led> {
  let sql: string[] = [];
  await session.query("set local role none");
  await session.query("set local search_path to default");
  try {
    // Whoever read the schema, what is made belongs to the superuser who makes it.
    const [row] = await session.query<{ user: string }>("select current_user::text as user");
    const { operations } = planChanges({ ...from, user: row!.user }, to);
    sql = operations.flatMap((operation) => statementsOf(operation).map(({ text }) => text));
  } catch (error) {
    return { faults: [`no plan: ${(error as Error).message}`], sql };
  }
  const before = await identities(session);
  for (const text of sql) {
    try {
      await session.query(text);
    } catch (error) {
      if ((error as { code?: string }).code === USED_BEFORE_COMMIT) return { faults: [], sql, needsCommit: true };
      return { faults: [`failed: ${(error as Error).message}, in: ${text}`], sql };
    }
  }
  const after = await identities(session);
  const remade = [...before].filter(([name, id]) => after.has(name) && after.get(name) !== id).map(([name]) => name);
  const reached = await readSchema(session, { keepsPlan: true });
  const faults = differences(reached, to).length === 0 ? [] : differences(reached, await settled(session, reached, to));
  return { faults: [...faults, ...survivors(remade).map((name) => `made anew: ${name}`)], sql };
}

/** The target in the words of what was reached; the session stays in its transaction. */
async function settled(session: Session, reached: Schema, to: Schema): Promise<Schema> {
  const inside: Session = Object.assign(Object.create(session) as Session, {
    query: async (text: string, values?: readonly unknown[]) =>
      await session.query(
        text === "begin" ? "savepoint settling" : text === "rollback" ? "rollback to savepoint settling" : text,
        values,
      ),
  });
  return await settleExpressions(inside, reached, to);
}

function differences(live: Schema, target: Schema): string[] {
  return unequalFacts(live, target).map((pair) => {
    const where = pair.live === undefined ? "missing" : pair.target === undefined ? "too much" : "different";
    const sides = [pair.live, pair.target].map((fact) => JSON.stringify(fact?.attributes ?? null));
    return `${where}: ${displayFact(pair.live ?? pair.target)} ${where === "different" ? sides.join(" ≠ ") : ""}`;
  });
}

/** Tables by their oids, and their columns by their numbers, but for those that are only computed. */
async function identities(session: Session): Promise<Map<string, string>> {
  const rows = await session.query<{ name: string; id: string }>(
    `select c.oid::regclass::text as name, c.oid::text as id from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema'
     union all
     select c.oid::regclass::text || '.' || attname, c.oid::text || '.' || attnum from pg_attribute
       join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema' and attnum > 0 and not attisdropped
        and attgenerated = ''`,
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/**
 * What a statement does, done by a plan instead, and undone by another. The database has what the statement makes
 * afterwards if `keep` is set, and is as before otherwise.
 */
export async function checkStatement(
  session: Session,
  statement: string,
  before: Schema,
  keep: boolean,
): Promise<{ readonly after: Schema; readonly failures: readonly Failure[]; readonly pairs: number }> {
  const state = await triedOut(session, async () => {
    const old = await identities(session);
    try {
      await session.query(statement);
    } catch {
      return undefined;
    }
    const now = await identities(session);
    const after = await readSchema(session, { keepsPlan: true });
    const isRemade = (name: string): boolean => old.has(name) && now.has(name) && old.get(name) !== now.get(name);
    const back =
      unequalFacts(before, after).length === 0
        ? undefined
        : await faultsOfLeading(session, after, before, (remade) => remade.filter((name) => !isRemade(name)));
    return { after, back, isRemade };
  });
  if (state === undefined) {
    if (keep) await (session.client as Client).query(statement).catch(() => undefined);
    return { after: keep ? await readSchema(session, { keepsPlan: true }) : before, failures: [], pairs: 0 };
  }
  const { after, back, isRemade } = state;
  // What ran in a transaction that was rolled back may be refused now, as numbers have gone on.
  const run = async (): Promise<void> => void (keep && (await session.query(statement).catch(() => undefined)));
  if (back === undefined) {
    await run();
    return { after, failures: [], pairs: 0 };
  }
  const there = await triedOut(
    session,
    async () => await faultsOfLeading(session, before, after, (remade) => remade.filter((name) => !isRemade(name))),
  );
  await run();
  const failures = [
    { step: `→ ${statement}`, ...there },
    { step: `← ${statement}`, ...back },
  ].filter(({ faults }) => faults.length > 0);
  return { after, failures, pairs: 2 };
}
