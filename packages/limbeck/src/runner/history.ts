import type { LimbeckError } from "../errors/limbeck-error.ts";
import { quote } from "../operations/language/literals.ts";
import { qualified } from "../operations/language/identifiers.ts";
import type { Direction } from "../revisions/revision.ts";
import { HISTORY_COLUMNS, HISTORY_TABLE } from "./history-table.ts";
import type { VersionTable } from "./version-table.ts";

/** Who runs steps, on which machine, with which limbeck, for which version of the application. */
export interface Runner {
  readonly who: string;
  readonly host: string;
  readonly version: string;
  readonly applicationVersion: string | null;
}

/** What is known of a step before it runs. */
export interface StepRecord extends Runner {
  readonly revision: string;
  readonly direction: Direction;
  /** The revision file's, as `fileChecksum` makes it. */
  readonly checksum: string;
}

/** How far a step came that PostgreSQL does not let run in one transaction. */
export interface Progress {
  /** The number of statements that are done for good. */
  readonly done: number;
  /** SHA-256 of those statements, to tell on resuming that they are still the same. */
  readonly fingerprint: string;
}

export function historySql(table: VersionTable): string {
  return qualified(table.schema, HISTORY_TABLE);
}

/** What makes the history table ready for a database of which no more is known than that it may have an older one. */
export function historyTableSql(
  table: VersionTable,
  state: { readonly historyExists: boolean; readonly historyLacks: readonly string[] } | "unknown",
): string[] {
  const create = `CREATE TABLE IF NOT EXISTS ${historySql(table)} (\n${columnLines(Object.keys(HISTORY_COLUMNS), "  ")}\n)`;
  if (state === "unknown") return [create, addColumnsSql(table, ADDED_LATER)];
  if (!state.historyExists) return [create];
  return state.historyLacks.length === 0 ? [] : [addColumnsSql(table, state.historyLacks)];
}

/** The columns that the first form of the table did not have. */
const ADDED_LATER = ["application_version", "progress_backfill", "progress_before"];

function addColumnsSql(table: VersionTable, names: readonly string[]): string {
  return `ALTER TABLE ${historySql(table)}\n${columnLines(names, "  ADD COLUMN IF NOT EXISTS ")}`;
}

function columnLines(names: readonly string[], indent: string): string {
  return names.map((name) => `${indent}${name} ${HISTORY_COLUMNS[name as keyof typeof HISTORY_COLUMNS]}`).join(",\n");
}

const COLUMNS =
  "revision, direction, status, started_at, duration_ms, checksum, who, host, version, application_version, error";

/** Notes when a step begins that is not the first of its transaction, until that ends. */
export const STEP_BEGINS_SQL = "SELECT set_config('limbeck.step_began', clock_timestamp()::text, true)";

/** When a step began, by the server's clock: with its transaction, or where it is noted. */
const BEGAN = { transaction: "now()", step: "current_setting('limbeck.step_began')::timestamptz" };

/** The record of a step that is done, for the transaction that it began in. */
export function doneSql(table: VersionTable, step: StepRecord, by: keyof typeof BEGAN): string {
  const started = BEGAN[by];
  const duration = `round(extract(epoch FROM clock_timestamp() - ${started})::numeric * 1000, 3)`;
  return insertSql(table, step, { status: "done", started, duration, error: "NULL" });
}

/** How a step ended that was rolled back: by an error, or by whoever interrupted the run. */
type RolledBack = "failed" | "interrupted";

/** The record of a step that failed: a new one after `durationMs`, or that of a step that stays running, without it. */
export function failedSql(table: VersionTable, step: StepRecord, error: LimbeckError, durationMs?: number): string {
  if (durationMs === undefined) return runningFailedSql(table, step, error.message);
  const status = error.code === "INTERRUPTED" ? "interrupted" : "failed";
  return rolledBackSql(table, step, status, durationMs, error.message);
}

/** The record of a step that was rolled back, for a transaction after its own. */
function rolledBackSql(
  table: VersionTable,
  step: StepRecord,
  status: RolledBack,
  durationMs: number,
  error: string,
): string {
  const started = `now() - interval '${Math.round(durationMs)} milliseconds'`;
  const duration = String(Math.round(durationMs));
  const row = { status, started, duration, error: quote(error.replaceAll("\0", "")) };
  return insertSql(table, step, row);
}

/**
 * The record of a step whose first part is about to be committed without the rest. `before`: how that stands which the
 * next statement changes, as an expression of SQL.
 */
