import type { Client, ClientConfig } from "pg";
import { connectionError } from "./connection-error.ts";
import { connectionAttempts } from "./connection-options.ts";
import { driver } from "./driver.ts";
import { ServerScripts } from "./server-script.ts";
import type { Row, Session } from "./session.ts";
import type { ServerUrl } from "./url.ts";

/** Opens a session on a server. Throws the LimbeckErrors of `connectionError`. */
export async function openServerSession(url: ServerUrl, env: NodeJS.ProcessEnv): Promise<Session> {
  const pg = driver();
  let failure: unknown;
  for (const config of connectionAttempts(url, env)) {
    const client = new pg.Client(config);
    try {
      await client.connect();
      return ownedSession(client, config, url.redacted);
    } catch (error) {
      failure ??= error;
      // A login that we gave up, for want of a password say, stays open until the server's patience ends.
      void client.end().catch(() => undefined);
    }
  }
  throw connectionError(failure, url.redacted);
}

/** Takes a connected `pg` client of the caller's as a session; closing the session leaves the client open. */
export function sessionOfServerClient(client: Client): Session {
  return { ...session(client, parametersOf(client), descriptionOf(client)), close: () => Promise.resolve() };
}

function descriptionOf({ user, host, port, database }: Client): string {
  return `postgresql://${user ?? ""}@${host}:${port}/${database ?? ""}`;
}

/** A session on a connected `pg` client that nobody else uses. */
export function ownSession(client: Client): Session {
  return session(client, parametersOf(client), descriptionOf(client), true);
}

function ownedSession(client: Client, config: ClientConfig, description: string): Session {
  // A connection that breaks between two queries fails the next query; unheard, the event would end the process.
  client.on("error", () => undefined);
  return session(client, config, description, true);
}

function session(client: Client, config: ClientConfig, description: string, isOwn = false): Session {
  const scripts = new ServerScripts(client);
  let cancelling: Promise<void> | undefined;
  let behind: Promise<void> | undefined;
  // A cancellation under way must not hit what is sent after the statement that it is meant for.
  const inTurn = <T>(send: () => Promise<T>): Promise<T> =>
    cancelling === undefined && behind === undefined ? send() : Promise.allSettled([cancelling, behind]).then(send);
  const scriptBehind: Session["scriptBehind"] = (pieces, completed) => {
    const sent = cancelling === undefined ? scripts.behind(pieces, completed) : undefined;
    if (sent === undefined) return undefined;
    const over = (): void => {
      if (behind === sent) behind = undefined;
    };
    (behind = sent).then(over, over);
    return sent;
  };
  const queryRows: Session["queryEach"] = (text, values, visit) => inTurn(() => queryEach(client, text, values, visit));
  return {
    kind: "server",
    description,
    client,
    announcedPid: (client as unknown as { readonly processID: number }).processID,
    query: (text, values) => inTurn(() => query(client, text, values)),
    script: (pieces, completed) => inTurn(() => scripts.run(pieces, completed)),
    ...(isOwn ? { scriptBehind, queryEach: queryRows } : {}),
    cancel: (pid) => (cancelling = cancelBackend(config, pid).catch(() => undefined)),
    another: () => openLike(config, description),
    close: () => client.end().catch(() => undefined),
  };
}

/** What a connected client was made with. `pg` keeps it where its types do not say. */
function parametersOf(client: Client): ClientConfig {
  return (client as unknown as { readonly connectionParameters: ClientConfig }).connectionParameters;
}

async function query<T extends object = Row>(client: Client, text: string, values?: readonly unknown[]): Promise<T[]> {
  const result = await client.query<T & Row>(text, values as unknown[] | undefined);
  return result.rows;
}

async function queryEach(
  client: Client,
  text: string,
  values: readonly unknown[],
  visit: (row: Row) => void,
): Promise<void> {
  const { Query } = driver();
  await new Promise<void>((resolve, reject) => {
    const running = client.query(new Query<Row>(text, values as unknown[]));
    running.on("error", reject);
    running.on("end", () => resolve());
    running.on("row", (row) => {
      try {
        visit(row);
      } catch (error) {
        reject(error);
      }
    });
  });
}

async function openLike(config: ClientConfig, description: string): Promise<Session> {
  const pg = driver();
  const client = new pg.Client(config);
  try {
    await client.connect();
    return ownedSession(client, config, description);
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** A session that is busy can only be cancelled from another one. */
async function cancelBackend(config: ClientConfig, pid: number | undefined): Promise<void> {
  const helper = await openLike(config, "");
  try {
    await helper.query("select pg_cancel_backend($1)", [pid]);
  } finally {
    await helper.close();
  }
}
