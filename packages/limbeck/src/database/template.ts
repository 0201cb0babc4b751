import { randomBytes } from "node:crypto";
import { identifier } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";
import { releaseAdvisoryLockSql, takeAdvisoryLock } from "./advisory-lock.ts";
import { dropStale, localeOptions, serverTime } from "./scratch.ts";
import type { Session } from "./session.ts";

const [TEMPLATE, COPY] = ["limbeck_template_", "limbeck_test_"];
const READY = "limbeck: ready";
const WAIT_MS = 10 * 60_000;

/**
 * The name of the template database that has these contents, made by `fill` if it is not there. Several processes that
 * ask for it at once make it once. One that is a week old goes: it is quickly made again.
 */
export async function ensureTemplate(
  live: Session,
  contents: string,
  fill: (database: string) => Promise<void>,
): Promise<string> {
  await dropStale(live, COPY, "1 hour");
  await dropStale(live, TEMPLATE, "7 days");
  const name = `limbeck template ${contents}`;
  await takeAdvisoryLock(live, { name, waitMs: WAIT_MS, signal: undefined, onWait: () => undefined });
  try {
    const found = await findTemplates(live, contents);
    const ready = found.find(({ comment }) => comment === READY);
    if (ready !== undefined) return ready.name;
    for (const half of found) await dropDatabase(live, half.name);
    const database = `${TEMPLATE}${await serverTime(live)}_${contents}`;
    await live.query(`create database ${identifier(database)} template template0 ${await localeOptions(live)}`);
    await fill(database);
    // Nobody can be connected to it by accident, which would keep it from being copied.
    await live.query(`alter database ${identifier(database)} with allow_connections false`);
    await live.query(`comment on database ${identifier(database)} is ${quote(READY)}`);
    return database;
  } finally {
    await live.query(releaseAdvisoryLockSql(name)).catch(() => undefined);
  }
}

/** Contents are told apart by twelve hexadecimal digits. */
async function findTemplates(
  live: Session,
  contents: string,
): Promise<{ readonly name: string; readonly comment: string | null }[]> {
  return await live.query(
    `select datname as name, shobj_description(oid, 'pg_database') as comment
       from pg_database where datname ~ ('^${TEMPLATE}[0-9]{14}_' || $1 || '$') order by 1`,
    [contents],
  );
}

/** A name for a copy, by which it is found if nobody drops it. */
export async function copyName(live: Session): Promise<string> {
  return `${COPY}${await serverTime(live)}_${randomBytes(6).toString("hex")}`;
}

export async function copyTemplate(live: Session, template: string, name: string): Promise<void> {
  await live.query(`create database ${identifier(name)} template ${identifier(template)}`);
}

/** Drops a database, whoever is connected to it. */
export async function dropDatabase(live: Session, name: string): Promise<void> {
  await live.query(`drop database if exists ${identifier(name)} with (force)`);
}
