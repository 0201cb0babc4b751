import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, expect, test as base, type TestDatabase } from "testkit";
import { openSession } from "../src/database/open.ts";
import { isPostgresError, type Session } from "../src/database/session.ts";
import { measuredWork, stopping, type Measurement } from "../src/lint/measurement.ts";
import { displayName } from "../src/lint/names.ts";
import { lint, type LintedStatement } from "../src/lint/lint.ts";
import { catalogOf, sqlStatements } from "../src/proof/lint-sql.ts";
import { LOOKS_FOR_ROWS } from "../src/proof/measuring-session.ts";
import { measurementOf, takeSnapshot } from "../src/proof/relation-snapshot.ts";
import { seedRows } from "../src/proof/seed-rows.ts";
import type { Fact } from "./lint/fact.ts";
import { FACTS } from "./lint/facts.ts";
import { FORMS } from "./lint/forms.ts";
import { NEIGHBOURS } from "./lint/neighbours.ts";

const tables = readFileSync(join(import.meta.dirname, "lint/tables.sql"), "utf8");

/** One database for all tests: what they do is rolled back. */
const test = base.extend("session", { scope: "worker" }, async ({}, { onCleanup }) => {
  const { inject } = await import("vitest");
  const database: TestDatabase = await createDatabase(inject("postgresUrl"));
  const session = await openSession(database.url, "/", {});
  onCleanup(async () => {
    await session.close();
    await database.drop();
  });
  await session.script([tables, "set timezone = 'UTC'"]);
  await seedRows(session, []);
  await session.script(["truncate t0, s, sh", "refresh materialized view mv"]);
  return session;
});

async function majorVersion(session: Session): Promise<number> {
  const [row] = await session.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  return row!.major;
}

const known = new Map<string, readonly Measurement[]>();

/** What each statement does, one after another in a transaction that is rolled back. */
async function measure(
  session: Session,
  statements: readonly LintedStatement[],
  before: readonly string[] = [],
): Promise<readonly Measurement[]> {
  const key = JSON.stringify([...before, "", ...statements.map(({ text }) => text)]);
  const done = known.get(key);
  if (done !== undefined) return done;
  const measured: Measurement[] = [];
  await session.script(["begin", ...before]);
  try {
    let snapshot = await takeSnapshot(session);
    const existing = new Set(Object.keys(snapshot.relations));
    for (const { text, node } of statements) {
      const isUtility = !LOOKS_FOR_ROWS.has(node);
      await session.script([`set local enable_seqscan = ${isUtility ? "on" : "off"}`, text]);
      const after = await takeSnapshot(session);
      measured.push(measurementOf({ before: snapshot, after, existing, inTransaction: true, isUtility }));
      snapshot = after;
    }
  } finally {
    await session.script(["rollback"]);
  }
  known.set(key, measured);
  return measured;
}

test("a statement is measured to do what it is known to do", async ({ session }) => {
  const major = await majorVersion(session);
  const found: Fact[] = [];
  const facts = FACTS.filter(({ since = 0, until = Infinity }) => since <= major && major <= until);
  for (const fact of facts) found.push({ ...fact, ...(await doneBy(session, fact)) });
  expect(found.map(sorted)).toEqual(facts.map(sorted));
});

function sorted(fact: Fact): Fact {
  return { ...fact, locks: fact.locks.toSorted(), work: fact.work.toSorted() };
}

function isIn(locks: Measurement["locks"], { relation }: Measurement["locks"][number]): boolean {
  return locks.some((each) => displayName(each.relation) === displayName(relation));
}

