import { randomBytes } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { inject, test as base } from "vitest";

export { expect } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Set by `global-setup.ts`. */
    postgresUrl: string;
  }
}

/** A database on the test server. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Runs SQL on a connection to the test's database. Without values, several statements may stand in one text. */
export type Sql = <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * Vitest's `test` with
 * `postgresUrl`, the server (superuser, database `postgres`);
 * `databaseUrl`, an empty database of the test's own, dropped afterwards whoever is still connected;
 * `sql`, a connection to it, opened with the first call;
 * `folder`, a temporary directory, removed afterwards.
 */
export const test = base
  .extend("postgresUrl", () => {
    const url: string | undefined = inject("postgresUrl");
    if (url === undefined) throw new Error("no test server here: a test that needs one belongs in a test/ folder");
    return url;
  })
  .extend("databaseUrl", async ({ postgresUrl }, { onCleanup }) => {
    const database = await createDatabase(postgresUrl);
    onCleanup(database.drop);
    return database.url;
  })
  .extend("sql", ({ databaseUrl }, { onCleanup }) => {
    let connection: Promise<Client> | undefined;
    onCleanup(async () => (await connection)?.end());
    const sql: Sql = async <Row>(text: string, values?: readonly unknown[]) => {
      const client = await (connection ??= connect(databaseUrl));
      const result = await client.query(text, values as unknown[] | undefined);
      const last = Array.isArray(result) ? result.at(-1) : result;
      return last.rows as Row[];
    };
    return sql;
  })
  .extend("folder", ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "limbeck-test-"));
    onCleanup(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  });

/** One more database, for a test that needs a second: empty, or a copy of one to which nobody is connected. */
export async function createDatabase(postgresUrl: string, template?: Pick<TestDatabase, "url">): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const source = template === undefined ? "template0" : new URL(template.url).pathname.slice(1);
  // Copied as files, a database is there in half the time that it takes through the write-ahead log.
  const { query, copiesFiles } = await administrator(postgresUrl);
  await query(`create database ${name} template ${source}${copiesFiles ? " strategy file_copy" : ""}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await (await administrator(postgresUrl)).query(`drop database if exists ${name} with (force)`);
  };
  return { url: url.href, drop };
}

interface Administrator {
  readonly query: (text: string) => Promise<void>;
  /** Whether it is a choice how a database is copied: since PostgreSQL 15. */
  readonly copiesFiles: boolean;
}

/** What `pg`'s clients have, and its types do not say. */
interface Held {
  readonly ref: () => void;
  readonly unref: () => void;
}

const administrators = new Map<string, Promise<Administrator>>();

/** The connection of this process to a server's own database, which does not keep the process alive. */
function administrator(url: string): Promise<Administrator> {
  const known = administrators.get(url);
  if (known !== undefined) return known;
  const made = connectAsAdministrator(url);
  administrators.set(url, made);
  made.catch(() => administrators.delete(url));
  return made;
}

async function connectAsAdministrator(url: string): Promise<Administrator> {
  const client = (await connect(url)) as Client & Held;
  client.once("end", () => administrators.delete(url));
  const { rows } = await client.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  let running = 0;
  const query = async (text: string): Promise<void> => {
    if (running++ === 0) client.ref();
    await client.query(text).finally(() => {
      if (--running === 0) client.unref();
    });
  };
  client.unref();
  return { query, copiesFiles: rows[0]!.major >= 15 };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  // A test may end this backend on purpose; the next query says so by itself.
  client.on("error", () => {});
  await client.connect();
  return client;
}
