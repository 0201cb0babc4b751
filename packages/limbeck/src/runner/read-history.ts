import { queryError } from "../database/query-error.ts";
import type { Row, Session } from "../database/session.ts";
import { quote } from "../operations/language/literals.ts";
import type { Direction, Step } from "../revisions/revision.ts";
import { historySql, unfinishedSql, type Progress } from "./history.ts";
import type { DatabaseState, VersionTable } from "./version-table.ts";

/** A row of limbeck's own record. */
export interface HistoryEntry {
  readonly revision: string;
  readonly direction: Direction;
  /**
   * done; running: begun, and committed in part; failed and interrupted: rolled back, or given up; stamped: declared,
   * and not run; repaired: the file of an applied revision was declared right as it stands.
   */
  readonly status: "done" | "running" | "failed" | "interrupted" | "stamped" | "repaired";
  /** The server's time, as ISO 8601 in UTC. */
  readonly startedAt: string;
  /** In milliseconds; null for what did not run or is not ended. */
  readonly durationMs: number | null;
  /** SHA-256 of the revision file. */
  readonly checksum: string | null;
  readonly user: string | null;
  readonly host: string | null;
  readonly applicationVersion: string | null;
  readonly limbeckVersion: string | null;
  readonly error: string | null;
}

/** The newest rows, newest first. */
export async function lastEntries(
  session: Session,
  table: VersionTable,
  state: DatabaseState,
  count: number,
): Promise<HistoryEntry[]> {
  return await read(
    session,
    table,
    state,
    (columns, from) => `SELECT ${columns} ${from} ORDER BY id DESC LIMIT ${count}`,
  );
}

/**
 * The row by which each revision came to be applied. A revision that has none was applied by somebody else: by
 * Alembic, or by hand.
 */
export async function applyingEntries(
  session: Session,
  table: VersionTable,
  state: DatabaseState,
  revisions?: readonly string[],
): Promise<Map<string, HistoryEntry>> {
  return await newestUpgrades(session, table, state, ["done", "stamped"], revisions);
}

/** The row with the checksum that each applied revision's file should have: by which it was applied, or repaired. */
export async function acceptedEntries(
  session: Session,
  table: VersionTable,
  state: DatabaseState,
): Promise<Map<string, HistoryEntry>> {
  return await newestUpgrades(session, table, state, ["done", "stamped", "repaired"]);
}

/** The newest row of each revision with one of these statuses, less those that undid it. */
async function newestUpgrades(
  session: Session,
  table: VersionTable,
  state: DatabaseState,
  statuses: readonly HistoryEntry["status"][],
  revisions?: readonly string[],
): Promise<Map<string, HistoryEntry>> {
  const isOneOf = (column: string, texts: readonly string[]): string =>
    `${column} = ANY (ARRAY[${texts.map(quote).join(", ")}]::text[])`;
  const wanted = revisions === undefined ? "" : ` AND ${isOneOf("revision", revisions)}`;
  const entries = await read(
    session,
    table,
    state,
    (columns, from) =>
      `SELECT DISTINCT ON (revision) ${columns} ${from} ` +
      `WHERE ${isOneOf("status", statuses)}${wanted} ORDER BY revision, id DESC`,
  );
  const upgrades = entries.filter(({ direction }) => direction === "upgrade");
  return new Map(upgrades.map((entry) => [entry.revision, entry]));
}

/** The steps that were begun and not ended, with how far they came. Throws what `queryError` makes of it. */
export async function unfinishedSteps(
  session: Session,
  table: VersionTable,
  { historyExists }: Pick<DatabaseState, "historyExists">,
): Promise<(Step & Progress)[]> {
  if (!historyExists) return [];
  try {
    return await session.query<Step & Progress>(unfinishedSql(table));
  } catch (error) {
    throw queryError(error, "reading the history") ?? error;
  }
}

async function read(
  session: Session,
  table: VersionTable,
  { historyExists }: DatabaseState,
  sql: (columns: string, from: string) => string,
): Promise<HistoryEntry[]> {
  if (!historyExists) return [];
  // All columns that there are: the table may be an older limbeck's.
  const columns = `h.*, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS started`;
  try {
    const rows = await session.query(sql(columns, `FROM ${historySql(table)} h`));
    return rows.map(entryOf);
  } catch (error) {
    throw queryError(error, "reading the history") ?? error;
  }
}

function entryOf(row: Row): HistoryEntry {
  const text = (column: string): string | null => (row[column] as string | null | undefined) ?? null;
  return {
    revision: row["revision"] as string,
    direction: row["direction"] as Direction,
    status: row["status"] as HistoryEntry["status"],
    startedAt: row["started"] as string,
    durationMs: (row["duration_ms"] as number | null | undefined) ?? null,
    checksum: text("checksum"),
    user: text("who"),
    host: text("host"),
    applicationVersion: text("application_version"),
    limbeckVersion: text("version"),
    error: text("error"),
  };
}
