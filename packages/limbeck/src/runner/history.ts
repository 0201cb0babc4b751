import { quote } from "../operations/language/literals.ts";
import { qualified } from "../operations/language/identifiers.ts";
import type { Direction } from "../revisions/revision.ts";
import { HISTORY_TABLE } from "./history-table.ts";
import { NO_GUARDS, type Guards, type VersionTable } from "./version-table.ts";

/** What is known of a step before it runs. */
export interface StepRecord {
  readonly revision: string;
  readonly direction: Direction;
  /** SHA-256 of the revision file, its line ends as \n. */
  readonly checksum: string;
  /** Who runs it, on which machine, with which limbeck. */
  readonly who: string;
  readonly host: string;
  readonly version: string;
}

/** How far a step came that PostgreSQL does not let run in one transaction. */
export interface Progress {
  /** The number of statements that are done for good. */
  readonly done: number;
  /** SHA-256 of those statements, to tell on resuming that they are still the same. */
  readonly fingerprint: string;
}

function historySql(table: VersionTable): string {
  return qualified(table.schema, HISTORY_TABLE);
}

export function createHistoryTableSql(table: VersionTable): string {
  return `CREATE TABLE IF NOT EXISTS ${historySql(table)} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revision text NOT NULL,
  direction text NOT NULL,
  status text NOT NULL,
  started_at timestamptz NOT NULL,
  duration_ms double precision,
  checksum text,
  who text,
  host text,
  version text,
  error text,
  progress_done integer,
  progress_fingerprint text
)`;
}

const COLUMNS = "revision, direction, status, started_at, duration_ms, checksum, who, host, version, error";

/** Milliseconds since the transaction began, by the server's clock. */
const SINCE_BEGIN = "round(extract(epoch FROM clock_timestamp() - now())::numeric * 1000, 3)";

/** The record of a step that is done, for its own transaction: its times are the transaction's. */
export function doneSql(table: VersionTable, step: StepRecord, guards: Guards): string {
  return insertSql(table, step, { status: "done", started: "now()", duration: SINCE_BEGIN, error: "NULL" }, guards);
}

/** The record of a step that failed, for a transaction after its own was rolled back. */
export function failedSql(table: VersionTable, step: StepRecord, durationMs: number, error: string): string {
  const started = `now() - interval '${Math.round(durationMs)} milliseconds'`;
  const duration = String(Math.round(durationMs));
  const row = { status: "failed", started, duration, error: quote(error.replaceAll("\0", "")) };
  return insertSql(table, step, row, NO_GUARDS);
}

/** The record of a step whose first part is about to be committed without the rest. */
export function runningSql(table: VersionTable, step: StepRecord, progress: Progress): string {
  const columns = `${COLUMNS}, progress_done, progress_fingerprint`;
  const values = `'running', now(), NULL, ${who(step)}, NULL, ${progress.done}, ${quote(progress.fingerprint)}`;
  return `INSERT INTO ${historySql(table)} (${columns}) VALUES (${named(step)}, ${values})`;
}

/** Moves the record of a running step on. */
export function progressSql(table: VersionTable, step: StepRecord, progress: Progress): string {
  return (
    `UPDATE ${historySql(table)} SET progress_done = ${progress.done}, ` +
    `progress_fingerprint = ${quote(progress.fingerprint)} WHERE ${isRunning(step)}`
  );
}

/** Closes the record of a running step, for the transaction that moves the version row. */
export function runningDoneSql(table: VersionTable, step: StepRecord, guards: Guards): string {
  const duration = "round(extract(epoch FROM clock_timestamp() - started_at)::numeric * 1000, 3)";
  return (
    `${guards.with}UPDATE ${historySql(table)} SET status = 'done', duration_ms = ${duration}, error = NULL, ` +
    `progress_done = NULL, progress_fingerprint = NULL WHERE ${[isRunning(step), ...guards.conditions].join(" AND ")}`
  );
}

/** Notes the error on the record of a running step, which stays running: the next run goes on there. */
export function runningFailedSql(table: VersionTable, step: StepRecord, error: string): string {
  return `UPDATE ${historySql(table)} SET error = ${quote(error.replaceAll("\0", ""))} WHERE ${isRunning(step)}`;
}

/** The progress of steps that were begun and not ended. */
export function unfinishedSql(table: VersionTable): string {
  return (
    `SELECT revision, direction, progress_done AS done, progress_fingerprint AS fingerprint ` +
    `FROM ${historySql(table)} WHERE status = 'running'`
  );
}

/** The same in words: `upgrade of a, upgrade of b`, or NULL. */
export function unfinishedNamesSql(table: VersionTable): string {
  return `SELECT string_agg(direction || ' of ' || revision, ', ') FROM ${historySql(table)} WHERE status = 'running'`;
}

function isRunning(step: StepRecord): string {
  return `status = 'running' AND revision = ${quote(step.revision)} AND direction = ${quote(step.direction)}`;
}

interface InsertedRow {
  readonly status: string;
  readonly started: string;
  readonly duration: string;
  readonly error: string;
}

function insertSql(table: VersionTable, step: StepRecord, row: InsertedRow, guards: Guards): string {
  const { status, started, duration, error } = row;
  const values = `${named(step)}, ${quote(status)}, ${started}, ${duration}, ${who(step)}, ${error}`;
  const rows =
    guards.conditions.length === 0 ? `VALUES (${values})` : `SELECT ${values} WHERE ${guards.conditions.join(" AND ")}`;
  return `${guards.with}INSERT INTO ${historySql(table)} (${COLUMNS}) ${rows}`;
}

function named(step: StepRecord): string {
  return `${quote(step.revision)}, ${quote(step.direction)}`;
}

function who(step: StepRecord): string {
  return [step.checksum, step.who, step.host, step.version].map(quote).join(", ");
}

/** Ends the records of steps that nobody will go on with. */
export function interruptedSql(table: VersionTable): string {
  return `UPDATE ${historySql(table)} SET status = 'interrupted' WHERE status = 'running'`;
}

/** When these revisions were last applied, and by whom. */
export function lastUpgradeSql(table: VersionTable, revisions: readonly string[]): string {
  return `SELECT DISTINCT ON (revision) revision, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') AS at, who, host
     FROM ${historySql(table)}
    WHERE revision IN (${revisions.map(quote).join(", ")}) AND direction = 'upgrade' AND status = 'done'
    ORDER BY revision, id DESC`;
}
