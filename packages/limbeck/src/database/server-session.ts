import type { Client, ClientConfig } from "pg";
import { connectionError } from "./connection-error.ts";
import { connectionAttempts } from "./connection-options.ts";
import { driver } from "./driver.ts";
import { runServerScript } from "./server-script.ts";
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
  const { user, host, port, database } = client;
  return {
    kind: "server",
    description: `postgresql://${user ?? ""}@${host}:${port}/${database ?? ""}`,
    client,
    query: (text, values) => query(client, text, values),
    script: (pieces, completed) => runServerScript(client, pieces, completed),
    cancel: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function ownedSession(client: Client, config: ClientConfig, description: string): Session {
  // A connection that breaks between two queries fails the next query; unheard, the event would end the process.
  client.on("error", () => undefined);
  const session = sessionOfServerClient(client);
  let cancelling: Promise<void> | undefined;
  return {
    ...session,
    description,
    // A cancellation under way must not hit what is sent after the statement that it is meant for.
    query: (text, values) => (cancelling ?? Promise.resolve()).then(() => session.query(text, values)),
    script: (pieces, completed) =>
      cancelling === undefined
        ? session.script(pieces, completed)
        : cancelling.then(() => session.script(pieces, completed)),
    cancel: () => (cancelling = cancelBackend(client, config).catch(() => undefined)),
    close: () => client.end().catch(() => undefined),
  };
}

async function query<T extends object = Row>(client: Client, text: string, values?: readonly unknown[]): Promise<T[]> {
  const result = await client.query<T & Row>(text, values as unknown[] | undefined);
  return result.rows;
}

/** A session that is busy can only be cancelled from another one. */
async function cancelBackend(client: Client, config: ClientConfig): Promise<void> {
  const pg = driver();
  const { processID } = client as unknown as { readonly processID: number };
  const helper = new pg.Client(config);
  try {
    await helper.connect();
    await helper.query("select pg_cancel_backend($1)", [processID]);
  } finally {
    await helper.end().catch(() => undefined);
  }
}
