import type { Session } from "./session.ts";

/** The settings by which a server ends what takes it too long. */
const TIMEOUTS = [
  "lock_timeout",
  "statement_timeout",
  "transaction_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
] as const;

type Timeout = (typeof TIMEOUTS)[number];

/** A session whose timeouts are in the runner's hands. */
export interface SettledSession {
  /** The backend's process id; undefined for the embedded database. */
  readonly pid: number | undefined;
  /** What the user asked for on this very connection (PGOPTIONS, `options` in the URL, or SET), in milliseconds. */
  readonly asked: Readonly<Partial<Record<Timeout, number>>>;
  /** Whether the server knows the setting: it came with PostgreSQL 17. */
  readonly hasTransactionTimeout: boolean;
  /** What gives the session the settings back that it had. */
  readonly restoreSql: readonly string[];
}

interface Setting {
  readonly name: Timeout;
  readonly setting: string;
  readonly source: string;
  readonly pid: number;
}

/** pg_settings.source of a value that was given for this connection, and not by a role, a database or the server. */
const ASKED = new Set(["client", "session"]);

export const UNSETTLED: SettledSession = { pid: undefined, asked: {}, hasTransactionTimeout: false, restoreSql: [] };

/**
 * Takes the timeouts of a session into the runner's hands: none of a role's, a database's or the server's defaults,
 * which are meant for the application, may cut off an index build or a wait. `idleMs` is what a transaction may idle.
 *
 * With a backend other than the one expected, nothing is set, because the backend may be somebody else's in a moment.
 */
export async function settleSession(
  session: Session,
  expectedPid: number | undefined,
  idleMs: number,
): Promise<SettledSession> {
  const settings = await session.query<Setting>(
    `select name, setting, source, pg_backend_pid() as pid,
            case when pg_backend_pid() = $1::int
                 then set_config(name, case name when 'idle_in_transaction_session_timeout' then $2 else '0' end, false) end
       from pg_settings where name = any($3)`,
    [expectedPid, String(Math.round(idleMs)), TIMEOUTS],
  );
  const asked = settings.filter(({ source, setting }) => ASKED.has(source) && setting !== "0");
  return {
    pid: settings[0]!.pid,
    asked: Object.fromEntries(asked.map(({ name, setting }) => [name, Number(setting)])),
    hasTransactionTimeout: settings.some(({ name }) => name === "transaction_timeout"),
    restoreSql: settings.map(({ name, setting, source }) =>
      source === "session" ? `SET ${name} = ${setting}` : `RESET ${name}`,
    ),
  };
}
