import { on } from "node:events";
import type { Client } from "pg";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import type { Session } from "./session.ts";

/** How long the pooler may take to pass a notification on, or to give a second connection its backend. */
const PATIENCE_MS = 3000;

/**
 * Refuses a pooler that gives each transaction another backend: a lock of the session protects nobody there. The proof
 * is a notification, which only a backend that stays with its client can pass to one that is idle. Throws
 * TRANSACTION_POOLER.
 */
export async function refuseTransactionPooler(session: Session, pid: number): Promise<void> {
  const channel = `limbeck_${crypto.randomUUID().replaceAll("-", "")}`;
  const helper = await session.another().catch(() => undefined);
  const heard = new AbortController();
  try {
    await session.query(`LISTEN ${channel}`);
    const notified = isNotified(
      session.client as Client,
      channel,
      AbortSignal.any([heard.signal, AbortSignal.timeout(PATIENCE_MS)]),
    );
    const sent = helper?.query<{ pid: number }>(`select pg_backend_pid() as pid, pg_notify('${channel}', '')`);
    // A second connection on our own backend is proof enough.
    void sent?.then(
      ([row]) => row!.pid === pid && heard.abort(),
      () => heard.abort(),
    );
    if (!(await notified)) throw transactionPooler();
    await session.query(`UNLISTEN ${channel}`);
  } catch (error) {
    throw error instanceof LimbeckError ? error : transactionPooler(error);
  } finally {
    await helper?.close();
  }
}

/** Whether a notification of this channel reaches an idle client before the signal comes. */
async function isNotified(client: Client, channel: string, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const [message] of on(client, "notification", { signal })) {
      if ((message as { channel: string }).channel === channel) return true;
    }
  } catch {
    // The signal came first.
  }
  return false;
}

function transactionPooler(cause?: unknown): LimbeckError {
  return new LimbeckError("TRANSACTION_POOLER", {
    message:
      "The database URL leads to a connection pooler that gives each transaction another server connection, so that the migration lock would protect nobody.",
    hint: "Give limbeck a URL that leads to the server itself, or to a pool in session mode (PgBouncer: pool_mode = session).",
    ...(cause === undefined ? {} : { details: { reason: reasonOf(cause) }, cause }),
  });
}