export function runningSql(table: VersionTable, step: StepRecord, progress: Progress, before?: string): string {
  const columns = `${COLUMNS}, progress_done, progress_fingerprint, progress_before`;
  const noted = `${progress.done}, ${quote(progress.fingerprint)}, ${beforeSql(before)}`;
  const values = `'running', now(), NULL, ${who(step)}, NULL, ${noted}`;
  return `INSERT INTO ${historySql(table)} (${columns}) VALUES (${named(step)}, ${values})`;
}

/** Moves the record of a running step on, and forgets what was noted of the statement that is done. */
export function progressSql(table: VersionTable, step: StepRecord, progress: Progress, before?: string): string {
  return (
    `UPDATE ${historySql(table)} SET progress_done = ${progress.done}, ` +
    `progress_fingerprint = ${quote(progress.fingerprint)}, progress_backfill = NULL, progress_before = ${beforeSql(before)} ` +
    `WHERE ${isRunningSql(step)}`
  );
}

function beforeSql(state: string | undefined): string {
  return state === undefined ? "NULL" : `jsonb_build_object('of', md5(${quote(state)}), 'is', ${state})`;
}

/** Notes of a running step how that stands which its next statement changes; nothing without a state. */
export function noteBeforeSql(table: VersionTable, step: StepRecord, state: string | undefined): string {
  return `UPDATE ${historySql(table)} SET progress_before = ${beforeSql(state)} WHERE ${isRunningSql(step)}`;
}

/** How that stands which a statement changes, and what was asked to know it. */
interface Stand {
  readonly of: string;
  readonly is: unknown;
}

export interface Before {
  readonly before: Stand | null;
  readonly now: Stand;
}

/** What was noted of that, and how it stands now: a `Before`. */
export function readBeforeSql(table: VersionTable, step: StepRecord, state: string): string {
  return `SELECT progress_before AS before, ${beforeSql(state)} AS now FROM ${historySql(table)} WHERE ${isRunningSql(step)}`;
}

/** Closes the record of a running step, for the transaction that moves the version row. The file may have changed since. */
export function runningDoneSql(table: VersionTable, step: StepRecord): string {
  const duration = "round(extract(epoch FROM clock_timestamp() - started_at)::numeric * 1000, 3)";
  return (
    `UPDATE ${historySql(table)} SET status = 'done', duration_ms = ${duration}, ` +
    `(checksum, who, host, version, application_version) = (${who(step)}), error = NULL, progress_done = NULL, progress_fingerprint = NULL, progress_backfill = NULL, progress_before = NULL WHERE ${isRunningSql(step)}`
  );
}

/** Notes the error on the record of a running step, which stays running: the next run goes on there. */
function runningFailedSql(table: VersionTable, step: StepRecord, error: string): string {
  return `UPDATE ${historySql(table)} SET error = ${quote(error.replaceAll("\0", ""))} WHERE ${isRunningSql(step)}`;
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

export function isRunningSql(step: Pick<StepRecord, "revision" | "direction">): string {
  return `status = 'running' AND revision = ${quote(step.revision)} AND direction = ${quote(step.direction)}`;
}

interface InsertedRow {
  readonly status: string;
  readonly started: string;
  readonly duration: string;
  readonly error: string;
}

function insertSql(table: VersionTable, step: StepRecord, row: InsertedRow): string {
  const { status, started, duration, error } = row;
  const values = `${named(step)}, ${quote(status)}, ${started}, ${duration}, ${who(step)}, ${error}`;
  return `INSERT INTO ${historySql(table)} (${COLUMNS}) VALUES (${values})`;
}

function named(step: StepRecord): string {
  return `${quote(step.revision)}, ${quote(step.direction)}`;
}

function who(step: StepRecord): string {
  const { checksum, who: account, host, version, applicationVersion } = step;
  const application = applicationVersion === null ? "NULL" : quote(applicationVersion);
  return [...[checksum, account, host, version].map(quote), application].join(", ");
}

/** Ends the records of steps that nobody will go on with. */
export function abandonedSql(table: VersionTable): string {
  return `UPDATE ${historySql(table)} SET status = 'interrupted' WHERE status = 'running'`;
}

/** Records of revisions whose state somebody declared: stamped without a run, or repaired after an edit. */
export function declaredSql(
  table: VersionTable,
  status: "stamped" | "repaired",
  records: readonly StepRecord[],
): string[] {
  if (records.length === 0) return [];
  const rows = records.map((record) => `(${named(record)}, ${quote(status)}, now(), NULL, ${who(record)}, NULL)`);
  return [`INSERT INTO ${historySql(table)} (${COLUMNS}) VALUES\n  ${rows.join(",\n  ")}`];
}