async function doneBy(session: Session, { sql, before }: Fact): Promise<Pick<Fact, "locks" | "work">> {
  try {
    const all = await measure(session, await sqlStatements(sql, { mode: "autocommit" }), before);
    const { locks, held, rewritten, scanned } = all.at(-1)!;
    // What was done before it in the same transaction holds its locks.
    const taken = before === undefined ? locks : [...locks, ...held.filter((each) => !isIn(locks, each))];
    const names = new Set(rewritten.map(displayName));
    return {
      locks: taken
        .filter(({ relation }) => relation.kind !== "index")
        .map(({ relation, mode }) => `${relation.name}: ${mode}`)
        .toSorted(),
      work: [
        ...rewritten.map(({ name }) => `rewrites ${name}`).toSorted(),
        ...scanned
          .filter((each) => !names.has(displayName(each)))
          .map(({ name }) => `scans ${name}`)
          .toSorted(),
      ],
    };
  } catch (error) {
    return { locks: [], work: [`is refused: ${(error as Error).message}`] };
  }
}

/** What nobody can see in a scratch database, or a transaction, for want of the right rows or for its nature. */
const UNSEEN = /concurrently (?!mv)|^vacuum|^analyze/;

/** Whether a statement does, under a lock that stops the application, what takes as long as a table is large. */
async function isSeenToBlock(
  session: Session,
  sql: string,
  statements: readonly LintedStatement[],
): Promise<boolean | undefined> {
  if (UNSEEN.test(sql)) return undefined;
  const inside = statements.filter(({ node }) => node !== "TransactionStmt");
  const isTogether = inside.length < statements.length;
  try {
    const all = await measure(session, inside);
    return all.some((each) => {
      const locks = isTogether ? [...each.held, ...each.locks] : each.locks;
      return measuredWork(each) !== undefined && stopping(locks).length > 0;
    });
  } catch (error) {
    // Syntax of a newer server, or rows that it does not take.
    if (isPostgresError(error) || error instanceof Error) return undefined;
    throw error;
  }
}

test("what the rules say of each form with catalogs is what is measured, and the statements alone miss next to nothing", async ({
  session,
}) => {
  const cases = [];
  for (const [sql, ...rules] of [...FORMS, ...NEIGHBOURS]) {
    cases.push({ sql, rules, statements: await sqlStatements(sql, { mode: "autocommit" }) });
  }
  const catalog = await catalogOf(
    cases.flatMap(({ statements }) => statements),
    session,
  );
  const wrong: unknown[] = [];
  let [dangerous, found, foundByText, harmless, flagged, flaggedByText, seen] = [0, 0, 0, 0, 0, 0, 0];
  for (const { sql, rules, statements } of cases) {
    const findings = lint(statements, { catalog });
    const said = findings.map(({ rule }) => rule);
    const byText = lint(statements).map(({ rule }) => rule);
    if (said.toSorted().join() !== rules.toSorted().join()) wrong.push({ sql, expected: rules, found: said });
    if (rules.length > 0) {
      dangerous++;
      if (said.some((rule) => rules.includes(rule))) found++;
      if (byText.some((rule) => rules.includes(rule))) foundByText++;
    } else {
      harmless++;
      if (said.length > 0) flagged++;
      if (byText.length > 0) flaggedByText++;
    }
    const isSeen = await isSeenToBlock(session, sql, statements);
    // What an UPDATE or DELETE meets depends on the rows; the rules go by what it says.
    if (isSeen === undefined || statements.some(({ node }) => /^(?:Update|Delete)Stmt$/.test(node))) continue;
    seen++;
    const isSaid = findings.some(({ work }) => work !== undefined);
    if (isSeen !== isSaid) wrong.push({ sql, measured: isSeen, found: said });
  }
  console.log(
    `${dangerous} dangerous forms: ${found} found with catalogs, ${foundByText} by their text; ` +
      `${harmless} harmless: ${flagged} flagged with catalogs, ${flaggedByText} by their text; ${seen} measured`,
  );
  expect(wrong).toEqual([]);
  expect(found / dangerous).toBeGreaterThanOrEqual(0.96);
  expect(foundByText / dangerous).toBeGreaterThanOrEqual(0.9);
  expect(flagged / harmless).toBeLessThanOrEqual(0.03);
});
