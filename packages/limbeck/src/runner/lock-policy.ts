/** How a run stands in the application's way, and for how long. Times are milliseconds; 0 means without a bound. */
export interface LockPolicy {
  /** How long a statement that takes a strong lock waits for it at first. */
  readonly timeoutMs: number;
  /** What that wait grows to as the deadline comes nearer. */
  readonly maxTimeoutMs: number;
  /** How long a step that does not get its locks is tried again. */
  readonly retryForMs: number;
}

/** How long a statement that takes a strong lock waits for it at first, where nobody says another time. */
export const DEFAULT_LOCK_TIMEOUT_MS = 200;
export const DEFAULT_MAX_LOCK_TIMEOUT_MS = 1000;

/** Bounds for what runs in a transaction; undefined where there is none. */
export interface Timeouts {
  readonly statementMs: number | undefined;
  readonly transactionMs: number | undefined;
  /** How long a transaction may wait for the revision's own code. */
  readonly idleMs: number;
}

/** How long to wait for a lock in a try that begins so long after the first failure: longer and longer, evenly. */
export function lockTimeoutAt({ timeoutMs, maxTimeoutMs, retryForMs }: LockPolicy, elapsedMs: number): number {
  if (timeoutMs === 0 || retryForMs === 0) return timeoutMs;
  const room = Math.max(0, maxTimeoutMs - timeoutMs);
  return Math.round(timeoutMs + room * Math.min(1, elapsedMs / retryForMs));
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

/** The pause before another try, in which the application has its way. `random` is between 0 and 1. */
export function pauseAfter(failures: number, random: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 1.5 ** (failures - 1), LONGEST_PAUSE_MS);
  return Math.round(pause * (0.5 + random));
}

/** SQLSTATEs of a failure that is nobody's mistake: what was rolled back may do better next time. */
export const TRANSIENT_SQLSTATES: Readonly<Record<string, string>> = {
  "55P03": "lock not available",
  "40P01": "deadlock",
  "40001": "serialization failure",
};
