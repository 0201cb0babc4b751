import { randomBytes } from "node:crypto";
import type { Client } from "pg";
import { isLimbeckError, LimbeckError } from "../errors/limbeck-error.ts";
import { identifier } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";
import type { Schema } from "../schema/fact.ts";
import { openEmbeddedSession } from "./embedded-session.ts";
import { openSession } from "./open.ts";
import { ownSession } from "./server-session.ts";
import { isPostgresError, type Session } from "./session.ts";

/**
 * Runs `work` on an empty database that is gone afterwards, whatever happens. Beside a live server's database it is one
 * on the same server, so that both print everything alike; where that is not allowed, and beside an embedded database, it
 * is an embedded one in memory. With `on` it is on that server. Throws DATABASE_PERMISSION_DENIED.
 */
export async function withScratchDatabase<Result>(
  live: Session,
  work: (scratch: Session) => Promise<Result>,
  on: Session = live,
): Promise<Result> {
  const options = on === live ? localeOptions : () => Promise.resolve("");
  const onServer = on.kind === "server" ? await openOnServer(on, options) : undefined;
  if (onServer === undefined && on !== live && on.kind === "server") throw mayNotCreate(on);
  const scratch = onServer ?? (await openInMemory(live));
  try {
    return await work(scratch);
  } finally {
    await scratch.close();
  }
}

function mayNotCreate({ description }: Session): LimbeckError {
  return new LimbeckError("DATABASE_PERMISSION_DENIED", {
    message: `The user of ${description} may not create a scratch database there, and it is where scratch databases are to be made.`,
    hint: "Grant the user CREATEDB, or name another server with --scratch.",
  });
}

