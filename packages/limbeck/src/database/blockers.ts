import { redact } from "../errors/redact.ts";
import type { Session } from "./session.ts";

/** A session that another one waits for, as pg_stat_activity tells it. */
export interface Blocker {
  readonly pid: number;
  readonly application: string | null;
  readonly client: string | null;
  readonly state: string | null;
  /** Seconds since its transaction, and its query, began. */
  readonly transactionSeconds: number | null;
  readonly querySeconds: number | null;
  /** The beginning of its present or last query, its literals left out. */
  readonly query: string | null;
}

/**
 * The sessions that a backend waits for, now; none when it waits for no lock. Whom it waits for is asked only when it
 * does: pg_blocking_pids() holds up the whole lock manager for a moment (manual: "System Information Functions").
 */
export async function readBlockers(session: Session, pid: number): Promise<Blocker[]> {
  const rows = await session.query<Blocker>(
    `select b.pid, nullif(b.application_name, '') as application, coalesce(host(b.client_addr), 'local') as client, b.state,
            extract(epoch from clock_timestamp() - b.xact_start)::float8 as "transactionSeconds",
            extract(epoch from clock_timestamp() - b.query_start)::float8 as "querySeconds", b.query
       from pg_stat_activity w
      cross join lateral unnest(case w.wait_event_type when 'Lock' then pg_blocking_pids(w.pid) end) as blocking (pid)
       left join pg_stat_activity b on b.pid = blocking.pid
      where w.pid = $1 and b.pid is not null
      order by b.xact_start`,
    [pid],
  );
  return rows.map((blocker) => ({ ...blocker, query: blocker.query === null ? null : queryForEyes(blocker.query) }));
}

const LONGEST_QUERY = 120;

/** Comments, literals (strings, E'' strings, dollar quotes) and quoted names; an unended one goes to the end. */
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*(?:"|$)|\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)/g;

/** A query of somebody else's for a message: on one line, cut short, and without a literal, for that may be a secret. */
export function queryForEyes(query: string): string {
  const plain = query.replace(TOKENS, (token) => {
    if (token.startsWith('"')) return token;
    return token.startsWith("--") || token.startsWith("/*") ? " " : "'…'";
  });
  const line = redact(plain.replace(/\s+/g, " ").trim());
  return line.length <= LONGEST_QUERY ? line : `${line.slice(0, LONGEST_QUERY - 1)}…`;
}

/** The blockers in a message: the first of them in full. */
export function describeBlockers(blockers: readonly Blocker[]): string {
  const [first, ...others] = blockers;
  if (first === undefined) return "another session";
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const from = first.client === null ? "" : ` from ${first.client}`;
  const open = first.transactionSeconds === null ? [] : [`in a transaction for ${seconds(first.transactionSeconds)}`];
  const doing = first.state === null ? [] : [first.state];
  const since =
    first.query === null || first.query === ""
      ? ""
      : `: ${first.query}${first.querySeconds === null ? "" : ` (begun ${seconds(first.querySeconds)} ago)`}`;
  return `process ${first.pid}${from} (${[first.application ?? "?", ...doing, ...open].join(", ")}${since})${more}`;
}

function seconds(value: number): string {
  if (value < 60) return `${Math.max(0, value).toFixed(1)} s`;
  return value < 3600 ? `${Math.floor(value / 60)} min` : `${(value / 3600).toFixed(1)} h`;
}
