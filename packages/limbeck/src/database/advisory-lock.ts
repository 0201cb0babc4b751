import { setTimeout as sleep } from "node:timers/promises";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { quote } from "../operations/language/literals.ts";
import type { Session } from "./session.ts";

/** Who holds an advisory lock, as pg_stat_activity tells it. */
export interface LockHolder {
  readonly pid: number;
  readonly application: string | null;
  readonly client: string | null;
  readonly since: string | null;
}

export interface LockOptions {
  /** What the lock is for; every runner that uses the same name meets the others. */
  readonly name: string;
  /** How long to wait, in milliseconds. */
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
  /** Called once, when the lock is held by somebody else. */
  readonly onWait: (holder: LockHolder | undefined, heldBy: string) => void;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Takes a session-level advisory lock by polling. A session that waits inside `pg_advisory_lock` holds a snapshot,
 * for which CREATE INDEX CONCURRENTLY in the winner would wait in turn: a deadlock. Throws LOCK_TIMEOUT.
 */
export async function takeAdvisoryLock(session: Session, options: LockOptions): Promise<void> {
  const deadline = Date.now() + options.waitMs;
  for (let pause = FIRST_PAUSE_MS, waiting = false; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const [row] = await session.query<{ taken: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as taken",
      [options.name],
    );
    if (row!.taken) return;
    if (options.signal?.aborted) throw interrupted();
    const holder = waiting && Date.now() <= deadline ? undefined : await lockHolder(session, options.name);
    if (Date.now() > deadline) throw lockTimeout(options, holder);
    if (!waiting) options.onWait(holder, describeHolder(holder));
    waiting = true;
    await pauseFor(pause * (0.5 + Math.random()), options.signal);
  }
}

/** Waits, but no longer than until the signal. */
export async function pauseFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** What gives the lock back. */
export function releaseAdvisoryLockSql(name: string): string {
  return `SELECT pg_advisory_unlock(hashtextextended(${quote(name)}, 0))`;
}

async function lockHolder(session: Session, name: string): Promise<LockHolder | undefined> {
  const [holder] = await session.query<{ pid: number; application: string; client: string; since: string }>(
    `select l.pid, a.application_name as application, coalesce(host(a.client_addr), 'local') as client,
            to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
       from pg_locks l left join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and l.database = (select oid from pg_database where datname = current_database())
        and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 0)`,
    [name],
  );
  return holder;
}

function lockTimeout(options: LockOptions, holder: LockHolder | undefined): LimbeckError {
  const who = describeHolder(holder);
  return new LimbeckError("LOCK_TIMEOUT", {
    message: `The migration lock is held by ${who}, and was not free after ${options.waitMs / 1000} s.`,
    hint: "Wait until that run has ended and try again, or allow more time with --lock-wait.",
    details: holder === undefined ? {} : { holder },
  });
}

function interrupted(): LimbeckError {
  return new LimbeckError("INTERRUPTED", {
    message: "The run was interrupted while it waited for the migration lock; it had not begun.",
    hint: "Run the same command again.",
  });
}

function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return "another runner";
  const from = holder.client === null ? "" : ` from ${holder.client}`;
  return `process ${holder.pid}${from} (${holder.application ?? "?"}, connected since ${holder.since ?? "?"})`;
}
