import pg from "pg";
import { DatabaseUnavailable, sqlState, type Database, type Probe, type Queries } from "./database.ts";
import { parsers } from "./values.ts";

export interface ServerOptions {
  readonly connection: pg.ClientConfig;
  /** Told when a connection that nobody uses breaks; the pool replaces it. */
  readonly onIdleError: (error: Error) => void;
}

/** A pool of connections to a PostgreSQL server. Connects when first asked something. */
export function openServer({ connection, onIdleError }: ServerOptions): Database {
  const config: pg.ClientConfig = {
    ...connection,
    application_name: "watcher",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: { getTypeParser },
  };
  const pool = new pg.Pool(config);
  const named = statementNames();
  pool.on("error", onIdleError);
  // A connection that breaks between two statements of a transaction says so with the next one, too.
  pool.on("connect", (client) => client.on("error", () => {}));

  return {
    kind: "server",
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      untilNoDeadlock(async () => (await runNamed<Row>(pool, named(text), text, values)).rows),
    transaction: (work) => untilNoDeadlock(() => transaction(pool, work)),
    probe: () => probe(config),
    access: { connection },
    close: () => pool.end(),
  };
}

const getTypeParser = ((type: number, format?: "text") =>
  parsers[type] ?? pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser;

/** More than the service has; a list's statements differ with its filters, and are not worth keeping without end. */
const mostNames = 500;

/** A named statement is parsed once for each connection, and its plan is kept. */
function statementNames(): (text: string) => { name?: string } {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return { name: known };
    if (names.size === mostNames) return {};
    const name = `watcher_${names.size}`;
    names.set(text, name);
    return { name };
  };
}

async function runNamed<Row extends object>(
  pool: pg.Pool,
  name: { name?: string },
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<Row>> {
  try {
    return await reached(pool.query<Row>({ ...name, text, values: [...values] }));
  } catch (error) {
    // A column has changed its type since the statement was parsed, and that statement was for the old one.
    if (sqlState(error) !== "0A000" || name.name === undefined) throw error;
    return reached(pool.query<Row>({ text, values: [...values] }));
  }
}

const mostAttempts = 5;

/** Of transactions in a deadlock PostgreSQL ends one, which has done nothing then and can begin again. */
async function untilNoDeadlock<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (sqlState(error) !== "40P01" || attempt === mostAttempts) throw error;
    }
  }
}

async function transaction<Result>(pool: pg.Pool, work: (transaction: Queries) => Promise<Result>): Promise<Result> {
  const client = await reached(pool.connect());
  let broken: Error | undefined;
  try {
    await reached(client.query("BEGIN"));
    const result = await work({
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await reached(client.query<Row>(text, [...values]))).rows,
    });
    await reached(client.query("COMMIT"));
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function probe(config: pg.ClientConfig): Promise<Probe> {
  const client = new pg.Client(config);
  client.on("error", () => {});
  const started = performance.now();
  try {
    await reached(client.connect());
    const connected = performance.now();
    await reached(client.query("SELECT 1"));
    return { connectMs: connected - started, queryMs: performance.now() - connected };
  } finally {
    await client.end();
  }
}

/** An error without a SQLSTATE, or with one that says the server is gone or lets nobody in, is the connection's. */
async function reached<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    const state = sqlState(error);
    if (state === undefined || /^(08|28|3D|57P|53300)/.test(state)) throw new DatabaseUnavailable(error);
    throw error;
  }
}
