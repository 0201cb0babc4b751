import { reasonOf } from "../errors/reason.ts";

/** A row as the driver gives it. */
export type Row = Record<string, unknown>;

/** One connection: one PostgreSQL session, with its locks, settings and transaction. */
export interface Session {
  readonly kind: "server" | "embedded";
  /** The database for people's eyes, without a password. */
  readonly description: string;
  /** The plain `pg` or PGlite client. */
  readonly client: unknown;
  /** Runs one statement and gives its rows. Throws the driver's error as it is. */
  query<T extends object = Row>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /**
   * Runs one statement, and gives each row when it arrives. Missing where they arrive
   * all at once, and where somebody else may use the session's client.
   */
  readonly queryEach?: (text: string, values: readonly unknown[], visit: (row: Row) => void) => Promise<void>;
  /**
   * Sends statements in as few messages as the session can, in order, and stops at the first that fails. Each piece
   * is one statement without its semicolon. `completed` hears of each that is done, when the session hears of it.
   * Throws ScriptError, which names the piece that failed.
   */
  script(pieces: readonly string[], completed?: (piece: number) => void): Promise<void>;
  /**
   * Sends a script behind one that is under way, so that the server goes over to it without a pause. It runs whatever
   * becomes of that one: it has to look for itself whether it may. Everything else waits for its end. Undefined, and
   * nothing is sent, when there is none that it can follow. Missing where somebody else may use the session's client.
   */
  readonly scriptBehind?: (pieces: readonly string[], completed?: (piece: number) => void) => Promise<void> | undefined;
  /**
   * The process id that the server announced when the connection was made. A pooler in between announces one of its
   * own, which is no backend's. Undefined for the embedded database, which has one session and no pooler.
   */
  readonly announcedPid: number | undefined;
  /** Cancels what a backend of this database is running, from outside the session. */
  cancel(pid: number | undefined): Promise<void>;
  /** Opens a second session on the same database, where there can be one. */
  another(): Promise<Session | undefined>;
  close(): Promise<void>;
}

/** A script that stopped at one of its pieces. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
  /** The index of the piece that failed. */
  readonly piece: number;
  /** The character of the piece that PostgreSQL points at, counted from 1. */
  readonly position: number | undefined;

  constructor(cause: unknown, piece: number, position?: number) {
    super(reasonOf(cause), { cause });
    this.piece = piece;
    this.position = position;
  }
}

/** What PostgreSQL says beside an error's message. */
export interface PostgresError extends Error {
  readonly code: string;
  readonly position?: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** Recognises an error that came from the server by its SQLSTATE. */
export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && /^[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code));
}

/** Whether an error means that the connection is gone, and with it the session's transaction and locks. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code);
  return LOST_CODES.has(code) || /^Connection terminated|not queryable|client was closed/i.test(error.message);
}

/**
 * Socket errors; 57P01–57P03: the server stops or has crashed; 57P05, 25P03, 25P04: a timeout that ends the session
 * (idle, idle in transaction, transaction); class 08: connection exceptions.
 */
const LOST_CODES = new Set(
  "ECONNRESET EPIPE ECONNABORTED ETIMEDOUT 57P01 57P02 57P03 57P05 25P03 25P04 08000 08001 08003 08004 08006".split(
    " ",
  ),
);