/** Where scratch databases are made that need not be beside the live one. */
export interface ScratchPlace {
  /** The URL of another server to make them on, best of the live one's major version. */
  readonly scratch?: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The same at a place of one's own, if there is one. */
export async function withScratchAt<Result>(
  live: Session,
  { scratch, folder, env }: ScratchPlace,
  work: (scratch: Session) => Promise<Result>,
): Promise<Result> {
  if (scratch === undefined) return await withScratchDatabase(live, work);
  const on = await openSession(scratch, folder, env);
  try {
    return await withScratchDatabase(live, work, on);
  } finally {
    await on.close();
  }
}

/** A scratch database that holds a schema, and what its catalogs say of it. */
export interface Built {
  readonly scratch: Session;
  readonly schema: Schema;
}

const PREFIX = "limbeck_scratch_";

/**
 * A scratch database of a run that was killed is dropped by the first run that comes this much later. One that is in use has
 * somebody connected to it, but for the moment after it was made.
 */
const STALE_AFTER = "1 minute";

/** Undefined where the server does not let this user make a database, or does not let it in. */
async function openOnServer(live: Session, options: typeof localeOptions): Promise<Session | undefined> {
  await dropStale(live, PREFIX, STALE_AFTER);
  const name = `${PREFIX}${await serverTime(live)}_${randomBytes(6).toString("hex")}`;
  if (!(await create(live, name, await options(live)))) return undefined;
  const drop = (): Promise<unknown> =>
    live.query(`drop database if exists ${identifier(name)} with (force)`).catch(() => undefined);
  try {
    const client = await connectBeside(live.client as Client, name);
    const close = async (): Promise<void> => {
      await client.end().catch(() => undefined);
      await drop();
    };
    return { ...ownSession(client), close };
  } catch {
    await drop();
    return undefined;
  }
}

async function create(live: Session, name: string, options: string): Promise<boolean> {
  try {
    await live.query(`create database ${identifier(name)} template template0 ${options}`);
    return true;
  } catch (error) {
    if (isPostgresError(error) && MAY_NOT_CREATE.has(error.code)) return false;
    throw new LimbeckError("STATEMENT_FAILED", {
      message: `The scratch database for the target schema could not be made: ${(error as Error).message}.`,
      hint: "The target schema is built in a temporary database on the same server; see what keeps it from being made.",
      cause: error,
    });
  }
}

/** No permission; a server that only reads, such as a standby. */
const MAY_NOT_CREATE = new Set(["42501", "25006"]);

/** The encoding and the locale of the live database, as CREATE DATABASE takes them. */
export async function localeOptions(live: Session): Promise<string> {
  const [row] = await live.query<{ database: string; encoding: string }>(
    `select to_jsonb(d)::text as database, pg_encoding_to_char(d.encoding) as encoding
       from pg_database d where d.datname = current_database()`,
  );
  // Columns came and went with the majors: datlocprovider in 15, daticulocale until 16 and datlocale from 17 on.
  const { datcollate, datctype, datlocprovider, daticulocale, datlocale, daticurules } = JSON.parse(
    row!.database,
  ) as Readonly<Record<string, string | null | undefined>>;
  const locale = daticulocale ?? datlocale;
  const options = [
    `encoding ${quote(row!.encoding)}`,
    `lc_collate ${quote(datcollate!)}`,
    `lc_ctype ${quote(datctype!)}`,
  ];
  if (datlocprovider === "i") options.push(`locale_provider icu icu_locale ${quote(locale!)}`);
  if (datlocprovider === "b") options.push(`locale_provider builtin builtin_locale ${quote(locale!)}`);
  if (daticurules) options.push(`icu_rules ${quote(daticurules)}`);
  return options.join(" ");
}

/** The server's clock, as fourteen digits. */
export async function serverTime(live: Session): Promise<string> {
  const [row] = await live.query<{ time: string }>(
    "select to_char(clock_timestamp() at time zone 'UTC', 'YYYYMMDDHH24MISS') as time",
  );
  return row!.time;
}

/** Drops databases of a run that was killed: those named `prefix`, a time that is long ago, and twelve digits. */
export async function dropStale(live: Session, prefix: string, after: string): Promise<void> {
  const stale = await live.query<{ name: string }>(
    `select d.datname as name from pg_database d
      where d.datname ~ '^${prefix}[0-9]{14}_[0-9a-f]{12}$'
        and substr(d.datname, ${prefix.length + 1}, 14)
          < to_char((clock_timestamp() - interval '${after}') at time zone 'UTC', 'YYYYMMDDHH24MISS')
        and pg_has_role(d.datdba, 'usage')
        and not exists (select from pg_stat_activity a where a.datid = d.oid)`,
  );
  for (const { name } of stale) {
    await live.query(`drop database if exists ${identifier(name)}`).catch(() => undefined);
  }
}

/** A client for another database of the server that `live` is connected to, in the same way. */
async function connectBeside(live: Client, database: string): Promise<Client> {
  const { default: pg } = await import("pg");
  const { host, port, user, password, ssl, connectionParameters } = live as Client & ConnectionFacts;
  const { options } = connectionParameters;
  const client = new pg.Client({
    host,
    port,
    database,
    ssl,
    application_name: "limbeck scratch",
    ...(user === undefined ? {} : { user }),
    ...(password ? { password } : {}),
    ...(options === undefined ? {} : { options }),
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** What a pg Client has and its types do not say. */
interface ConnectionFacts {
  readonly connectionParameters: { readonly options?: string };
}

async function openInMemory(live: Session): Promise<Session> {
  const roles = await roleNames(live);
  const scratch = await openEmbedded(live);
  const there = new Set(await roleNames(scratch));
  await scratch.script(roles.filter((name) => !there.has(name)).map((name) => `create role ${identifier(name)}`));
  return scratch;
}

/** Roles belong to the server, so a policy of the target schema may name any of them. */
async function roleNames(session: Session): Promise<string[]> {
  const rows = await session.query<{ name: string }>("select rolname as name from pg_roles where rolname !~ '^pg_'");
  return rows.map(({ name }) => name);
}

async function openEmbedded(live: Session): Promise<Session> {
  try {
    return await openEmbeddedSession(undefined);
  } catch (error) {
    if (!isLimbeckError(error) || error.code !== "EMBEDDED_NOT_INSTALLED") throw error;
    throw new LimbeckError("DATABASE_PERMISSION_DENIED", {
      message: `The target schema needs a scratch database, and the user of ${live.description} may not create one.`,
      hint: "Grant the user CREATEDB, or run `npm install @electric-sql/pglite` to have it in memory.",
      cause: error,
    });
  }
}
